import { describe, expect, it } from "vitest";

import { exampleStepPolicy, roundChange, stepScaled } from "./step-scaling.ts";

describe("AWS step scaling", () => {
  it("A16: makes 10, 11, 14, 13, 10 instances of the metrics 50, 60, 70, 40, 30 (EC2 user guide)", () => {
    const sizes: number[] = [];
    let size = 10;
    for (const metric of [50, 60, 70, 40, 30]) {
      size = stepScaled(exampleStepPolicy, size, metric);
      sizes.push(size);
    }
    expect(sizes).toEqual([10, 11, 14, 13, 10]);
  });

  it("rounds changes towards zero, but never to none", () => {
    expect([3.3, 1, 0.2, 0, -0.2, -1.4, -3.9].map(roundChange)).toEqual([3, 1, 1, 0, -1, -1, -3]);
  });

  it("changes nothing within the first step on either side", () => {
    expect(stepScaled(exampleStepPolicy, 10, 59.9)).toBe(10);
    expect(stepScaled(exampleStepPolicy, 10, 40.1)).toBe(10);
  });
});
