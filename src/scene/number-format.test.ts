import { describe, expect, it } from "vitest";

import { formatAge, formatLatency, formatRate, formatShare } from "./number-format.ts";

describe("numbers for people", () => {
  it.each([
    [63270.2, "63.3k"],
    [133_627, "134k"],
    [999.96, "1k"],
    [999_950, "1M"],
    [1_234_567, "1.23M"],
    [12.34, "12.3"],
    [10, "10"],
    [1, "1"],
    [0.999, "1"],
    [0.07, "0.07"],
    [0.004, "< 0.01"],
    [0, "0"],
    [NaN, "–"],
  ])("writes the rate %f as %s", (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it.each([
    [0.0021, "0.21 %"],
    [0.1234, "12.3 %"],
    [1, "100 %"],
    [0.00001, "< 0.01 %"],
    [0, "0 %"],
  ])("writes the share %f as %s", (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it("chooses the unit of an age and of a latency", () => {
    expect([500, 61_000, 7_200_000, 200_000_000].map(formatAge)).toEqual(["0 s", "1 min", "2 h", "2 d"]);
    expect([3.21, 120.4, 1250, NaN].map(formatLatency)).toEqual(["3.2 ms", "120 ms", "1.25 s", "–"]);
  });
});
