import { describe, expect, it } from "vitest";

import { streamOf } from "../chance.ts";
import { killSchedule, monkeyDefaults, type Kill } from "./chaos-schedule.ts";

const days = 200_000;

function meanGap(kills: readonly Kill[]): number {
  return (kills.at(-1)!.day - kills[0]!.day) / (kills.length - 1);
}

describe("A18: Chaos Monkey 2 over 200,000 work days", () => {
  const usual = killSchedule(days, monkeyDefaults, streamOf(1, "monkey"));
  const spaced = killSchedule(days, { meanDays: 5, leastDays: 3 }, streamOf(2, "monkey"));

  it("kills each 2.0 days for a mean of 2, and each 7.0 for a mean of 5 with 3 days between", () => {
    expect(Math.abs(meanGap(usual) / 2 - 1)).toBeLessThanOrEqual(0.01);
    expect(Math.abs(meanGap(spaced) / 7 - 1)).toBeLessThanOrEqual(0.01);
  });

  it("kills at minutes from 540 to below 900, evenly", () => {
    const minutes = usual.map(({ minute }) => minute);
    expect(minutes.every((minute) => Number.isInteger(minute) && minute >= 540 && minute < 900)).toBe(true);
    const mean = minutes.reduce((sum, minute) => sum + minute, 0) / minutes.length;
    expect(Math.abs(mean - 719.5)).toBeLessThan(2);
  });

  it("never kills twice within the least gap", () => {
    const gaps = spaced.slice(1).map((kill, i) => kill.day - spaced[i]!.day);
    expect(gaps.every((gap) => gap >= 3)).toBe(true);
  });
});
