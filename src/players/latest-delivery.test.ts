import { describe, expect, it } from "vitest";

import { frozenAt } from "#base/time-map.ts";
import { turns } from "#testing/turns.ts";

import { LatestDelivery } from "./latest-delivery.ts";
import type { PlayerState } from "./player.ts";

const state = (generation: number): PlayerState => ({
  generation,
  phase: { kind: "live" },
  frames: [],
  current: undefined,
  timeMap: frozenAt(0, 0),
  clockOffsetMs: 0,
  source: undefined,
  gaps: [],
});

describe("handing states to a listener", () => {
  it("is done at once while it is not busy", () => {
    const heard: number[] = [];
    const delivery = new LatestDelivery(({ generation }) => void heard.push(generation));
    void delivery.post(state(1));
    void delivery.post(state(2));
    expect(heard).toEqual([1, 2]);
  });

  it("keeps only the newest for a listener that is busy, and never calls it twice at a time", async () => {
    const heard: number[] = [];
    const waiting: (() => void)[] = [];
    const delivery = new LatestDelivery(({ generation }) => {
      heard.push(generation);
      return new Promise((resolve) => waiting.push(resolve));
    });
    for (const generation of [1, 2, 3, 4]) void delivery.post(state(generation));
    await turns();
    expect(heard).toEqual([1]);
    waiting.shift()?.();
    await turns();
    expect(heard).toEqual([1, 4]);
    waiting.shift()?.();
    await turns();
    void delivery.post(state(5));
    expect(heard).toEqual([1, 4, 5]);
  });

  it("hands over a state that comes while the listener runs, after it", () => {
    const heard: number[] = [];
    const delivery = new LatestDelivery(({ generation }) => {
      heard.push(generation);
      if (generation === 1) void delivery.post(state(2));
    });
    void delivery.post(state(1));
    expect(heard).toEqual([1, 2]);
  });
});
