import { describe, expect, it } from "vitest";

import { viewGraph, type ViewGraph } from "#domain/focus.ts";
import { resolvePath } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { buildSnapshot, snapshotOf, twoRegions } from "#testing/builders.ts";

import { failoverRoom } from "./flow-scale.ts";
import { referenceVolume } from "./reference-volume.ts";

function viewOf({ topology }: TrafficSnapshot, ...path: readonly string[]): ViewGraph {
  return viewGraph(topology, resolvePath(topology, path).node);
}

/** The same snapshot, of which the peaks of nodes are known by name. */
function withPeaks(snapshot: TrafficSnapshot, peaks: Readonly<Record<string, number>>): TrafficSnapshot {
  snapshot.topology.nodes.forEach(({ name }, node) => {
    if (peaks[name] !== undefined) snapshot.maxVolume[node] = peaks[name];
  });
  return snapshot;
}

describe("what widths and dots are measured by", () => {
  it("is the greatest known peak of the regions, with room for another region's traffic", () => {
    const snapshot = withPeaks(twoRegions(), { east: 2000, west: 1200 });
    expect(referenceVolume(viewOf(snapshot), [snapshot])).toBe(2000 * failoverRoom);
  });

  it("is the peak of the region, inside it", () => {
    const snapshot = withPeaks(twoRegions(), { east: 2000, west: 1200 });
    expect(referenceVolume(viewOf(snapshot, "west"), [snapshot])).toBe(1200);
    expect(referenceVolume(viewOf(snapshot, "west", "api"), [snapshot])).toBe(1200);
  });

  it("is what really flows, where that is more than the known peak", () => {
    const snapshot = withPeaks(twoRegions(), { east: 100, west: 100 });
    expect(referenceVolume(viewOf(snapshot), [snapshot])).toBe(906);
  });

  it("is rounded from what flows where no peak is known, so that small changes do not change it", () => {
    const first = twoRegions();
    const view = viewOf(first);
    const at = (share: number) =>
      referenceVolume(view, [snapshotOf(first.topology, (edge, c) => first.rates[edge * 3 + c]! * share)]);
    expect(at(1)).toBe(2000);
    expect([at(0.97), at(1.03)]).toEqual([2000, 2000]);
  });

  it("remembers the busiest of the frames at hand", () => {
    const busy = twoRegions();
    const quiet = snapshotOf(busy.topology, () => 1, 1000);
    expect(referenceVolume(viewOf(busy), [busy, quiet])).toBe(2000);
  });

  it("is positive whatever there is to measure, so that nothing is divided by zero", () => {
    const silent = buildSnapshot({ children: { a: {}, b: {} }, edges: { "a > b": [0] } });
    expect(referenceVolume(viewOf(silent), [silent])).toBeGreaterThan(0);
    expect(referenceVolume(viewOf(silent), [])).toBeGreaterThan(0);
    const unknown = withPeaks(twoRegions(), { east: NaN, west: NaN });
    expect(referenceVolume(viewOf(unknown), [unknown])).toBe(2000);
  });

  it("follows the busiest edge of the frames at hand, and asks anew when the view is another", () => {
    const quiet = twoRegions();
    const { topology } = quiet;
    const root = viewGraph(topology, 0);
    const loud = snapshotOf(topology, (edge) => (edge === root.edges[0] ? 25_000 : 1));
    expect(referenceVolume(root, [loud])).toBe(100_000);
    expect(referenceVolume(root, [loud, quiet])).toBe(100_000);
    const region = viewGraph(topology, resolvePath(topology, ["east"]).node);
    expect(referenceVolume(region, [loud])).toBeLessThan(100);
  });
});
