import { describe, expect, it } from "vitest";

import type { ItemRef } from "#domain/node-path.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { buildSnapshot } from "#testing/builders.ts";

import { SeriesStore } from "./series-store.ts";

const call: ItemRef = { kind: "edge", parent: [], source: "a", target: "b" };

function snapshot(at: number, rates: readonly number[] = [100, 5, 1], more = {}, revision = 1) {
  return buildSnapshot(
    { view: "flow", children: { ...more, a: {}, b: {} }, edges: { "a > b": rates } },
    at,
    revision,
  );
}

function recorded(...snapshots: readonly ReturnType<typeof snapshot>[]) {
  const series = new SeriesStore();
  for (const one of snapshots) series.record(one, nodeVolumes(one));
  return series;
}

describe("the last minutes of a node or an edge", () => {
  it("tell all requests, warnings and errors, oldest first", () => {
    const series = recorded(snapshot(0), snapshot(2000, [200, 0, 40]));
    expect(series.of(call)).toMatchObject({
      at: [0, 2000],
      total: [106, 240],
      warning: [5, 0],
      danger: [1, 40],
    });
    expect(series.of({ kind: "node", path: ["b"] })).toMatchObject({ total: [106, 240], danger: [1, 40] });
  });

  it("take a frame every two seconds and keep five minutes", () => {
    const frames = Array.from({ length: 601 }, (_, second) => snapshot(second * 1000));
    const { at } = recorded(...frames).of(call);
    expect(at.length).toBe(151);
    expect([at[0], at.at(-1)]).toEqual([300_000, 600_000]);
  });

  it("follow a name through topologies, with nothing where it did not exist", () => {
    const series = recorded(snapshot(0), snapshot(2000, [50, 0, 0], { new: {} }, 2));
    expect(series.of(call).total).toEqual([106, 50]);
    expect(series.of({ kind: "node", path: ["new"] }).total).toEqual([NaN, 0]);
    expect(series.of({ kind: "node", path: ["never"] }).total).toEqual([NaN, NaN]);
  });

  it("begin anew when time jumps back, and when they are told to", () => {
    const series = recorded(snapshot(10_000), snapshot(12_000), snapshot(4000));
    expect(series.of(call).at).toEqual([4000]);
    series.restart(() => []);
    expect(series.of(call).at).toEqual([]);
  });

  it("have what was there before the moment that time jumped to, once somebody asks", () => {
    const series = recorded(snapshot(900_000));
    let asked = 0;
    series.restart((at, from) => {
      asked += 1;
      expect([at, from]).toEqual([400_000, 102_000]);
      return Array.from({ length: 20 }, (_, i) => snapshot(380_000 + i * 1000, [i, 0, 0]));
    });
    for (const at of [400_000, 402_000]) series.record(snapshot(at), nodeVolumes(snapshot(at)));
    expect(asked).toBe(0);
    const { at, total } = series.of(call);
    expect(at).toEqual([...Array.from({ length: 10 }, (_, i) => 380_000 + i * 2000), 400_000, 402_000]);
    expect(total.slice(0, 3)).toEqual([0, 2, 4]);
    expect(series.of(call).at).toHaveLength(12);
    expect(asked).toBe(1);
  });

  it("tell the latency of an edge, and of the slowest call to a node; what was not measured is not 0", () => {
    const sketch = {
      view: "flow",
      children: { a: {}, b: {}, c: {} },
      edges: { "a > c": [1], "b > c": [1], "a > b": [1] },
    } as const;
    const measured = buildSnapshot(sketch);
    measured.latencyMs.p95.set([30, 80, NaN]);
    const series = recorded(measured);
    const latency = (ref: ItemRef) => series.of(ref).latencyMs;
    expect(latency({ kind: "edge", parent: [], source: "a", target: "c" })).toEqual([30]);
    expect(latency({ kind: "node", path: ["c"] })).toEqual([80]);
    expect(latency(call)).toEqual([NaN]);
    expect(latency({ kind: "node", path: ["a"] })).toEqual([NaN]);
  });
});
