import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { buildSnapshot } from "#testing/builders.ts";
import { cases } from "#testing/cases.ts";

import { compareSnapshots, countChanges, type ChangeKind, type ItemChange } from "./compare-snapshots.ts";
import { edgeRef, nodeRef, refKey } from "./node-path.ts";
import type { TrafficSnapshot } from "./snapshot.ts";

const mirrored: Record<ChangeKind, ChangeKind> = {
  new: "gone",
  gone: "new",
  hotter: "colder",
  colder: "hotter",
  same: "same",
};

function byKey(changes: readonly ItemChange[]): Record<string, Omit<ItemChange, "ref">> {
  return Object.fromEntries(changes.map(({ ref, ...change }) => [refKey(ref), change]));
}

/** A service that calls another, with so many requests per second. */
function calling(rate: number): TrafficSnapshot {
  return buildSnapshot({ children: { web: {}, cart: {} }, edges: { "web > cart": [rate, 0, 0] } });
}

function changeOf(before: number, after: number): ChangeKind | undefined {
  return compareSnapshots(calling(before), calling(after)).edges[0]?.kind;
}

describe("the laws of comparisons", () => {
  it("nothing differs between a moment and itself", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (a) => {
        const { same, ...others } = countChanges(compareSnapshots(a, a));
        expect(others).toEqual({ new: 0, gone: 0, hotter: 0, colder: 0 });
        expect(same).toBe(a.topology.nodes.length - 1 + a.topology.edges.length);
      }),
      { numRuns: cases(200) },
    );
  });

  it("the other way round it is the mirror image", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, (a, b) => {
        const there = compareSnapshots(a, b);
        const back = compareSnapshots(b, a);
        for (const part of ["nodes", "edges"] as const) {
          const turned = back[part].map(({ ref, kind, before, after }) => ({
            ref,
            kind: mirrored[kind],
            before: after,
            after: before,
          }));
          expect(byKey(turned)).toEqual(byKey(there[part]));
        }
      }),
      { numRuns: cases(200) },
    );
  });

  it("every node and every edge of both appears exactly once", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, (a, b) => {
        const { nodes, edges } = compareSnapshots(a, b);
        const nodeKeys = [a, b].flatMap(({ topology }) =>
          topology.nodes.slice(1).map((_, i) => refKey(nodeRef(topology, i + 1))),
        );
        const edgeKeys = [a, b].flatMap(({ topology }) =>
          topology.edges.map((_, i) => refKey(edgeRef(topology, i))),
        );
        const inOrder = (keys: Iterable<string>) =>
          [...keys].toSorted((one, other) => Number(one > other) - Number(one < other));
        expect(inOrder(nodes.map(({ ref }) => refKey(ref)))).toEqual(inOrder(new Set(nodeKeys)));
        expect(inOrder(edges.map(({ ref }) => refKey(ref)))).toEqual(inOrder(new Set(edgeKeys)));
      }),
      { numRuns: cases(200) },
    );
  });
});

describe("a comparison of two moments", () => {
  it("tells what is new and what is gone, with what it carried", () => {
    const before = buildSnapshot({ children: { web: {}, cart: {} }, edges: { "web > cart": [90, 0, 10] } });
    const after = buildSnapshot({ children: { web: {}, store: {} }, edges: { "web > store": [50, 0, 0] } });
    const { nodes, edges } = compareSnapshots(before, after);
    expect(nodes.map(({ ref, kind }) => [refKey(ref), kind])).toEqual([
      ['["web"]', "colder"],
      ['["store"]', "new"],
      ['["cart"]', "gone"],
    ]);
    expect(edges.map(({ kind, before: then, after: now }) => [kind, then?.volume, now?.volume])).toEqual([
      ["new", undefined, 50],
      ["gone", 100, undefined],
    ]);
    expect(edges[1]?.before?.errors).toBeCloseTo(0.1);
  });

  it.each([
    [1_000, 1_300, "hotter"],
    [1_300, 1_000, "colder"],
    [0, 1_000, "hotter"],
    // A fifth of the greater one is not passed, however certain the numbers are.
    [100_000, 110_000, "same"],
    // Twice as much of next to nothing is chance.
    [0.1, 0.2, "same"],
    [0, 0, "same"],
  ])("from %d to %d requests per second an edge is %s", (before, after, kind) => {
    expect(changeOf(before, after)).toBe(kind);
  });
});
