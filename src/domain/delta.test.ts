import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { cases } from "#testing/cases.ts";
import { buildSnapshot, snapshotOf, twoRegions } from "#testing/builders.ts";

import { applyDelta, diffSnapshots, type SnapshotDelta } from "./delta.ts";
import { createSnapshot, type TrafficSnapshot } from "./snapshot.ts";
import { createTopology } from "./topology.ts";

function applied(before: TrafficSnapshot, delta: SnapshotDelta): TrafficSnapshot {
  const result = applyDelta(before, delta);
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
}

describe("the laws of deltas", () => {
  it("applying what differs gives the newer snapshot, whatever the two are", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, (a, b) => {
        expect(applied(a, diffSnapshots(a, b))).toEqual(b);
      }),
      { numRuns: cases(500) },
    );
  });

  it("nothing differs between a snapshot and itself", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (a) => {
        const { at, windowMs, index, value, ...rest } = diffSnapshots(a, createSnapshot({ ...a }));
        expect({ at, windowMs, changed: index.length + value.length, rest }).toEqual({
          at: a.at,
          windowMs: a.windowMs,
          changed: 0,
          rest: {},
        });
      }),
    );
  });

  it("deltas follow one another", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, arbitrarySnapshot, arbitrarySnapshot, (a, b, c) => {
        const midway = applied(a, diffSnapshots(a, b));
        expect(applied(midway, diffSnapshots(b, c))).toEqual(c);
      }),
    );
  });

  it("lists the slots in ascending order and only those that changed", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (a) => {
        const values = a.values.map((value, slot) => (slot % 3 === 0 ? value + 1 : value));
        const { index } = diffSnapshots(a, createSnapshot({ ...a, values }));
        const changed = [...values.keys()].filter((slot) => !Object.is(values[slot], a.values[slot]));
        expect([...index]).toEqual(changed);
      }),
    );
  });

  it("changes neither of the two snapshots", () => {
    const a = twoRegions();
    const values = a.values.slice();
    applied(
      a,
      diffSnapshots(
        a,
        snapshotOf(a.topology, (edge) => edge * 2),
      ),
    );
    expect(a.values).toEqual(values);
  });
});

describe("a patch", () => {
  const before = twoRegions();
  const { topology } = before;

  it("is absent while nothing came, went or says something else", () => {
    const copy = createTopology({ ...topology, nodes: topology.nodes.map((node) => ({ ...node })) });
    expect(diffSnapshots(before, createSnapshot({ ...before, topology: copy })).patch).toBeUndefined();
  });

  it("tells a node that only says something else by its old position, and keeps the derived lists", () => {
    const nodes = topology.nodes.map((node, i) => (i === 3 ? { ...node, class: "danger" } : node));
    const after = createSnapshot({ ...before, topology: createTopology({ ...topology, nodes }) });
    const delta = diffSnapshots(before, after);
    expect(delta.patch?.nodes).toEqual([
      { kind: "kept", from: 0, count: 3 },
      { kind: "said", item: nodes[3], was: 3 },
      { kind: "kept", from: 4, count: nodes.length - 4 },
    ]);
    expect(applied(before, delta).topology.children).toBe(topology.children);
  });

  it("moves the ends of what is kept when a node leaves before it", () => {
    const chain = { "a > b": [1, 0, 0], "b > c": [2, 0, 0] } as const;
    const old = buildSnapshot({ children: { x: {}, a: {}, b: {}, c: {} }, edges: chain });
    const next = buildSnapshot({ children: { a: {}, b: {}, c: {} }, edges: chain });
    const delta = diffSnapshots(
      old,
      createSnapshot({ ...next, topology: { ...next.topology, revision: 2 } }),
    );
    expect(delta.index).toHaveLength(0);
    expect(applied(old, delta).topology.edges).toEqual(next.topology.edges);
  });
});

describe("a delta that does not belong to the snapshot", () => {
  const base = twoRegions();
  const empty = { at: 0, windowMs: 1000, index: new Uint32Array(), value: new Float64Array() };

  it.each<[string, SnapshotDelta]>([
    ["slot 99999 of", { ...empty, index: Uint32Array.of(99_999), value: Float64Array.of(1) }],
    [
      "node 98 of",
      { ...empty, patch: { revision: 2, nodes: [{ kind: "kept", from: 0, count: 99 }], edges: [] } },
    ],
    [
      "kept twice",
      {
        ...empty,
        patch: {
          revision: 2,
          nodes: [
            { kind: "kept", from: 0, count: 2 },
            { kind: "kept", from: 1, count: 1 },
          ],
          edges: [],
        },
      },
    ],
    [
      "no parent before it",
      { ...empty, patch: { revision: 2, nodes: [{ kind: "kept", from: 1, count: 1 }], edges: [] } },
    ],
    [
      "does not join two siblings",
      {
        ...empty,
        patch: {
          revision: 2,
          nodes: [{ kind: "kept", from: 0, count: base.topology.nodes.length }],
          edges: [{ kind: "said", item: { source: 1, target: 4 } }],
        },
      },
    ],
    [
      "a notice stands on nothing",
      { ...empty, notices: [{ target: { kind: "edge", edge: 99 }, title: "", severity: 0 }] },
    ],
    ["no node is left", { ...empty, patch: { revision: 2, nodes: [], edges: [] } }],
  ])("is refused with what does not fit: %s", (what, delta) => {
    const result = applyDelta(base, delta);
    expect(result.ok ? "" : must(result.error).what).toContain(what);
  });
});
