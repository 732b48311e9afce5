import { defaultBackoff } from "#simulation/backoff.ts";
import { Stations, type StationRules } from "#simulation/stations.ts";

import type { BenchRow } from "./bench-row.ts";

/** The smallest graph that a drill must run at 60x: 3 regions of 80 services; a simulated minute in steps of 0.1 s. */
const stations = 3 * 80;
const steps = 600;
const dt = 0.1;

const rules: StationRules = {
  timeout: 1,
  retries: 1,
  backoff: defaultBackoff,
  budget: { ratio: 0.1, burst: 100 },
  cancelsOnTimeout: false,
};

/** Milliseconds for one simulated minute at a constant load, in times of capacity: from the best of many slices of 20 steps. */
function minute(load: number, errorShare: number): number {
  const field = new Stations(
    Array.from({ length: stations }, () => rules),
    dt,
  );
  field.queueLimit.fill(50);
  const slice = 20;
  let best = Infinity;
  for (let round = 0; round < 400; round += 1) {
    const began = performance.now();
    for (let step = 0; step < slice; step += 1) {
      for (let i = 0; i < stations; i += 1) field.step(i, load * 10, 10, errorShare);
      field.advance();
    }
    best = Math.min(best, performance.now() - began);
  }
  return (best * steps) / slice;
}

export async function run(): Promise<readonly BenchRow[]> {
  const [calm, erring, overloaded] = [minute(0.6, 0), minute(0.6, 0.01), minute(1.3, 0.01)];
  const note = `${stations} stations x ${steps} steps; the whole engine may take 60 ms`;
  const row = (name: string, value: number, bar: number): BenchRow => {
    return { name, value, unit: "ms", bar, better: "less", note };
  };
  return [
    row("a simulated minute of calm stations", calm, 5),
    row("a simulated minute of stations that answer 1 % with errors", erring, 20),
    row("a simulated minute of stations at 1.3 times their capacity", overloaded, 30),
    {
      name: "overloaded stations",
      value: (stations * steps) / overloaded / 1000,
      unit: "M steps/s",
      bar: 4,
      better: "more",
    },
  ];
}
