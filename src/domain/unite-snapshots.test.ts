import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { buildSnapshot } from "#testing/builders.ts";
import { cases } from "#testing/cases.ts";

import { compareSnapshots } from "./compare-snapshots.ts";
import { edgeRef, findItem, nodeRef } from "./node-path.ts";
import type { TrafficSnapshot } from "./snapshot.ts";
import type { Topology } from "./topology.ts";
import { uniteSnapshots, uniteTopologies, uniteVolumes } from "./unite-snapshots.ts";
import { nodeVolumes } from "./volume.ts";

function refs(topology: Topology) {
  return [
    ...topology.nodes.map((_, node) => nodeRef(topology, node)),
    ...topology.edges.map((_, edge) => edgeRef(topology, edge)),
  ];
}

function united(before: TrafficSnapshot, after: TrafficSnapshot): TrafficSnapshot {
  return uniteSnapshots(uniteTopologies(before.topology, after.topology, -1), after);
}

const tree = (...services: readonly string[]) =>
  buildSnapshot({
    children: { east: { class: "danger", children: Object.fromEntries(services.map((name) => [name, {}])) } },
  });

describe("the laws of unions", () => {
  it("all of both is in it, once, and nothing else", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, (a, b) => {
        const union = uniteTopologies(a.topology, b.topology, -1);
        for (const ref of [...refs(a.topology), ...refs(b.topology)])
          expect(findItem(union, ref)).toBeDefined();
        for (const ref of refs(union)) {
          expect(findItem(a.topology, ref) ?? findItem(b.topology, ref)).toBeDefined();
        }
        expect(new Set(refs(union).map((ref) => JSON.stringify(ref))).size).toBe(
          union.nodes.length + union.edges.length,
        );
      }),
      { numRuns: cases(200) },
    );
  });

  it("what is in the later moment has its position and its values there", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, (a, b) => {
        const both = united(a, b);
        const classes = b.topology.classes.length;
        expect(both.topology.nodes.slice(0, b.topology.nodes.length)).toEqual(b.topology.nodes);
        expect(both.topology.edges.slice(0, b.topology.edges.length)).toEqual(b.topology.edges);
        expect(both.rates.slice(0, b.rates.length)).toEqual(b.rates);
        expect(both.rates.slice(b.rates.length).every((rate) => rate === 0)).toBe(true);
        expect(both.nodeRates.slice(0, b.topology.nodes.length * classes)).toEqual(b.nodeRates);
      }),
      { numRuns: cases(200) },
    );
  });

  it("has the order in which the two are compared", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, (a, b) => {
        const union = uniteTopologies(a.topology, b.topology, -1);
        const { nodes, edges } = compareSnapshots(a, b);
        expect(nodes.map(({ ref }) => ref)).toEqual(
          union.nodes.slice(1).map((_, i) => nodeRef(union, i + 1)),
        );
        expect(edges.map(({ ref }) => ref)).toEqual(union.edges.map((_, i) => edgeRef(union, i)));
      }),
      { numRuns: cases(200) },
    );
  });

  it("is the very topology where nothing is gone", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (a) => {
        expect(uniteTopologies(a.topology, a.topology, -1)).toBe(a.topology);
        expect(united(a, a)).toBe(a);
      }),
    );
  });
});

describe("what is gone", () => {
  it("comes last, under its own parent, without the health that its source declared", () => {
    const gone = buildSnapshot({ children: { west: {} } });
    const { nodes } = united(tree("api", "cart"), gone).topology;
    expect(nodes.slice(1)).toEqual([
      { name: "west", parent: 0 },
      { name: "east", parent: 0 },
      { name: "api", parent: 2 },
      { name: "cart", parent: 2 },
    ]);
  });

  it("does not change what passes through the rest", () => {
    const before = buildSnapshot({
      children: { a: {}, b: {}, c: {} },
      edges: { "a > b": [5, 0, 0], "b > c": [5, 0, 0] },
    });
    const after = buildSnapshot({ children: { a: {}, b: {}, c: {} }, edges: { "b > c": [7, 0, 0] } });
    const volumes = nodeVolumes(after);
    const { topology } = united(before, after);
    expect(uniteVolumes(topology, volumes).through).toEqual(volumes.through);
    const alone = nodeVolumes(tree("api"));
    const more = uniteTopologies(tree("api", "cart").topology, tree("api").topology, -1);
    expect([...uniteVolumes(more, alone).through]).toEqual([...alone.through, 0, 0, 0]);
  });
});
