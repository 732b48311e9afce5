import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dataTimeAt, motionTimeAt } from "#base/time-map.ts";

import { LiveClock } from "./live-clock.ts";

/** Arrivals of a feed at 1 Hz: each frame comes `delay` ms after its moment. */
function play(delays: readonly number[], clock = new LiveClock(1000), firstAt = 0): LiveClock {
  delays.forEach((delay, i) => {
    const at = firstAt + i * 1000;
    clock.frame(at, at + delay, true);
  });
  return clock;
}

function dataTime(clock: LiveClock, wall: number): number {
  return dataTimeAt(clock.mapAt(wall), wall);
}

describe("data time of a live feed", () => {
  it("plays one interval behind the newest frame when nothing jitters", () => {
    const clock = play(Array.from({ length: 50 }, () => 20));
    expect(dataTime(clock, 49_020)).toBeCloseTo(48_000, 6);
    expect(dataTime(clock, 49_520)).toBeCloseTo(48_500, 6);
  });

  it("waits longer by the jitter that it has seen", () => {
    const jittery = play(Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 20 : 320)));
    // A frame without jitter would be here at 399,020: data time is an interval and 300 ms behind it.
    expect(dataTime(jittery, 399_320)).toBeCloseTo(398_000, 0);
  });

  it("begins an interval before the first frame, so that the second is there in time", () => {
    const clock = new LiveClock(1000);
    clock.frame(5000, 9000, false);
    expect(dataTime(clock, 9000)).toBe(4000);
    expect(clock.mapAt(9000).holdAt).toBe(6000);
  });

  it("stops one interval after the newest frame and goes on with the next", () => {
    const clock = play([20, 20, 20]);
    expect(dataTime(clock, 60_000)).toBe(3000);
    clock.frame(3000, 4120, true);
    expect(dataTime(clock, 4120)).toBe(3000);
    expect(dataTime(clock, 4220)).toBeGreaterThan(3090);
    expect(dataTime(clock, 9999)).toBe(4000);
  });

  it("goes to the present at once when many frames come together after a hole", () => {
    const clock = play(Array.from({ length: 20 }, () => 20));
    for (let at = 20_000; at <= 60_000; at += 1000) clock.frame(at, 60_020, true);
    expect(dataTime(clock, 60_020)).toBeCloseTo(59_000, 0);
  });

  it("takes over a delay that stays", () => {
    const clock = play(Array.from({ length: 40 }, () => 20));
    play(
      Array.from({ length: 200 }, () => 5020),
      clock,
      40_000,
    );
    expect(dataTime(clock, 239_000 + 5020)).toBeCloseTo(238_000, 0);
  });

  it("is reached when wallOf says so", () => {
    const clock = play([20, 60, 20, 90]);
    const wall = clock.wallOf(3500) ?? NaN;
    expect(dataTime(clock, wall)).toBeCloseTo(3500, 6);
    expect(clock.wallOf(4001)).toBeUndefined();
  });

  it("never runs backwards, never far from the wall's speed, and motion follows data", () => {
    const arrivals = fc.array(
      fc.record({ delay: fc.oneof(fc.nat(200), fc.nat(20_000)), isPrompt: fc.boolean() }),
      { minLength: 2, maxLength: 60 },
    );
    fc.assert(
      fc.property(arrivals, (frames) => {
        const clock = new LiveClock(1000);
        let wall = 0;
        let [data, motion] = [-Infinity, -Infinity];
        frames.forEach(({ delay, isPrompt }, i) => {
          wall = Math.max(wall, i * 1000 + delay);
          clock.frame(i * 1000, wall, isPrompt);
          const map = clock.mapAt(wall);
          expect(Math.abs(map.speed - 1)).toBeLessThanOrEqual(0.03 + 1e-9);
          for (const later of [wall, wall + 400, wall + 5000]) {
            if (later > wall && later - wall > 400) break;
            const [nextData, nextMotion] = [dataTimeAt(map, later), motionTimeAt(map, later)];
            expect(nextData).toBeGreaterThanOrEqual(data - 1e-6);
            expect(nextMotion).toBeGreaterThanOrEqual(motion - 1e-6);
            expect(nextData).toBeLessThanOrEqual(i * 1000 + 1000);
            if (later === wall) [data, motion] = [nextData, nextMotion];
          }
        });
      }),
    );
  });
});
