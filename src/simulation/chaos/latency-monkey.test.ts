import { describe, expect, it } from "vitest";

import { streamOf } from "../chance.ts";
import { latencyMonkey, meanDelay, sampleDelay, shareSlowerThan } from "./latency-monkey.ts";

describe("Latency Monkey's delays", () => {
  it("are as many beyond a limit, and as long on average, as single calls' delays", () => {
    const random = streamOf(1, "latency");
    const delays = Array.from({ length: 100_000 }, () => sampleDelay(latencyMonkey, random));
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    expect(Math.abs(mean - meanDelay(latencyMonkey))).toBeLessThan(0.006);
    for (const limit of [0, 0.5, 1, 2]) {
      const slower = delays.filter((delay) => delay > limit).length / delays.length;
      expect(Math.abs(slower - shareSlowerThan(latencyMonkey, limit))).toBeLessThan(0.006);
    }
  });

  it("follow the normal distribution to 1e-7", () => {
    expect(shareSlowerThan(latencyMonkey, 1)).toBeCloseTo(0.5, 6);
    expect(shareSlowerThan(latencyMonkey, 1.5)).toBeCloseTo(0.158655254, 6);
    expect(shareSlowerThan(latencyMonkey, -1)).toBe(1);
  });

  it("without a deviation are all the same", () => {
    const fixed = { mean: 2, deviation: 0 };
    expect([shareSlowerThan(fixed, 1), shareSlowerThan(fixed, 2), meanDelay(fixed)]).toEqual([1, 0, 2]);
  });
});
