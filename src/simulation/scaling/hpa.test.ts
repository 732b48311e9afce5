import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { desiredPods, HorizontalPodAutoscaler } from "./hpa.ts";

function ready(pods: number) {
  return { ready: pods, unready: 0, missing: 0 };
}

describe("the horizontal pod autoscaler", () => {
  it("A16: makes 5, 9, 10, 10, 10, 12, 15, 20 pods of 10 at ratios from .5 to 2 (Kubernetes)", () => {
    const ratios = [0.5, 0.89, 0.9, 0.95, 1, 1.11, 1.5, 2];
    expect(ratios.map((ratio) => desiredPods(ready(10), ratio))).toEqual([5, 9, 10, 10, 10, 12, 15, 20]);
  });

  it("counts unready pods as idle when it grows, so that it does not grow twice", () => {
    // 10 ready at 1.5 and 5 starting: 15 pods' worth of load on 15 pods.
    expect(desiredPods({ ready: 10, unready: 5, missing: 0 }, 1.5)).toBe(15);
    expect(desiredPods({ ready: 10, unready: 5, missing: 0 }, 2)).toBe(20);
  });

  it("counts missing pods against the change in either direction", () => {
    expect(desiredPods({ ready: 8, unready: 0, missing: 2 }, 0.5)).toBe(6);
    expect(desiredPods({ ready: 8, unready: 0, missing: 2 }, 1.5)).toBe(12);
  });

  it("never turns its direction round because of pods that nobody measured", () => {
    const counts = fc.record({
      ready: fc.integer({ min: 1, max: 50 }),
      unready: fc.integer({ min: 0, max: 50 }),
      missing: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 4, noNaN: true }), (pods, ratio) => {
        const current = pods.ready + pods.unready + pods.missing;
        const desired = desiredPods(pods, ratio);
        if (ratio > 1) expect(desired).toBeGreaterThanOrEqual(current);
        else expect(desired).toBeLessThanOrEqual(current);
      }),
      { numRuns: 300 },
    );
  });

  it("grows by at most 4 pods or 100 % per decision, and within its limits", () => {
    const hpa = new HorizontalPodAutoscaler({ min: 1, max: 50 });
    expect(hpa.decide(0, ready(2), 10)).toBe(6);
    expect(hpa.decide(15, ready(6), 10)).toBe(12);
    expect(hpa.decide(30, ready(12), 10)).toBe(24);
    expect(hpa.decide(45, ready(24), 10)).toBe(48);
    expect(hpa.decide(60, ready(48), 10)).toBe(50);
  });

  it("shrinks only to the greatest recommendation of the last 300 s", () => {
    const hpa = new HorizontalPodAutoscaler({ min: 1, max: 50 });
    expect(hpa.decide(0, ready(10), 1)).toBe(10);
    for (let now = 15; now < 300; now += 15) expect(hpa.decide(now, ready(10), 0.2)).toBe(10);
    expect(hpa.decide(300, ready(10), 0.2)).toBe(2);
  });
});
