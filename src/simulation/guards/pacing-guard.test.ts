import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { epochsToReach, pacedUtilisation, pacing } from "./pacing-guard.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const minutes = (epochs: number): number => (epochs * pacing.epoch) / 60;

describe("Taiji's guard on traffic that comes back", () => {
  it("A6: never raises a utilisation by more than .04 in an epoch, and never beyond what is wanted", () => {
    fc.assert(
      fc.property(share, share, (current, wanted) => {
        const next = pacedUtilisation(current, wanted);
        expect(next - current).toBeLessThanOrEqual(pacing.rise + 1e-15);
        expect(next).toBeLessThanOrEqual(Math.max(current, wanted));
        expect(next).toBeGreaterThanOrEqual(Math.min(current, wanted) - 1e-15);
      }),
      { numRuns: 500 },
    );
  });

  it("A6: a rise of .24 takes the published 30 min, and one of .48 an hour", () => {
    expect(minutes(epochsToReach(0.3, 0.54))).toBe(30);
    expect(minutes(epochsToReach(0.1, 0.58))).toBe(60);
  });

  it("comes within 1 % of what is wanted, and then stands still", () => {
    fc.assert(
      fc.property(share, share, (from, wanted) => {
        let current = from;
        for (let epoch = 0; epoch < 60; epoch += 1) current = pacedUtilisation(current, wanted);
        expect(Math.abs(wanted - current)).toBeLessThan(pacing.deadBand);
        expect(pacedUtilisation(current, wanted)).toBe(current);
      }),
      { numRuns: 300 },
    );
  });
});
