import { describe, expect, it } from "vitest";

import { streamOf } from "../chance.ts";
import { runRetries, type RetryStrategy } from "./retry-strategies.ts";

const strategies: readonly RetryStrategy[] = ["none", "threeRetries", "tokenBucket", "breaker"];

/** Success and load of each strategy, of the original code, by the share of tries that fail. */
const table: readonly (readonly [failureShare: number, outcomes: readonly (readonly [number, number])[]])[] =
  [
    [
      0.1,
      [
        [0.9, 1],
        [0.9999, 1.107],
        [0.988, 1.095],
        [0.931, 1.033],
      ],
    ],
    [
      0.2,
      [
        [0.799, 1],
        [0.998, 1.248],
        [0.893, 1.112],
        [0.803, 1.002],
      ],
    ],
    [
      0.5,
      [
        [0.503, 1],
        [0.939, 1.881],
        [0.554, 1.114],
        [0.505, 1],
      ],
    ],
  ];

describe("A13: retries against a server that fails at random (Brooker 2022)", () => {
  it.each(table)("bring and cost as published where %d of tries fail", (failureShare, outcomes) => {
    for (const [s, strategy] of strategies.entries()) {
      const { success, load } = runRetries(strategy, failureShare, streamOf(1, strategy));
      const [expectedSuccess, expectedLoad] = outcomes[s]!;
      expect(Math.abs(success - expectedSuccess)).toBeLessThanOrEqual(0.01);
      expect(Math.abs(load - expectedLoad)).toBeLessThanOrEqual(0.02);
    }
  });

  it("of a call with 3 retries, 1 - x^4 succeed, at (1 - x^4) / (1 - x) tries", () => {
    const { success, load } = runRetries("threeRetries", 0.5, streamOf(2, "arithmetic"));
    expect(Math.abs(success - (1 - 0.5 ** 4))).toBeLessThan(0.01);
    expect(Math.abs(load - (1 - 0.5 ** 4) / 0.5)).toBeLessThan(0.03);
  });
});
