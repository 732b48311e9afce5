import { describe, expect, it } from "vitest";

import { TargetTracker } from "./target-tracking.ts";

/** The sizes that minutes of the same metric lead to. */
function follow(metric: number, minutes: number, size = 10): number[] {
  const tracker = new TargetTracker({ target: 0.5, min: 2, max: 40 });
  const sizes: number[] = [];
  let current = size;
  for (let minute = 0; minute < minutes; minute += 1) {
    current = tracker.observe(minute * 60, current, metric);
    sizes.push(current);
  }
  return sizes;
}

describe("target tracking", () => {
  it("scales out in proportion after three minutes above the target", () => {
    expect(follow(0.8, 3)).toEqual([10, 10, 16]);
  });

  it("scales in only after fifteen minutes well below it", () => {
    expect(follow(0.25, 15)).toEqual([...Array.from({ length: 14 }, () => 10), 5]);
    expect(follow(0.48, 40).at(-1)).toBe(10);
  });

  it("waits out its cooldown before the next change, and keeps its limits", () => {
    const sizes = follow(2, 9);
    expect(sizes).toEqual([10, 10, 40, 40, 40, 40, 40, 40, 40]);
    expect(follow(0.6, 8)).toEqual([10, 10, 12, 12, 12, 12, 12, 15]);
  });
});
