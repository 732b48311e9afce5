import fc from "fast-check";
import { expect, it } from "vitest";

import { QualityGovernor } from "./quality-governor.ts";

const manyDots = 100_000;

/** So many seconds of so many frames. */
function live(governor: QualityGovernor, seconds: number, framesPerSecond: number, dots = manyDots): void {
  for (let second = 0; second < seconds; second += 1) governor.observe(framesPerSecond, dots, 2);
}

it("keeps the picture sharp where a machine was busy for a moment", () => {
  const governor = new QualityGovernor();
  live(governor, 2, 10);
  live(governor, 1, 60);
  live(governor, 2, 10);
  expect(governor.pixelRatio(2)).toBe(2);
  expect(governor.thinning).toBe(1);
});

it("gives up pixels first, then dots", () => {
  const governor = new QualityGovernor();
  live(governor, 3, 10);
  expect(governor.pixelRatio(2)).toBe(1);
  expect(governor.thinning).toBe(1);
  live(governor, 3, 10);
  expect(governor.thinning).toBe(0.5);
});

it("does not give up dots that are not what takes the time", () => {
  const governor = new QualityGovernor();
  live(governor, 30, 10, 100);
  expect(governor.thinning).toBe(1);
});

it("gives back dots first, then pixels", () => {
  const governor = new QualityGovernor();
  live(governor, 6, 10);
  live(governor, 6, 60);
  expect([governor.thinning, governor.pixelRatio(2)]).toEqual([1, 1]);
  live(governor, 6, 60);
  expect(governor.pixelRatio(2)).toBe(2);
});

it("waits twice as long each time that sharpness could not be kept", () => {
  const governor = new QualityGovernor();
  live(governor, 3, 10);
  live(governor, 6, 60);
  expect(governor.pixelRatio(2)).toBe(2);
  live(governor, 3, 10);
  live(governor, 11, 60);
  expect(governor.pixelRatio(2)).toBe(1);
  live(governor, 1, 60);
  expect(governor.pixelRatio(2)).toBe(2);
});

it("never draws more than two pixels for one", () => {
  expect(new QualityGovernor().pixelRatio(3)).toBe(2);
});

it("never leaves nothing, and never draws more than there is, whatever the machine does", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 240 }), fc.nat(1e6))), (seconds) => {
      const governor = new QualityGovernor();
      for (const [framesPerSecond, dots] of seconds) governor.observe(framesPerSecond, dots, 2);
      expect(governor.thinning).toBeGreaterThanOrEqual(0.05);
      expect(governor.thinning).toBeLessThanOrEqual(1);
    }),
  );
});
