import { beforeAll, describe, expect, it } from "vitest";

import type { Backoff } from "../backoff.ts";
import { streamOf } from "../chance.ts";
import { contestBackoff, runContest, type ContestResult } from "./backoff-contest.ts";

type Jitter = Backoff["jitter"];

const seeds = 200;
const clients = 100;

function meanOf(jitter: Jitter): ContestResult {
  let [calls, time] = [0, 0];
  for (let seed = 0; seed < seeds; seed += 1) {
    const result = runContest(clients, { jitter, ...contestBackoff }, streamOf(seed, "contest"));
    calls += result.calls / seeds;
    time += result.time / seeds;
  }
  return { calls, time };
}

describe("the backoff contest of AWS with 100 clients, mean of 200 seeds", () => {
  let means: Readonly<Record<Jitter, ContestResult>>;

  beforeAll(() => {
    means = {
      none: meanOf("none"),
      expo: meanOf("expo"),
      equal: meanOf("equal"),
      full: meanOf("full"),
      decorrelated: meanOf("decorrelated"),
    };
  }, 120_000);

  it("A14: needs the calls of the original code to 2 %, and its time to 5 %", () => {
    const table: Readonly<Record<Jitter, ContestResult>> = {
      none: { calls: 2422.7, time: 2030 },
      expo: { calls: 1858.8, time: 63_698 },
      equal: { calls: 812.8, time: 6600 },
      full: { calls: 796.2, time: 4930 },
      decorrelated: { calls: 1000.7, time: 4596 },
    };
    for (const jitter of ["none", "expo", "equal", "full", "decorrelated"] as const) {
      expect(Math.abs(means[jitter].calls / table[jitter].calls - 1)).toBeLessThanOrEqual(0.02);
      expect(Math.abs(means[jitter].time / table[jitter].time - 1)).toBeLessThanOrEqual(0.05);
    }
  });

  it("A15: jitter cuts the calls by more than half, and backoff without jitter is the clear loser", () => {
    const { none, expo, equal, full, decorrelated } = means;
    const calls = [full, equal, decorrelated, expo, none].map((mean) => mean.calls);
    expect(calls).toEqual(calls.toSorted((a, b) => a - b));
    const times = [none, decorrelated, full, equal, expo].map((mean) => mean.time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(full.calls / expo.calls).toBeLessThan(0.5);
  });

  it("with one client takes one call and four messages, whatever the backoff", () => {
    for (const jitter of ["none", "expo", "equal", "full", "decorrelated"] as const) {
      const { calls, time } = runContest(1, { jitter, ...contestBackoff }, streamOf(1, "contest"));
      expect(calls).toBe(1);
      expect(Math.abs(time - 40)).toBeLessThan(16);
    }
  });
});
