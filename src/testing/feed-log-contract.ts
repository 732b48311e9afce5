import { afterEach, describe, expect, it } from "vitest";

import { diffSnapshots } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Frame, Stored } from "#protocol/recording/recorded-frame.ts";
import type { FeedLog } from "#server/log/feed-log.ts";

import { snapshotOf, twoRegions } from "./builders.ts";

export interface LogBounds {
  readonly greatestFrames: number;
}

/** What every FeedLog promises, as tests. A driver's own test file calls this with a way to open an empty log. */
export function describeFeedLog(
  driver: string,
  open: (bounds: LogBounds) => Promise<FeedLog>,
  forgetsByFrames = true,
): void {
  describe(`${driver} keeps the promises of a feed log`, () => {
    const opened: FeedLog[] = [];
    const openLog = async (greatestFrames = 1000): Promise<FeedLog> => {
      const log = await open({ greatestFrames });
      opened.push(log);
      return log;
    };

    afterEach(async () => {
      for (const log of opened.splice(0)) await log.close();
    });

    it("is empty at first and names an epoch of its own", async () => {
      const [one, other] = [await openLog(), await openLog()];
      expect(one.head()).toEqual({ epoch: one.head().epoch, oldest: 1, newest: 0 });
      expect(one.head().epoch).not.toBe(other.head().epoch);
    });

    it("numbers frames from 1 and gives them back as they were", async () => {
      const log = await openLog();
      const frames = [key(0), delta(1), delta(2)];
      expect(await appendAll(log, frames)).toEqual([1, 2, 3]);
      expect(await take(log.tail(1), 3)).toEqual(frames.map((frame, i) => ({ seq: i + 1, frame })));
      expect(log.head()).toMatchObject({ oldest: 1, newest: 3 });
    });

    it("keeps the order of calls that overlap", async () => {
      const log = await openLog();
      const seqs = await Promise.all(
        [key(0), delta(1), delta(2)].map((frame, i) => log.append(frame, `f${i}`)),
      );
      expect(seqs).toEqual([1, 2, 3]);
    });

    it("stores a frame once, however often it is sent", async () => {
      const log = await openLog();
      await appendAll(log, [key(0), delta(1)]);
      expect(await log.append(delta(1), "1")).toBe(2);
      expect(log.head().newest).toBe(2);
    });

    it("tail begins at the asked frame and goes on with what comes", async () => {
      const log = await openLog();
      await appendAll(log, [key(0), delta(1)]);
      const reading = take(log.tail(2), 2);
      await log.append(delta(2), "2");
      expect((await reading).map(({ seq }) => seq)).toEqual([2, 3]);
    });

    it("tail ends when the log is closed", async () => {
      const log = await openLog();
      await log.append(key(0), "0");
      const reading = take(log.tail(1), 9);
      await log.close();
      expect((await reading).map(({ seq }) => seq)).toEqual([1]);
    });

    it("finds the newest keyframe that is not later than a moment", async () => {
      const log = await openLog();
      await appendAll(log, [key(10), delta(11), key(12), delta(13)]);
      const found = async (t: number) => (await log.keyframeBefore(t))?.seq;
      expect([await found(9), await found(10), await found(11), await found(12), await found(99)]).toEqual([
        undefined,
        1,
        1,
        3,
        3,
      ]);
    });

    it("reads a range of time, both ends included", async () => {
      const log = await openLog();
      await appendAll(log, [key(10), delta(11), delta(12), delta(13)]);
      expect((await take(log.range(11, 12), 9)).map(({ seq }) => seq)).toEqual([2, 3]);
    });

    it("skips the numbers of frames that were lost", async () => {
      const log = await openLog();
      await appendAll(log, [key(0), { ...key(4), lost: 3 }]);
      expect((await take(log.tail(2), 1)).map(({ seq }) => seq)).toEqual([5]);
      expect(log.head()).toMatchObject({ oldest: 1, newest: 5 });
    });

    // A driver that keeps whole days has tests of its own for what it forgets.
    describe.runIf(forgetsByFrames)("and, keeping so many frames,", () => {
      it("forgets from the old end, whole groups at a time, so that the oldest is always a keyframe", async () => {
        const log = await openLog(4);
        await appendAll(log, [key(0), delta(1), delta(2), key(3), delta(4)]);
        expect(log.head()).toMatchObject({ oldest: 4, newest: 5 });
        const [first] = await take(log.tail(1), 1);
        expect([first?.seq, first?.frame.kind]).toEqual([4, "key"]);
        expect(await log.keyframeBefore(2)).toBeUndefined();
      });
    });

    it("takes nothing after it was closed, and stays as it was", async () => {
      const log = await openLog();
      await log.append(key(0), "0");
      await log.close();
      await expect(log.append(delta(1), "1")).rejects.toThrow("closed");
      expect(log.head().newest).toBe(1);
    });
  });
}

const { topology } = twoRegions();

function snapshotAt(at: number): TrafficSnapshot {
  return snapshotOf(topology, (edge, c) => (edge + c) * at, at);
}

function key(at: number): Frame {
  return { kind: "key", snapshot: snapshotAt(at) };
}

function delta(at: number): Frame {
  return { kind: "delta", delta: diffSnapshots(snapshotAt(at - 1), snapshotAt(at)) };
}

async function appendAll(log: FeedLog, frames: readonly Frame[]): Promise<readonly number[]> {
  const seqs: number[] = [];
  for (const [i, frame] of frames.entries()) seqs.push(await log.append(frame, String(i)));
  return seqs;
}

async function take(frames: AsyncIterable<Stored>, count: number): Promise<readonly Stored[]> {
  const taken: Stored[] = [];
  for await (const { seq, frame } of frames) {
    taken.push({ seq, frame });
    if (taken.length === count) break;
  }
  return taken;
}
