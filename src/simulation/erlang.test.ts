import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { erlangB, erlangC, meanWait } from "./erlang.ts";

describe("waiting for one of c servers", () => {
  it("A7: Erlang C is .1304 for 5 servers and .0361 for 10 at half load (Brooker: 13 %, 3.6 %)", () => {
    expect(Math.abs(erlangC(5, 2.5) - 0.1304)).toBeLessThan(1e-4);
    expect(Math.abs(erlangC(10, 5) - 0.0361)).toBeLessThan(1e-4);
  });

  it("A7: the mean response at a utilisation of .8 falls from 5 to 1.001 service times as servers are pooled", () => {
    const table = [
      [1, 5.0],
      [2, 2.778],
      [5, 1.554],
      [10, 1.205],
      [20, 1.064],
      [50, 1.009],
      [100, 1.001],
    ] as const;
    for (const [servers, response] of table) {
      // The table is rounded to three digits, which is coarser than the tolerance of 1e-4.
      expect(Math.abs(1 + meanWait(servers, 0.8 * servers, 1) - response)).toBeLessThan(5e-4 + 1e-4);
    }
  });

  it("with one server is the textbook's M/M/1: the wait is rho / (1 - rho) service times", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (rho) => {
        expect(erlangC(1, rho)).toBeCloseTo(rho, 12);
        expect(meanWait(1, rho, 2) / 2).toBeCloseTo(rho / (1 - rho), 6);
      }),
    );
  });

  it("at or above full load every call waits, for ever", () => {
    expect(erlangC(4, 4)).toBe(1);
    expect(meanWait(4, 5, 0.1)).toBe(Infinity);
    expect(meanWait(0, 1, 0.1)).toBe(Infinity);
  });

  it("is a probability, and grows with the load", () => {
    const loads = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), loads, loads, (servers, one, other) => {
        const low = Math.min(one, other) * servers;
        const high = Math.max(one, other) * servers;
        expect(erlangC(servers, low)).toBeLessThanOrEqual(erlangC(servers, high) + 1e-12);
        expect(erlangB(servers, low)).toBeLessThanOrEqual(erlangC(servers, low) + 1e-12);
        expect(erlangC(servers, high)).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { numRuns: 300 },
    );
  });
});
