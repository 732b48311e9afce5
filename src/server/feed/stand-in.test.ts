import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { mulberry32 } from "#base/random.ts";
import type { DrillInfo } from "#domain/drill-info.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology } from "#domain/topology.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { HandFedSource } from "#testing/hand-fed-source.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { turns } from "#testing/turns.ts";

import { frameAt } from "../frames/frame-at.ts";
import { MemoryLog } from "../log/memory-log.ts";
import { Feed, type FeedHead } from "./feed.ts";

const base = twoRegions(0).topology;
/** What a drill adds: a stream from west to east. */
const wider = createTopology({
  ...base,
  edges: [...base.edges, { source: must(base.edges[2]).target, target: must(base.edges[2]).source }],
});
const mark = (elapsedMs: number): DrillInfo => ({
  drill: "d",
  victim: "west",
  saviours: ["east"],
  stage: "dns",
  elapsedMs,
});
const said = (at: number) => snapshotOf(base, (edge) => edge + at, at);
const simulated = (at: number, topology = wider): TrafficSnapshot =>
  createSnapshot({ ...snapshotOf(topology, (edge) => 100 + edge, at), simulated: mark(at) });

const stops: AbortController[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
});

async function start() {
  const source = new HandFedSource();
  const log = new MemoryLog({ epoch: "e", greatestFrames: 100, greatestBytes: 1e9 });
  const late: string[] = [];
  const watch = {
    onFrame: () => {},
    onLateFrame: () => void late.push("late"),
    onSourceFailure: () => {},
    onUnrecorded: () => {},
  };
  const feed = new Feed({
    id: "f",
    source,
    log,
    clock: new ManualClock(),
    random: mulberry32(1),
    lingerMs: 300_000,
    watch,
  });
  const heads: FeedHead[] = [];
  feed.frames.on((head) => heads.push(head));
  const stop = new AbortController();
  stops.push(stop);
  void feed.run(stop.signal);
  await source.emit(said(1000));
  const shown = () => heads.map(({ snapshot }) => [snapshot.at, snapshot.simulated?.elapsedMs]);
  return { feed, source, log, late, heads, shown };
}

describe("a stand-in", () => {
  it("is shown in place of the source, which is back at once when it ends", async () => {
    const { feed, source, shown, late } = await start();
    const standIn = feed.standIn();
    standIn.emit(simulated(1500));
    await turns();
    await source.emit(said(2000));
    standIn.emit(simulated(2500));
    await turns();
    standIn.end();
    await turns();
    await source.emit(said(3000));
    expect(shown()).toEqual([
      [1000, undefined],
      [1500, 1500],
      [2500, 2500],
      [2501, undefined],
      [3000, undefined],
    ]);
    expect(feed.head?.snapshot.rates[0]).toBe(3000);
    expect(late).toEqual([]);
  });

  it("gives way to what the source said last even while its own frame is being stored", async () => {
    const { feed, shown } = await start();
    const standIn = feed.standIn();
    standIn.emit(simulated(1500));
    standIn.end();
    await turns();
    expect(shown().at(-1)).toEqual([1501, undefined]);
    standIn.emit(simulated(9000));
    standIn.end();
    await turns();
    expect(shown().at(-1)).toEqual([1501, undefined]);
  });

  it("leaves nothing behind: an edge that only it had is gone at once, and every change has a revision of its own", async () => {
    const { feed, source, heads } = await start();
    const standIn = feed.standIn();
    for (const at of [1500, 1600]) {
      standIn.emit(simulated(at));
      await turns();
    }
    standIn.end();
    await turns();
    await source.emit(said(2000));
    const topologies = heads.map(({ snapshot }) => snapshot.topology);
    expect(topologies.map(({ edges, revision }) => [edges.length, revision])).toEqual([
      [9, 1],
      [10, 2],
      [10, 2],
      [9, 3],
      [9, 3],
    ]);
    expect([topologies[1] === topologies[2], topologies[3] === topologies[4]]).toEqual([true, true]);
  });

  it("with the source's own nodes and edges changes no revision", async () => {
    const { feed, heads } = await start();
    const standIn = feed.standIn();
    standIn.emit(simulated(1500, must(feed.head).snapshot.topology));
    await turns();
    standIn.end();
    await turns();
    expect(heads.map(({ snapshot }) => snapshot.topology)).toEqual(Array(3).fill(base));
  });

  it("stands in the log as what it is, and viewers who missed it all are told that it is over", async () => {
    const { feed, log } = await start();
    const standIn = feed.standIn();
    standIn.emit(simulated(1500, base));
    await turns();
    expect(feed.changesSince(1)?.simulated).toEqual(mark(1500));
    standIn.end();
    await turns();
    expect(feed.changesSince(2)?.simulated).toBe("measured");
    expect((await frameAt(log, 1500))?.simulated).toEqual(mark(1500));
    expect((await frameAt(log, 1501))?.simulated).toBeUndefined();
  });
});
