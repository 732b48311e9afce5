import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { buildSnapshot, type NodeSketch } from "#testing/builders.ts";

import { applyDelta, diffSnapshots } from "./delta.ts";
import { linger, type Lingering } from "./linger.ts";
import { edgeRef, findItem, nodeRef, refKey } from "./node-path.ts";
import { createSnapshot, type TrafficSnapshot } from "./snapshot.ts";

const minute = 60_000;

function sketch(...names: readonly string[]): NodeSketch {
  const edges = Object.fromEntries(
    names.slice(1).map((name) => [`${names[0]} > ${name}`, [7, 0, 0] as const]),
  );
  return { children: Object.fromEntries(names.map((name) => [name, {}])), edges };
}

function play(lingerMs: number, ...snapshots: readonly TrafficSnapshot[]): Lingering {
  let state: Lingering | undefined;
  for (const snapshot of snapshots) state = linger(state, snapshot, lingerMs);
  return must(state);
}

function namesOf({ snapshot }: Lingering): readonly string[] {
  return snapshot.topology.nodes.slice(1).map((node) => node.name);
}

const both = (at: number) => buildSnapshot(sketch("a", "b", "c"), at);
const withoutB = (at: number) => buildSnapshot(sketch("a", "c"), at);

function refs({ topology }: TrafficSnapshot) {
  return {
    nodes: topology.nodes.map((_, node) => refKey(nodeRef(topology, node))).toSorted(),
    edges: topology.edges.map((_, edge) => refKey(edgeRef(topology, edge))).toSorted(),
  };
}

describe("an edge that falls silent", () => {
  it("stays at rate 0, in its place, without a new revision", () => {
    const { snapshot } = play(5 * minute, both(0), withoutB(1000));
    expect(snapshot.topology).toEqual(both(0).topology);
    expect([...snapshot.rates]).toEqual([0, 0, 0, 7, 0, 0]);
  });

  it("comes back as if it had never been away", () => {
    const back = play(5 * minute, both(0), withoutB(1000), both(2000));
    expect(back.snapshot).toEqual(both(2000));
    expect(back.silentSince.edges).toEqual(Float64Array.of(NaN, NaN));
  });

  it("leaves when it has been silent for the linger time, counted from its first absence", () => {
    const frames = [both(0), withoutB(1000), withoutB(1000 + minute - 1)];
    expect(namesOf(play(minute, ...frames))).toEqual(["a", "b", "c"]);
    const gone = play(minute, ...frames, withoutB(1000 + minute));
    expect(namesOf(gone)).toEqual(["a", "c"]);
    expect(gone.snapshot.topology.revision).toBe(2);
  });

  it("leaves at once when the linger time is 0", () => {
    expect(namesOf(play(0, both(0), withoutB(1)))).toEqual(["a", "c"]);
  });
});

it("what is new comes last, so that what was there keeps its place", () => {
  const state = play(minute, buildSnapshot(sketch("b", "c"), 0), buildSnapshot(sketch("b", "a", "c"), 1));
  expect(namesOf(state)).toEqual(["b", "c", "a"]);
  expect(state.snapshot.topology.revision).toBe(2);
});

it("a source that lists the same in another order changes nothing", () => {
  const first = buildSnapshot(sketch("a", "b", "c"), 0);
  const { snapshot } = play(minute, first, buildSnapshot(sketch("a", "c", "b"), 1));
  expect(snapshot.topology).toBe(first.topology);
});

it("a silent node keeps its size and the time it was last heard of, and carries nothing", () => {
  const first = buildSnapshot(sketch("a", "b"), 0);
  first.maxVolume[2] = 50;
  first.observedAt[2] = 123;
  first.nodeRates.set([1, 2, 3], 6);
  const { snapshot } = play(minute, first, buildSnapshot(sketch("a"), 1));
  expect([snapshot.maxVolume[2], snapshot.observedAt[2]]).toEqual([50, 123]);
  expect([...snapshot.nodeRates.subarray(6, 9)]).toEqual([0, 0, 0]);
});

it("notices move with what they speak of", () => {
  const next = buildSnapshot(sketch("c", "b"), 1);
  const notice = { target: { kind: "node", node: 1 }, title: "c is slow", severity: 1 } as const;
  const { snapshot } = play(
    minute,
    buildSnapshot(sketch("b", "c"), 0),
    createSnapshot({ ...next, notices: [notice] }),
  );
  expect(snapshot.notices).toEqual([{ ...notice, target: { kind: "node", node: 2 } }]);
});

describe("the laws of lingering", () => {
  const series = fc
    .array(arbitrarySnapshot, { minLength: 1, maxLength: 6 })
    .map((frames) => frames.map((frame, i) => createSnapshot({ ...frame, at: i * 1000 })));

  it("whatever the source says is shown, with its values", () => {
    fc.assert(
      fc.property(series, fc.constantFrom(0, 1500, 1e9), (frames, lingerMs) => {
        const { snapshot } = play(lingerMs, ...frames);
        const said = must(frames.at(-1));
        const classes = said.topology.classes.length;
        said.topology.edges.forEach((_, edge) => {
          const found = findItem(snapshot.topology, edgeRef(said.topology, edge));
          const at = found?.kind === "edge" ? found.edge : -1;
          expect(snapshot.rates.slice(at * classes, (at + 1) * classes)).toEqual(
            said.rates.slice(edge * classes, (edge + 1) * classes),
          );
        });
        said.topology.nodes.forEach((_, node) => {
          const found = findItem(snapshot.topology, nodeRef(said.topology, node));
          const at = found?.kind === "node" ? found.node : -1;
          expect(snapshot.instances[at]).toEqual(said.instances[node]);
        });
      }),
    );
  });

  it("without lingering, exactly what the source says is shown", () => {
    fc.assert(
      fc.property(series, (frames) => {
        expect(refs(play(0, ...frames).snapshot)).toEqual(refs(must(frames.at(-1))));
      }),
    );
  });

  it("with endless lingering, nothing ever moves or leaves, and the deltas between frames hold", () => {
    fc.assert(
      fc.property(series, (frames) => {
        let state: Lingering | undefined;
        for (const frame of frames) {
          const before = state;
          state = linger(before, frame, Infinity);
          if (before === undefined) continue;
          const old = before.snapshot.topology.nodes.map((node) => [node.name, node.parent]);
          const now = state.snapshot.topology.nodes.map((node) => [node.name, node.parent]);
          expect(now.slice(0, old.length)).toEqual(old);
          const applied = applyDelta(before.snapshot, diffSnapshots(before.snapshot, state.snapshot));
          expect(applied.ok && applied.value).toEqual(state.snapshot);
        }
      }),
    );
  });
});
