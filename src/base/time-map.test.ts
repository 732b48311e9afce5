import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dataTimeAt, frozenAt, greatestMotionSpeed, motionTimeAt, type TimeMap } from "./time-map.ts";

const moment = fc.integer({ min: 0, max: 1_000_000 });

const arbitraryMap: fc.Arbitrary<TimeMap> = fc.record({
  wallAt: moment,
  dataAt: moment,
  motionAt: moment,
  speed: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 60, noNaN: true })),
  holdAt: moment,
});

describe("a time map", () => {
  it("never runs backwards, neither data nor motion", () => {
    fc.assert(
      fc.property(arbitraryMap, moment, fc.nat(10_000), (map, wall, later) => {
        expect(dataTimeAt(map, wall + later)).toBeGreaterThanOrEqual(dataTimeAt(map, wall));
        expect(motionTimeAt(map, wall + later)).toBeGreaterThanOrEqual(motionTimeAt(map, wall));
      }),
    );
  });

  it("holds where nothing more is known, but never before where it began", () => {
    fc.assert(
      fc.property(arbitraryMap, moment, (map, wall) => {
        const data = dataTimeAt(map, wall);
        expect(data).toBeGreaterThanOrEqual(map.dataAt);
        expect(data).toBeLessThanOrEqual(Math.max(map.dataAt, map.holdAt));
      }),
    );
  });

  it("lets motion and data run equally up to twice the speed", () => {
    const map: TimeMap = { wallAt: 100, dataAt: 5_000, motionAt: 5_000, speed: 2, holdAt: Infinity };
    expect(dataTimeAt(map, 400)).toBe(5_600);
    expect(motionTimeAt(map, 400)).toBe(5_600);
  });

  it("moves dots at no more than twice the speed, however fast the data", () => {
    fc.assert(
      fc.property(arbitraryMap, fc.nat(10_000), (map, elapsed) => {
        const moved = motionTimeAt(map, map.wallAt + elapsed) - map.motionAt;
        expect(moved).toBeLessThanOrEqual(elapsed * Math.min(map.speed, greatestMotionSpeed) * (1 + 1e-9));
      }),
    );
    const map: TimeMap = { wallAt: 0, dataAt: 0, motionAt: 0, speed: 60, holdAt: Infinity };
    expect([dataTimeAt(map, 1_000), motionTimeAt(map, 1_000)]).toEqual([60_000, 2_000]);
  });

  it("stops motion when data time holds", () => {
    const map: TimeMap = { wallAt: 0, dataAt: 0, motionAt: 70, speed: 10, holdAt: 1_000 };
    expect(motionTimeAt(map, 100)).toBe(270);
    expect(motionTimeAt(map, 5_000)).toBe(270);
  });

  it("stands still when frozen, motion equal to data", () => {
    const map = frozenAt(1_234, 50);
    for (const wall of [0, 50, 99_999]) {
      expect([dataTimeAt(map, wall), motionTimeAt(map, wall)]).toEqual([1_234, 1_234]);
    }
  });

  it("stands at its beginning for moments before it", () => {
    const map: TimeMap = { wallAt: 100, dataAt: 5, motionAt: 6, speed: 1, holdAt: 1_000 };
    expect([dataTimeAt(map, 0), motionTimeAt(map, 0)]).toEqual([5, 6]);
  });
});
