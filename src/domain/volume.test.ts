import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { buildSnapshot, twoRegions, type NodeSketch } from "#testing/builders.ts";

import { childNamed, resolvePath } from "./node-path.ts";
import type { TrafficSnapshot } from "./snapshot.ts";
import { nodeVolumes, rowTotal } from "./volume.ts";

/** The volumes through a node, by class. */
function through(snapshot: TrafficSnapshot, ...path: readonly string[]): readonly number[] {
  const { node } = resolvePath(snapshot.topology, path);
  const classes = snapshot.topology.classes.length;
  return Array.from(nodeVolumes(snapshot).through.subarray(node * classes, (node + 1) * classes));
}

/** The same with what nodes report of themselves. */
function reporting(
  sketch: NodeSketch,
  reports: Readonly<Record<string, readonly number[]>>,
): TrafficSnapshot {
  const snapshot = buildSnapshot(sketch);
  const { topology } = snapshot;
  for (const [name, rates] of Object.entries(reports)) {
    const node = childNamed(topology, 0, name);
    snapshot.nodeRates.set(rates, node * topology.classes.length);
  }
  return snapshot;
}

describe("the volume through a node", () => {
  it("is what comes in, as long as something does", () => {
    expect(through(twoRegions(), "east", "cart")).toEqual([300, 0, 3]);
    expect(through(twoRegions(), "west")).toEqual([410, 2, 0]);
  });

  it("is what goes out of an entry, even where something comes back", () => {
    const snapshot = buildSnapshot({
      children: { INTERNET: { isEntry: true }, api: {} },
      edges: { "INTERNET > api": [100, 0, 5], "api > INTERNET": [7, 0, 0] },
    });
    expect(through(snapshot, "INTERNET")).toEqual([100, 0, 5]);
  });

  it("is what comes into an entry that sends nothing", () => {
    const snapshot = buildSnapshot({
      children: { out: { isEntry: true }, api: {} },
      edges: { "api > out": [7, 0, 0] },
    });
    expect(through(snapshot, "out")).toEqual([7, 0, 0]);
  });

  it("is what goes out of a node that nothing comes into", () => {
    expect(
      through(buildSnapshot({ children: { cron: {}, api: {} }, edges: { "cron > api": [4, 0, 1] } }), "cron"),
    ).toEqual([4, 0, 1]);
  });

  it("is what a node without edges reports of itself", () => {
    expect(through(reporting({ children: { "api-1": {} } }, { "api-1": [5, 1, 0] }), "api-1")).toEqual([
      5, 1, 0,
    ]);
  });

  it("counts a class that a node does not report as 0", () => {
    const some = { children: { "api-1": {} } };
    expect(through(reporting(some, { "api-1": [5, NaN, NaN] }), "api-1")).toEqual([5, 0, 0]);
    expect(through(reporting(some, { "api-1": [NaN, NaN, 2] }), "api-1")).toEqual([0, 0, 2]);
  });

  it("is the sum of its entries for a node whose inside alone is known", () => {
    expect(through(twoRegions())).toEqual([1300, 7, 1]);
    const instances = { a: [1, 0, 0], b: [2, 0, 1] };
    expect(through(reporting({ children: { a: {}, b: {} } }, instances))).toEqual([3, 0, 1]);
  });

  it("is 0 where nothing is known", () => {
    expect(through(twoRegions(), "east", "api", "api-1")).toEqual([0, 0, 0]);
  });

  it("is a number for any traffic", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { inbound, outbound, through: volumes } = nodeVolumes(snapshot);
        for (const column of [inbound, outbound, volumes]) {
          expect(column.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        }
      }),
    );
  });

  it("loses nothing between source and target", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { inbound, outbound } = nodeVolumes(snapshot);
        const sum = (column: Float64Array) => column.reduce((total, rate) => total + rate, 0);
        const all = sum(snapshot.rates);
        // The order of adding shows in the last digits.
        expect(Math.abs(sum(inbound) - all)).toBeLessThanOrEqual(all * 1e-12);
        expect(Math.abs(sum(outbound) - all)).toBeLessThanOrEqual(all * 1e-12);
      }),
    );
  });
});

describe("the total of a row", () => {
  it("adds the classes of that row alone, and leaves out what is not known", () => {
    const column = Float64Array.from([1, 2, 4, 8, NaN, -3]);
    expect([rowTotal(column, 0, 3), rowTotal(column, 1, 3)]).toEqual([7, 8]);
  });
});
