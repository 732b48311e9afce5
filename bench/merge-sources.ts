import { must } from "#base/assert.ts";
import { mergeInSlices, type MergeInput } from "#domain/observed/merge-reports.ts";
import type { ObservedEdge } from "#domain/observed/observation.ts";
import type { Topology } from "#domain/topology.ts";

import { medianOfThree, type BenchRow } from "./bench-row.ts";

/** How long a merge of what sources say keeps others waiting, and how long it takes in all. */
export function run(): Promise<readonly BenchRow[]> {
  return medianOfThree(() =>
    Promise.resolve([
      ...rows(2_500, 300, "10,000 series of 2,500 edges", 100),
      ...rows(10_000, 1_000, "10,000 edges", 400),
    ]),
  );
}

function rows(count: number, services: number, of: string, bar: number): BenchRow[] {
  let before: Topology | undefined;
  const totals: number[] = [];
  const slices: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const work = mergeInSlices([said(count, services)], { at: round, title: "bench", before });
    let total = 0;
    for (;;) {
      const began = performance.now();
      const step = work.next();
      const took = performance.now() - began;
      total += took;
      slices.push(took);
      if (step.done !== true) continue;
      before = step.value.snapshot.topology;
      break;
    }
    totals.push(total);
  }
  const quantile = (times: readonly number[], q: number) =>
    must(times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * q)]);
  return [
    { name: `merge: ${of}`, value: quantile(totals, 0.5), unit: "ms", bar, better: "less" },
    { name: `merge: ${of}, slice p99`, value: quantile(slices, 0.99), unit: "ms", bar: 20, better: "less" },
  ];
}

function said(count: number, services: number): MergeInput {
  const service = (i: number) => ({
    kind: "service" as const,
    region: `region-${i % 3}`,
    namespace: `namespace-${(i % services) % 7}`,
    name: `service-${i % services}`,
  });
  const edges = Array.from({ length: count }, (_, i): ObservedEdge => {
    const to = (i * 7 + 3 + Math.floor(i / services) * 13) % (3 * services);
    return {
      from: service(i),
      to: service(to),
      rates: { normal: (i % 100) + 1, warning: 1, danger: 0 },
      latencyMs: { p50: 1, p95: 2, p99: 3 },
    };
  });
  const observation = { at: 0, windowMs: 60_000, edges, notices: [], capacities: [], problems: [] };
  return { source: "bench", isStale: false, report: { kind: "observation", observation } };
}
