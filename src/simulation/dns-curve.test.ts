import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { defaultDnsCurve, staleShare } from "./dns-curve.ts";

const short = { ...defaultDnsCurve, ttl: 20 };

describe("DNS after a flip", () => {
  it("A1: with a TTL of 20 s, 10 % are stale after 60 s and 2 % after 15 min (LANMAN 2014)", () => {
    expect(Math.abs(staleShare(short, 60) - 0.1)).toBeLessThanOrEqual(0.005);
    expect(Math.abs(staleShare(short, 900) - 0.02)).toBeLessThanOrEqual(0.002);
  });

  it("A2: nobody has left at the flip, and at one TTL only the violating tail is left: .100 at 60 s", () => {
    expect(staleShare(defaultDnsCurve, -5)).toBe(1);
    expect(staleShare(defaultDnsCurve, 0)).toBe(1);
    expect(Math.abs(staleShare(defaultDnsCurve, 60) - 0.1)).toBeLessThanOrEqual(1e-3);
    const { ttl, violating, tailScale, tailExponent } = defaultDnsCurve;
    expect(staleShare(defaultDnsCurve, ttl)).toBeCloseTo(
      violating * (1 + ttl / tailScale) ** -tailExponent,
      12,
    );
  });

  it("A2: passes the points of the reference table for a TTL of 60 s", () => {
    const table = [
      [10, 0.847],
      [30, 0.545],
      [60, 0.1],
      [120, 0.0758],
      [300, 0.0449],
      [480, 0.0324],
      [900, 0.02],
      [3600, 0.0063],
    ] as const;
    for (const [seconds, share] of table) {
      expect(Math.abs(staleShare(defaultDnsCurve, seconds) - share)).toBeLessThan(1e-3);
    }
  });

  it("A2: never rises, and stays from 0 to 1", () => {
    const curves = fc.record({
      ttl: fc.double({ min: 0, max: 3600, noNaN: true }),
      violating: fc.double({ min: 0, max: 1, noNaN: true }),
      tailScale: fc.double({ min: 1, max: 1e4, noNaN: true }),
      tailExponent: fc.double({ min: 0.1, max: 4, noNaN: true }),
    });
    const time = fc.double({ min: -10, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(curves, time, time, (curve, one, other) => {
        const early = staleShare(curve, Math.min(one, other));
        const late = staleShare(curve, Math.max(one, other));
        expect(late).toBeLessThanOrEqual(early + 1e-15);
        expect(late >= 0 && early <= 1 + 1e-15).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
