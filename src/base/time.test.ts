import { describe, expect, it } from "vitest";

import { ManualClock } from "#testing/manual-clock.ts";

import { every } from "./time.ts";

describe("every", () => {
  it("calls back after each period, the first time after one", () => {
    const clock = new ManualClock(0);
    const calls: number[] = [];
    every(clock, 100, () => calls.push(clock.now()));
    clock.advance(99);
    expect(calls).toEqual([]);
    clock.advance(251);
    expect(calls).toEqual([100, 200, 300]);
  });

  it("stops when it is disposed, also from within its own call", () => {
    const clock = new ManualClock(0);
    const calls: number[] = [];
    const stop = every(clock, 100, () => {
      calls.push(clock.now());
      if (calls.length === 2) stop();
    });
    clock.advance(1_000);
    expect(calls).toEqual([100, 200]);
  });

  it("goes on when a call throws: the next one is not lost", () => {
    const clock = new ManualClock(0);
    let calls = 0;
    every(clock, 100, () => {
      calls += 1;
      if (calls === 1) throw new Error("once");
    });
    expect(() => clock.advance(100)).toThrow("once");
    clock.advance(100);
    expect(calls).toBe(2);
  });
});
