import { must } from "#base/assert.ts";
import { compareSnapshots } from "#domain/compare-snapshots.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { compareAfter, compareWith, noComparison } from "#store/compare-state.ts";
import { largeRegions } from "#testing/large-regions.ts";

import type { BenchRow } from "./bench-row.ts";

/** How long it takes to set two moments beside each other: what the page does anew with each frame while it compares. */
export function run(): Promise<BenchRow[]> {
  const before = largeRegions({ regions: 1, services: 1000, calls: 5000, seed: 7 });
  const values = before.values.slice();
  for (let slot = 0; slot < before.rates.length; slot += 1) values[slot]! *= 1 + (slot % 7) / 10;
  const sameNames = createSnapshot({ ...before, values });
  const others = largeRegions({ regions: 1, services: 1000, calls: 5000, seed: 8 });
  return Promise.resolve([
    row("other rates, 1,000 services / 5,000 edges", () => compareSnapshots(before, sameNames)),
    row("other edges, 1,000 services / 5,000 edges", () => compareSnapshots(before, others)),
    row("another frame while comparing, ghosts included", nextFrame(before, others)),
  ]);
}

/** A new frame of the same names comes: compared, and united with what is gone. */
function nextFrame(before: TrafficSnapshot, after: TrafficSnapshot): () => unknown {
  const feedOf = (current: TrafficSnapshot) => ({ current, volumes: nodeVolumes(current) });
  const state = compareWith(noComparison, before.at, before, feedOf(after));
  const next = feedOf(createSnapshot({ ...after, at: after.at + 1_000 }));
  return () => compareAfter(state, next);
}

function row(name: string, work: () => unknown): BenchRow {
  return { name: `compare: ${name}`, value: medianMs(work), unit: "ms", bar: 10, better: "less" };
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: 31 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return must(times.toSorted((a, b) => a - b)[15]);
}
