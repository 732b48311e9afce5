import { describe, expect, it } from "vitest";

import { herdCalls, herdPeak } from "./bootstrap-herd.ts";

describe("instances that start together", () => {
  it("make 1,000 calls/s within one step of 1 s, and 16.7 with a jitter of a minute", () => {
    expect(herdPeak(200, 5, 0, 1)).toBe(1000);
    expect(herdPeak(200, 5, 60, 1)).toBeCloseTo(16.7, 1);
  });

  it("make all their calls, whatever the jitter and the step", () => {
    for (const jitter of [0, 0.05, 7, 60]) {
      let sum = 0;
      for (let step = 0; step < 1000; step += 1) {
        sum += herdCalls(200, 5, jitter, step * 0.1, (step + 1) * 0.1);
      }
      expect(sum).toBeCloseTo(1000, 9);
    }
  });
});
