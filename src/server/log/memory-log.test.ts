import { expect, it } from "vitest";

import { describeFeedLog } from "#testing/feed-log-contract.ts";
import { twoRegions } from "#testing/builders.ts";

import { MemoryLog } from "./memory-log.ts";

let opened = 0;

function open(bounds: { greatestFrames?: number; greatestBytes?: number }): MemoryLog {
  opened += 1;
  return new MemoryLog({ epoch: `e${opened}`, greatestFrames: 1000, greatestBytes: 1e9, ...bounds });
}

describeFeedLog("the log in memory", async (bounds) => open(bounds));

it("stays within its bytes, but never loses its newest group", async () => {
  const log = open({ greatestBytes: 1 });
  for (const at of [1, 2, 3]) {
    await log.append({ kind: "key", snapshot: twoRegions(at) }, String(at));
    expect(log.head()).toMatchObject({ oldest: at, newest: at });
  }
});

it("refuses a delta that nothing comes before, and a frame of the past", async () => {
  const log = open({});
  const delta = { at: 1, windowMs: 1, index: new Uint32Array(), value: new Float64Array() };
  await expect(log.append({ kind: "delta", delta }, "a")).rejects.toThrow("keyframe");
  await log.append({ kind: "key", snapshot: twoRegions(5) }, "b");
  await expect(log.append({ kind: "key", snapshot: twoRegions(5) }, "c")).rejects.toThrow("order of time");
});
