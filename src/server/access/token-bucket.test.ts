import { expect, it } from "vitest";

import { ManualClock } from "#testing/manual-clock.ts";

import { TokenBucket } from "./token-bucket.ts";

it("lets a burst pass, then as many as time gives back, and never saves more than a burst", () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket(clock, 10, 3);
  const takeAll = () => {
    let taken = 0;
    while (bucket.take()) taken += 1;
    return taken;
  };
  expect(takeAll()).toBe(3);
  clock.advance(250);
  expect(takeAll()).toBe(2);
  clock.advance(50);
  expect(takeAll()).toBe(1);
  clock.advance(60_000);
  expect(takeAll()).toBe(3);
});
