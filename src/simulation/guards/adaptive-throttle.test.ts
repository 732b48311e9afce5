import { describe, expect, it } from "vitest";

import { AdaptiveThrottle, refusalChance } from "./adaptive-throttle.ts";

describe("Google's adaptive throttling", () => {
  it("A19: refuses (requests - 2 accepts) / (requests + 1), and nothing while half is accepted", () => {
    expect(refusalChance(100, 50)).toBe(0);
    expect(refusalChance(100, 10)).toBeCloseTo(80 / 101, 12);
    expect(refusalChance(0, 0)).toBe(0);
  });

  it("A19: lets a backend see twice what it accepts, in the steady state", () => {
    const throttle = new AdaptiveThrottle();
    let sent = 0;
    for (let second = 0; second < 600; second += 1) {
      sent = 1000 * throttle.admittedShare(second);
      throttle.record(second, 1000, Math.min(sent, 100));
    }
    expect(Math.abs(sent - 200)).toBeLessThan(2);
  });

  it("forgets a failure after two minutes", () => {
    const throttle = new AdaptiveThrottle();
    throttle.record(0, 1000, 0);
    expect(throttle.admittedShare(119)).toBeLessThan(0.01);
    expect(throttle.admittedShare(120)).toBe(1);
  });
});
