import { describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";

import { below, exponential, lognormal, normal, streamOf } from "./chance.ts";

function momentsOf(draw: () => number, n = 100_000): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    const x = draw();
    sum += x;
    squares += x * x;
  }
  return { mean: sum / n, deviation: Math.sqrt(squares / n - (sum / n) ** 2) };
}

describe("streams", () => {
  it("mulberry32(42) gives the four golden numbers", () => {
    const random = mulberry32(42);
    expect([random(), random(), random(), random()]).toEqual([
      0.6011037519201636, 0.44829055899754167, 0.8524657934904099, 0.6697340414393693,
    ]);
  });

  it("are the same for the same seed and subsystem, and differ in either", () => {
    const first = streamOf(7, "spot")();
    expect(streamOf(7, "spot")()).toBe(first);
    expect(streamOf(7, "monkey")()).not.toBe(first);
    expect(streamOf(8, "spot")()).not.toBe(first);
  });
});

describe("samplers", () => {
  it("normal has mean 0 and deviation 1, and 68.3 % within one deviation", () => {
    const random = streamOf(1, "normal");
    const { mean, deviation } = momentsOf(() => normal(random));
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.01);
    const within = momentsOf(() => (Math.abs(normal(random)) < 1 ? 1 : 0)).mean;
    expect(Math.abs(within - 0.6827)).toBeLessThan(0.006);
  });

  it("exponential has the mean and the deviation of 1 / rate, and is never negative", () => {
    const random = streamOf(2, "exponential");
    const { mean, deviation } = momentsOf(() => exponential(random, 4));
    expect(Math.abs(mean - 0.25)).toBeLessThan(0.005);
    expect(Math.abs(deviation - 0.25)).toBeLessThan(0.005);
    expect(exponential(() => 0, 4)).toBe(0);
  });

  it("lognormal is positive with a median of 1", () => {
    const random = streamOf(3, "lognormal");
    const above = momentsOf(() => (lognormal(random, 0.2) > 1 ? 1 : 0)).mean;
    expect(Math.abs(above - 0.5)).toBeLessThan(0.01);
    expect(lognormal(random, 0)).toBe(1);
  });

  it("below gives each whole number under n", () => {
    const random = streamOf(4, "below");
    const seen = new Set(Array.from({ length: 1000 }, () => below(random, 6)));
    expect(seen).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
});
