import * as fc from "fast-check";
import { expect, it } from "vitest";

import { cases } from "#testing/cases.ts";

import { LatencyHistogram } from "./latency-histogram.ts";

const durations = fc.array(fc.double({ min: 0.01, max: 100_000, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.add(value, 1);
  return histogram;
}

it("knows every quantile to 1 %", () => {
  const law = fc.property(durations, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
    const sorted = values.toSorted((a, b) => a - b);
    const exact = sorted[Math.max(0, Math.ceil(share * values.length - 1e-6) - 1)] ?? NaN;
    const [told = NaN] = histogramOf(values).quantiles([share]);
    expect(Math.abs(told / exact - 1)).toBeLessThan(0.0101);
  });
  fc.assert(law, { numRuns: cases(1000) });
});

it("merged is the same as one of everything", () => {
  const law = fc.property(durations, durations, (a, b) => {
    const merged = histogramOf(a);
    merged.merge(histogramOf(b));
    const shares = [0.5, 0.95, 0.99];
    expect(merged.quantiles(shares)).toEqual(histogramOf([...a, ...b]).quantiles(shares));
  });
  fc.assert(law, { numRuns: cases(300) });
});

it("weighs what stands for many", () => {
  const histogram = new LatencyHistogram();
  histogram.add(10, 1);
  histogram.add(100, 9);
  const [p5 = NaN, p50 = NaN] = histogram.quantiles([0.05, 0.5]);
  expect([Math.round(p5), Math.round(p50)]).toEqual([10, 100]);
});

it("says of nothing that it is not measured, and bounds what is beyond all measure", () => {
  const histogram = new LatencyHistogram();
  histogram.add(NaN, 1);
  expect([histogram.isEmpty, ...histogram.quantiles([0.5])]).toEqual([true, NaN]);
  histogram.add(Infinity, 1);
  histogram.add(0, 1);
  const [least = NaN, most = NaN] = histogram.quantiles([0.1, 1]);
  expect(least).toBeCloseTo(0.001, 4);
  expect(most / 3_600_000).toBeCloseTo(1, 1);
});
