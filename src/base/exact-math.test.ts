import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { goldenDigest, goldenRows, hexOf } from "#testing/exact-math-golden.ts";

import { exp, log, pow } from "./exact-math.ts";

/** How many float64 numbers lie from one to the other, of the same sign. */
function ulpsBetween(one: number, other: number): number {
  if (Object.is(one, other)) return 0;
  if (Number.isNaN(one) || Number.isNaN(other)) return Infinity;
  return Math.abs(Number(BigInt(`0x${hexOf(one)}`) - BigInt(`0x${hexOf(other)}`)));
}

const anyNumber = fc.double({ noNaN: false });
const anyPositive = fc.double({ min: 0, noNaN: true });
const runs = { numRuns: 2000 };

describe("exact exp, log and pow", () => {
  it("give the golden bits", () => {
    for (const { call, bits, golden } of goldenRows()) expect(`${call} ${bits}`).toBe(`${call} ${golden}`);
    expect(goldenDigest()).toBe(4032525171);
  });

  it("exp is within 1 ulp of the engine's, for every number", () => {
    const near = fc.double({ min: -750, max: 750, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(near, anyNumber), (x) => {
        expect(ulpsBetween(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it("log is within 1 ulp of the engine's, for every number", () => {
    const near = fc.double({ min: 0.25, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(near, anyNumber), (x) => {
        expect(ulpsBetween(log(x), Math.log(x))).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it("pow is within 1 ulp of the engine's, for every base from 0 and every exponent", () => {
    const nearOne = fc.double({ min: 0.01, max: 100, noNaN: true });
    const small = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(nearOne, anyPositive), fc.oneof(small, anyNumber), (x, y) => {
        expect(ulpsBetween(pow(x, y), x ** y)).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it("pow of a negative base is NaN, as its documentation says", () => {
    expect(pow(-2, 2)).toBeNaN();
    expect(pow(-2, 0)).toBe(1);
  });
});
