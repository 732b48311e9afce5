import { describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";
import { createTopology } from "#domain/topology.ts";
import { buildSnapshot, snapshotOf, twoRegions } from "#testing/builders.ts";
import { HandFedSource } from "#testing/hand-fed-source.ts";
import { turns } from "#testing/turns.ts";
import { ManualClock } from "#testing/manual-clock.ts";

import type { Frame } from "#protocol/recording/recorded-frame.ts";
import { framesPerGroup, type FeedLog } from "../log/feed-log.ts";
import { MemoryLog } from "../log/memory-log.ts";
import { Feed, type FeedHead, type FeedWatch } from "./feed.ts";

class FailingLog extends MemoryLog {
  isBroken = false;

  override async append(frame: Frame, id: string): Promise<number> {
    if (this.isBroken) throw new Error("disk full");
    return super.append(frame, id);
  }
}

function start(log: FeedLog = new MemoryLog({ epoch: "e1", greatestFrames: 1000, greatestBytes: 1e9 })) {
  const source = new HandFedSource();
  const clock = new ManualClock();
  const told: string[] = [];
  const watch: FeedWatch = {
    onFrame: () => {},
    onLateFrame: () => told.push("late"),
    onSourceFailure: (error, pauseMs) => told.push(`${String(error)} ${pauseMs <= 1250}`),
    onUnrecorded: (error) => told.push(String(error)),
  };
  const feed = new Feed({ id: "f", source, log, clock, random: mulberry32(1), lingerMs: 5000, watch });
  const heads: FeedHead[] = [];
  feed.frames.on((head) => heads.push(head));
  const stop = new AbortController();
  const stopped = feed.run(stop.signal);
  return { feed, source, clock, log, heads, told, stop, stopped };
}

const base = twoRegions(0);
const frameAt = (at: number) => snapshotOf(base.topology, (edge) => edge * at, at);

describe("a feed", () => {
  it("numbers frames, tells what changed, and stores a keyframe first", async () => {
    const { source, heads, log } = start();
    await source.emit(frameAt(1));
    await source.emit(frameAt(2));
    expect(heads.map(({ seq, isRecorded }) => [seq, isRecorded])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(heads[1]?.delta?.at).toBe(2);
    expect(log.head()).toMatchObject({ oldest: 1, newest: 2 });
  });

  it("begins a new group after so many frames", async () => {
    const { source, log } = start();
    for (let at = 0; at <= framesPerGroup; at += 1) await source.emit(frameAt(at));
    expect((await log.keyframeBefore(Infinity))?.seq).toBe(framesPerGroup + 1);
  });

  it("begins a new group sooner when its deltas are large", async () => {
    const { source, log } = start();
    const edges = Array.from({ length: 100_000 }, (_, i) => ({
      source: 1 + (i % 400),
      target: 1 + Math.floor(i / 400),
    }));
    const nodes = Array.from({ length: 401 }, (_, i) => ({ name: String(i), parent: i === 0 ? -1 : 0 }));
    const classes = Array.from({ length: 16 }, (_, i) => ({ name: String(i), severity: "normal" as const }));
    const topology = createTopology({ revision: 1, classes, nodes, edges });
    for (let at = 1; at < 6; at += 1) await source.emit(snapshotOf(topology, () => at, at));
    expect((await log.keyframeBefore(Infinity))?.seq).toBe(5);
  });

  it("leaves out what is not newer", async () => {
    const { source, heads, told } = start();
    await source.emit(frameAt(2));
    await source.emit(frameAt(2));
    await source.emit(frameAt(1));
    expect([heads.length, told]).toEqual([1, ["late", "late"]]);
  });

  it("lets what fell silent linger", async () => {
    const { source, heads } = start();
    const edges = { "a > b": [1, 0, 0], "a > c": [2, 0, 0] };
    await source.emit(buildSnapshot({ children: { a: {}, b: {}, c: {} }, edges }, 0));
    await source.emit(buildSnapshot({ children: { a: {}, b: {} }, edges: { "a > b": [1, 0, 0] } }, 1000));
    expect(heads[1]?.snapshot.topology.edges).toHaveLength(2);
    expect(heads[1]?.delta?.patch).toBeUndefined();
  });

  it("goes on when the log fails, with the numbers that the frames would have had, and the hole shows in the log", async () => {
    const log = new FailingLog({ epoch: "e", greatestFrames: 100, greatestBytes: 1e9 });
    const { source, heads, told } = start(log);
    await source.emit(frameAt(1));
    log.isBroken = true;
    await source.emit(frameAt(2));
    await source.emit(frameAt(3));
    log.isBroken = false;
    await source.emit(frameAt(4));
    expect(heads.map(({ seq, isRecorded }) => [seq, isRecorded])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, true],
    ]);
    expect(told).toEqual(["Error: disk full", "Error: disk full"]);
    expect(await log.keyframeBefore(Infinity)).toMatchObject({ seq: 4, frame: { kind: "key", lost: 2 } });
  });

  it("runs a source again that failed, and says so until it emits", async () => {
    const { source, clock, feed, told } = start();
    await source.finish(new Error("connection refused"));
    expect(told).toEqual(["Error: connection refused true"]);
    expect(feed.problems[0]?.found).toBe("The source failed: connection refused");
    clock.advance(1250);
    await turns();
    expect(source.runs).toBe(2);
    await source.emit(frameAt(1));
    expect(feed.problems).toEqual([]);
  });

  it("does not run a source again that has nothing more to say", async () => {
    const { source, stopped } = start();
    await source.finish();
    await stopped;
    expect(source.runs).toBe(1);
  });

  it("stops with its source", async () => {
    const { stop, stopped, source, heads } = start();
    stop.abort();
    await stopped;
    await source.emit(frameAt(1));
    expect(heads).toEqual([]);
  });
});
