import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";

import { returnShares, sampleWait, type Backoff } from "./backoff.ts";

const anyBackoff: fc.Arbitrary<Backoff> = fc.record({
  jitter: fc.constantFrom("none", "expo", "equal", "full", "decorrelated"),
  base: fc.double({ min: 0.05, max: 1, noNaN: true }),
  cap: fc.double({ min: 1, max: 10, noNaN: true }),
});

describe("how a crowd comes back", () => {
  it("loses nobody, whatever the jitter, the retry and the step", () => {
    const steps = fc.constantFrom(0.1, 0.05, 0.02);
    fc.assert(
      fc.property(anyBackoff, steps, (backoff, dt) => {
        for (const shares of returnShares(backoff, 6, dt)) {
          expect(shares.every((share) => share >= 0)).toBe(true);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("waits on average as long as the single clients that it stands for", () => {
    const dt = 0.01;
    for (const jitter of ["expo", "equal", "full", "decorrelated"] as const) {
      const backoff = { jitter, base: 0.5, cap: 4 };
      const random = mulberry32(1);
      const sums = [0, 0, 0, 0];
      const clients = 20_000;
      for (let client = 0; client < clients; client += 1) {
        let wait = backoff.base;
        for (let n = 1; n <= sums.length; n += 1) {
          wait = sampleWait(backoff, n, wait, random);
          sums[n - 1]! += wait;
        }
      }
      for (const [n, shares] of returnShares(backoff, sums.length, dt).entries()) {
        const mean = shares.reduce((sum, share, k) => sum + share * (k + 0.5) * dt, 0);
        expect(Math.abs(mean / (sums[n]! / clients) - 1)).toBeLessThan(0.03);
      }
    }
  });

  it("comes back after whole steps where the wait is whole steps", () => {
    const [first] = returnShares({ jitter: "expo", base: 0.15, cap: 10 }, 1, 0.1);
    expect([...first!]).toEqual([0, 0, 0, 1]);
    const [equal] = returnShares({ jitter: "equal", base: 0.2, cap: 10 }, 1, 0.1);
    expect([...equal!].map((share) => Math.round(share * 1e9) / 1e9)).toEqual([0, 0, 0.5, 0.5]);
  });

  it("doubles the wait before each retry up to the cap", () => {
    const expo = { jitter: "expo", base: 0.1, cap: 1 } as const;
    const never = (): number => 0;
    const waits = [1, 2, 3, 4, 5].map((n) => sampleWait(expo, n, 0, never));
    expect(waits).toEqual([0.2, 0.4, 0.8, 1, 1]);
  });
});
