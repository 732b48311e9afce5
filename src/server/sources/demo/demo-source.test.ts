import { expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { turns } from "#testing/turns.ts";

import { demoSource } from "./demo-source.ts";

async function run(frozenAt?: number) {
  const clock = new ManualClock();
  const start = clock.now();
  const source = demoSource(twoRegions(), {
    clock,
    seed: 1,
    intervalMs: 1000,
    ...(frozenAt === undefined ? {} : { frozenAt }),
  });
  const ats: number[] = [];
  const stop = new AbortController();
  let isDone = false;
  const running = source
    .run((snapshot) => void ats.push(snapshot.at - start), stop.signal)
    .then(() => {
      isDone = true;
    });
  await turns();
  return { clock, ats, stop, running, isDone: () => isDone };
}

it("emits at a steady beat, at round moments whatever the timer does", async () => {
  const { clock, ats, stop, running } = await run();
  for (const ms of [1000, 1007, 993]) {
    clock.advance(ms);
    await turns();
  }
  expect(ats).toEqual([0, 1000, 2000, 3000]);
  stop.abort();
  await running;
});

it("goes on with the present after the machine has slept", async () => {
  const { clock, ats, stop, running } = await run();
  // The timers of a machine that sleeps stand still, its clock does not: the next beat is long past when it wakes.
  clock.advance(3_600_500);
  await turns();
  clock.advance(1000);
  await turns();
  expect(ats).toEqual([0, 3_600_000, 3_601_000]);
  stop.abort();
  await running;
});

it("stands still at the moment that was asked for", async () => {
  const { clock, ats, isDone } = await run(30_000);
  clock.advance(60_000);
  await turns();
  expect([ats, isDone()]).toEqual([[0], true]);
});
