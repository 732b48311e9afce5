import { describe, expect, it } from "vitest";

import { ManualClock } from "#testing/manual-clock.ts";

import { Reconnect } from "./reconnect.ts";

/** The pauses before `count` new tries that all fail, milliseconds. */
function pauses(reconnect: Reconnect, clock: ManualClock, count: number): number[] {
  const lasted: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const began = clock.now();
    const tries: number[] = [];
    reconnect.failed(() => tries.push(clock.now()));
    clock.advance(60_000);
    lasted.push(...tries.map((at) => at - began));
  }
  return lasted;
}

describe("trying again", () => {
  it("comes ever more rarely, and at least every fifteen seconds", () => {
    const clock = new ManualClock();
    expect(pauses(new Reconnect(clock, () => 0.5), clock, 7)).toEqual([
      500, 1000, 2000, 4000, 8000, 10_000, 10_000,
    ]);
    expect(pauses(new Reconnect(clock, () => 1 - 1e-9), clock, 7).at(-1)).toBe(15_000);
  });

  it("comes at another time on each page, so that they do not all come at once", () => {
    const clock = new ManualClock();
    const of = (chance: number) => pauses(new Reconnect(clock, () => chance), clock, 1)[0];
    expect([of(0), of(0.5), of(0.75)]).toEqual([250, 500, 625]);
  });

  it("begins anew after it has succeeded", () => {
    const clock = new ManualClock();
    const reconnect = new Reconnect(clock, () => 0.5);
    pauses(reconnect, clock, 5);
    reconnect.succeeded();
    expect(pauses(reconnect, clock, 1)).toEqual([500]);
  });

  it("comes when the server has asked for it, once", () => {
    const clock = new ManualClock();
    const reconnect = new Reconnect(clock, () => 0.5);
    reconnect.goodbye("The server is stopping.", 3000);
    expect(reconnect.goodbyeWhy).toBe("The server is stopping.");
    expect(pauses(reconnect, clock, 2)).toEqual([3000, 1000]);
    expect(reconnect.goodbyeWhy).toBeUndefined();
  });

  it("does not come when it was cancelled, nor twice when the connection fails twice", () => {
    const clock = new ManualClock();
    const reconnect = new Reconnect(clock, () => 0.5);
    let tries = 0;
    const tryAgain = () => void (tries += 1);
    reconnect.failed(tryAgain);
    reconnect.cancel();
    clock.advance(60_000);
    expect(tries).toBe(0);
    reconnect.failed(tryAgain);
    reconnect.failed(tryAgain);
    clock.advance(60_000);
    expect(tries).toBe(1);
  });
});
