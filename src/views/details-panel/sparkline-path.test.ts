import { describe, expect, it } from "vitest";

import { chartScale, linePath, rangeOf } from "./sparkline-path.ts";

const minute = 60_000;

describe("linePath", () => {
  it("goes from left to right, the greatest value near the upper edge", () => {
    const at = [0, minute, 2 * minute];
    const scale = chartScale(at, [0, 50, 100], 100);
    expect(linePath(at, [0, 50, 100], { ...scale, most: 100 })).toBe("M0 40L150 20L300 0");
  });

  it("is interrupted where nothing is known", () => {
    const at = [0, minute, 2 * minute, 3 * minute];
    const scale = { from: 0, to: 3 * minute, most: 100 };
    expect(linePath(at, [100, NaN, 100, 100], scale)).toBe("M0 0M200 0L300 0");
  });

  it("closes each piece of an area along the lower edge", () => {
    const at = [0, minute];
    expect(linePath(at, [100, 100], { from: 0, to: minute, most: 100 }, true)).toBe(
      "M0 0L300 0L300 40L0 40Z",
    );
  });
});

describe("chartScale", () => {
  it("does not stretch a few seconds over the whole width", () => {
    expect(chartScale([100_000, 110_000], [1, 1]).from).toBe(50_000);
  });

  it("lets little stay little", () => {
    expect(chartScale([0], [0.001], 0.05).most).toBe(0.05);
    expect(chartScale([0], [0, 0]).most).toBe(1);
  });
});

it("ignores what is not known when it tells the range", () => {
  expect(rangeOf([NaN, 3, 1, 2, NaN])).toEqual({ least: 1, most: 3, now: 2 });
  expect(rangeOf([NaN])).toBeUndefined();
});
