import { must } from "#base/assert.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { makeForecast } from "#simulation/forecast/make-forecast.ts";
import { survivalTable } from "#simulation/forecast/survival.ts";
import { defaultPlan } from "#simulation/plan/default-plan.ts";
import { largeRegions } from "#testing/large-regions.ts";
import { mockFrame, publicSample, sampleSkipped } from "#testing/public-sample.ts";

import type { BenchRow } from "./bench-row.ts";

/** How long it takes to lose every region in turn: what the page does anew when the feed changes. */
export function run(): Promise<BenchRow[]> {
  const demo = mockFrame("topologies/three-regions.json");
  const large = largeRegions({ regions: 3, services: 1000, calls: 5000, seed: 7 });
  const rows = [
    row("N-1 of the demo's frame", 50, () => survivalTable(demo, [])),
    row("N-1 of the demo's frame after 29 others", 50, () => survivalTable(demo, manyOf(demo))),
    row("forecast, 3 regions of 1,000 services / 5,000 edges", 500, () =>
      makeForecast(large, [], defaultPlan("region-0", 1)),
    ),
  ];
  if (sampleSkipped !== "") return Promise.resolve(rows);
  const sample = publicSample();
  return Promise.resolve([row("N-1 of Vizceral's sample", 50, () => survivalTable(sample, [])), ...rows]);
}

function manyOf(frame: TrafficSnapshot): readonly TrafficSnapshot[] {
  return Array.from({ length: 29 }, () => frame);
}

function row(name: string, bar: number, work: () => unknown): BenchRow {
  return { name: `survival: ${name}`, value: medianMs(work), unit: "ms", bar, better: "less" };
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: 11 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return must(times.toSorted((a, b) => a - b)[5]);
}
