import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { strewnEdges } from "#testing/flow-scene.ts";

import { chooseScale, dotsPerSecond, floorPerSecond, roundUp125, type FlowScale } from "./flow-scale.ts";

const edges = strewnEdges(40, 1200, 800);
const flowing = (rate: number) => new Float32Array(edges.count).fill(rate);
const wish = { mode: "linear", reference: 1000, density: 1, dotsAtMost: 400_000 } as const;

const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
const linear = (worth: number): FlowScale => ({ mode: "linear", worth, floorPerSecond, isCapped: false });

function dotsOnScreen(scale: FlowScale, rates: Float32Array): number {
  return rates.reduce(
    (sum, rate, edge) => sum + (dotsPerSecond(scale, rate) * edges.flightMs[edge]!) / 1000,
    0,
  );
}

describe("the density of dots", () => {
  it("is linear in the rate: twice the traffic, twice the dots, above the floor", () => {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 1, max: 100, noNaN: true }), (worth, rate, times) => {
        const scale = linear(worth);
        fc.pre(rate / worth >= floorPerSecond);
        expect(dotsPerSecond(scale, rate * times) / (dotsPerSecond(scale, rate) * times)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("is additive: what several edges carry together shows as the sum of their dots", () => {
    fc.assert(
      fc.property(positive, fc.array(positive, { minLength: 1, maxLength: 8 }), (worth, rates) => {
        const scale = linear(worth);
        fc.pre(rates.every((rate) => rate / worth >= floorPerSecond));
        const sum = rates.reduce((total, rate) => total + dotsPerSecond(scale, rate), 0);
        const together = dotsPerSecond(
          scale,
          rates.reduce((total, rate) => total + rate, 0),
        );
        expect(together / sum).toBeCloseTo(1, 9);
      }),
    );
  });

  it("has a floor: a quiet edge is seen to live, a dead one has none", () => {
    for (const mode of ["linear", "logarithmic"] as const) {
      const scale = { ...linear(1000), mode };
      expect(dotsPerSecond(scale, 1e-9)).toBe(floorPerSecond);
      expect([0, -1, NaN].map((rate) => dotsPerSecond(scale, rate))).toEqual([0, 0, 0]);
    }
  });

  it("never falls when the rate rises, on either scale", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("linear", "logarithmic"),
        positive,
        positive,
        positive,
        (mode, worth, a, b) => {
          const scale = { ...linear(worth), mode };
          expect(dotsPerSecond(scale, Math.max(a, b))).toBeGreaterThanOrEqual(
            dotsPerSecond(scale, Math.min(a, b)),
          );
        },
      ),
    );
  });
});

describe("the worth of a dot", () => {
  it("is a number that people can say, never below what was wished", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (value) => {
        const worth = roundUp125(value);
        expect(worth).toBeGreaterThanOrEqual(value * (1 - 1e-9));
        expect(worth).toBeLessThanOrEqual(value * 2.5 * (1 + 1e-9));
        expect(["1", "2", "5"]).toContain(worth.toExponential().split("e")[0]);
      }),
    );
  });

  it("does not change while traffic changes below the peak: quiet nights look quiet", () => {
    const worths = [1, 10, 500, 1000].map((rate) => chooseScale(wish, edges, flowing(rate)).worth);
    expect(new Set(worths).size).toBe(1);
  });

  it("falls when more dots are wished for", () => {
    const worth = (density: number) => chooseScale({ ...wish, density }, edges, flowing(1000)).worth;
    expect(worth(4)).toBeLessThan(worth(1));
    expect(worth(0.25)).toBeGreaterThan(worth(1));
  });

  it("is raised, and says so, where there would be too many dots; never otherwise", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("linear", "logarithmic"),
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        fc.integer({ min: 500, max: 100_000 }),
        (mode, rate, dotsAtMost) => {
          const rates = flowing(rate);
          const scale = chooseScale({ ...wish, mode, dotsAtMost }, edges, rates);
          const wished = { ...scale, worth: roundUp125(1000 / 1500) };
          expect(dotsOnScreen(scale, rates)).toBeLessThanOrEqual(dotsAtMost);
          expect(scale.isCapped).toBe(dotsOnScreen(wished, rates) > dotsAtMost);
        },
      ),
    );
  });
});
