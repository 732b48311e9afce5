import { expect, it } from "vitest";

import { diffSnapshots } from "#domain/delta.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";

import { MemoryLog } from "../log/memory-log.ts";
import { frameAt } from "./frame-at.ts";

const { topology } = twoRegions();
const frame = (at: number) => snapshotOf(topology, (edge) => edge * at, at);

it("a moment's frame is the newest that is not later, however the log holds it", async () => {
  const log = new MemoryLog({ epoch: "e", greatestFrames: 100, greatestBytes: 1e9 });
  for (const at of [10, 20, 30, 40, 50]) {
    const isKey = at === 10 || at === 40;
    const delta = diffSnapshots(frame(at - 10), frame(at));
    await log.append(isKey ? { kind: "key", snapshot: frame(at) } : { kind: "delta", delta }, String(at));
  }
  expect(await frameAt(log, 9)).toBeUndefined();
  const moments = [10, 29, 30, 39, 40, 55];
  const found = await Promise.all(moments.map((at) => frameAt(log, at)));
  expect(found).toEqual([10, 20, 30, 30, 40, 50].map((at) => frame(at)));
});
