import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { admittedRates, admittedShare, overloadToFit, sheddingThreshold } from "./shedding.ts";

describe("prioritised shedding", () => {
  it("A19: the threshold is 95.7, 48.8, 14.3 at an overload of .35, .8, .95 (Zuul: mid-90s, 50, 10)", () => {
    const thresholds = [0.35, 0.8, 0.95].map(sheddingThreshold);
    for (const [i, exact] of [95.7, 48.8, 14.3].entries()) {
      expect(Math.abs(thresholds[i]! - exact)).toBeLessThan(0.05);
    }
    for (const [i, published] of [95, 50, 10].entries()) {
      expect(Math.abs(thresholds[i]! - published)).toBeLessThanOrEqual(5);
    }
    expect([sheddingThreshold(0), sheddingThreshold(1), sheddingThreshold(2)]).toEqual([100, 0, 0]);
  });

  it("sheds what matters least first", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (overload) => {
        const threshold = sheddingThreshold(overload);
        const shares = (["critical", "degraded", "nonCritical"] as const).map((priority) =>
          admittedShare(priority, threshold),
        );
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
        if (shares[1]! < 1) expect(shares[2]).toBe(0);
      }),
    );
  });

  it("finds the least overload at which what is let in fits", () => {
    const rate = fc.double({ min: 0, max: 1000, noNaN: true });
    const rates = fc.record({ critical: rate, degraded: rate, nonCritical: rate });
    fc.assert(
      fc.property(rates, fc.double({ min: 1, max: 3000, noNaN: true }), (offered, capacity) => {
        const { critical, degraded, nonCritical } = admittedRates(offered, overloadToFit(offered, capacity));
        const admitted = critical + degraded + nonCritical;
        const all = offered.critical + offered.degraded + offered.nonCritical;
        expect(admitted).toBeLessThanOrEqual(capacity);
        expect(admitted).toBeGreaterThan(Math.min(all, capacity) * (1 - 1e-6) - 1e-6);
      }),
      { numRuns: 300 },
    );
  });
});
