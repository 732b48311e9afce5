import { describe, expect, it } from "vitest";

import type { DrillInfo } from "#domain/drill-info.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { buildSnapshot } from "#testing/builders.ts";
import { builtScene, positionNamed } from "#testing/built-scene.ts";

const info: DrillInfo = {
  drill: "1",
  victim: "east",
  saviours: ["west", "north"],
  stage: "proxying",
  elapsedMs: 240_000,
};

const measured = buildSnapshot({
  view: "ring",
  children: {
    INTERNET: {},
    east: { children: { api: {}, cart: {} }, edges: { "api > cart": [1, 0, 0] } },
    west: { children: { api: {}, cart: {} }, edges: { "api > cart": [1, 0, 0] } },
    north: { children: { api: {}, cart: {} }, edges: { "api > cart": [1, 0, 0] } },
  },
  edges: {
    "INTERNET > east": [90, 0, 10],
    "INTERNET > west": [50, 0, 0],
    "INTERNET > north": [40, 0, 0],
    "east > west": [30, 0, 0],
    "east > north": [20, 0, 0],
  },
});

function simulated(change: Partial<DrillInfo> = {}, notices: readonly Notice[] = []): TrafficSnapshot {
  return createSnapshot({ ...measured, notices, simulated: { ...info, ...change } });
}

describe("a drill in the picture", () => {
  it("is not there while what is shown was measured", () => {
    expect(builtScene(measured).values.drill).toBeUndefined();
  });

  it("knows who goes, who takes over, and how much is passed on", () => {
    const scene = builtScene(simulated());
    expect(scene.values.drill).toEqual({
      stage: "proxying",
      victim: positionNamed(scene, "east"),
      saviours: [positionNamed(scene, "west"), positionNamed(scene, "north")],
      passedOn: 0.5,
      remark: undefined,
    });
  });

  it("repeats what is said of resolvers that still point there", () => {
    const node = measured.topology.nodes.findIndex(({ name }) => name === "east");
    const notice: Notice = {
      target: { kind: "node", node },
      title: "DNS points to west",
      subtitle: "stale resolvers 6 %",
      severity: 1,
    };
    expect(builtScene(simulated({ stage: "dns" }, [notice])).values.drill?.remark).toBe(
      "stale resolvers 6 %",
    );
  });

  it("is not told inside a region, nor of a region that is not there", () => {
    expect(builtScene(simulated(), { focus: ["west"] }).values.drill).toBeUndefined();
    expect(builtScene(simulated({ victim: "south" })).values.drill).toBeUndefined();
  });
});
