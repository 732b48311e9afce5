import { beforeEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { dataTimeAt } from "#base/time-map.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { turns } from "#testing/turns.ts";
import { HandHeldWire, plainCodec } from "#testing/hand-held-wire.ts";
import { ManualClock } from "#testing/manual-clock.ts";

import { createLivePlayer, type LivePlayer } from "./live-player.ts";
import type { PlayerState } from "./player.ts";

const epoch0 = 1_700_000_000_000;
const base = twoRegions(0);
const frames = Array.from({ length: 99 }, (_, i) =>
  snapshotOf(base.topology, (edge) => edge + i, epoch0 + i * 1000),
);

let clock: ManualClock;
let server: HandHeldWire;
let player: LivePlayer;
let states: PlayerState[];
let stop: () => void;

function start(options: { token?: string; listener?: (state: PlayerState) => Promise<void> } = {}): void {
  clock = new ManualClock(epoch0 + 100);
  server = new HandHeldWire(frames);
  states = [];
  const { token, listener } = options;
  player = createLivePlayer({
    url: "http://host/",
    clock,
    random: () => 0.5,
    createWire: server.create,
    codec: plainCodec,
    ...(token === undefined ? {} : { token }),
  });
  stop = player.start(listener ?? ((state) => void states.push(state)));
}

const last = () => must(states.at(-1));
const shownSeq = () => (must(last().current).at - epoch0) / 1000 + 1;
const dataTime = () => dataTimeAt(last().timeMap, clock.now()) - epoch0;

/** Frames 1 to `count` at 1 Hz, the first as a snapshot. */
async function goLive(count = 1): Promise<void> {
  server.hello({ serverTime: clock.now() });
  server.source();
  server.snapshot(1);
  await turns();
  for (let seq = 2; seq <= count; seq += 1) {
    clock.advance(1000);
    server.delta(seq - 1, seq);
  }
}

beforeEach(() => start());

describe("a live player", () => {
  it("says with the very frame that the server cannot keep it, since when, and that it can again", async () => {
    await goLive(2);
    expect(last().source?.unrecordedSince).toBeUndefined();
    for (const seq of [3, 4]) {
      clock.advance(1000);
      server.delta(seq - 1, seq, { unrecorded: true });
      expect(last().source?.unrecordedSince).toBe(epoch0 + 2000);
    }
    // A snapshot says nothing of it.
    server.hello();
    server.snapshot(5);
    await turns();
    expect(last().source?.unrecordedSince).toBe(epoch0 + 2000);
    clock.advance(2000);
    server.delta(5, 6);
    expect(last().source?.unrecordedSince).toBeUndefined();
  });

  it("connects, says whom it listens to, and is live with the first frame", async () => {
    expect([last().phase, last().current]).toEqual([{ kind: "connecting" }, undefined]);
    await goLive();
    expect(last()).toMatchObject({
      generation: 0,
      phase: { kind: "live" },
      source: { feed: "demo", title: "Demo", intervalMs: 1000, role: "viewer", problems: [] },
    });
    expect(shownSeq()).toBe(1);
  });

  it("shows a frame when data time reaches it, not when it arrives", async () => {
    await goLive(3);
    const at = [dataTime(), shownSeq()];
    expect(at[0]).toBeCloseTo(1000, 3);
    expect([at[1], last().frames.length]).toEqual([2, 3]);
    clock.advance(999);
    expect(shownSeq()).toBe(2);
    clock.advance(2);
    expect(shownSeq()).toBe(3);
  });

  it("keeps the frames of the last 15 s", async () => {
    await goLive(60);
    const ats = last().frames.map(({ at }) => (at - epoch0) / 1000);
    expect([ats[0], ats.at(-1)]).toEqual([43, 59]);
  });

  it("tells the difference between the server's clock and this one", async () => {
    server.hello({ serverTime: clock.now() + 5000 });
    server.source();
    expect(last().clockOffsetMs).toBe(5000);
    server.say("heartbeat", { serverTime: clock.now() + 4000 });
    expect(last().clockOffsetMs).toBe(5000);
  });

  it("is stale after three intervals without a frame, and live again with the next", async () => {
    await goLive(2);
    clock.advance(2999);
    expect(last().phase).toEqual({ kind: "live" });
    clock.advance(1);
    expect(last().phase).toEqual({ kind: "stale", lastFrameAt: must(frames[1]).at });
    server.delta(2, 3);
    expect(last().phase).toEqual({ kind: "live" });
  });

  it("stays stale when the server only says why", async () => {
    await goLive(2);
    clock.advance(3000);
    server.source([{ kind: "dropped", place: "p", found: "The source failed", done: "d" }]);
    expect([last().phase.kind, last().source?.problems.length]).toEqual(["stale", 1]);
  });

  it("tells of frames that it will not see, the last 20", async () => {
    await goLive();
    for (let i = 0; i < 25; i += 1) server.say("gap", { from: i, to: i, why: "slow" });
    expect(last().gaps.map(({ fromSeq }) => fromSeq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 5));
  });

  it("waits for its listener and then gives it the newest", async () => {
    const seen: PlayerState[] = [];
    const waiting: (() => void)[] = [];
    start({
      listener: (state) => {
        seen.push(state);
        return new Promise((resolve) => void waiting.push(resolve));
      },
    });
    await goLive(5);
    expect(seen).toHaveLength(1);
    waiting.shift()?.();
    await turns();
    expect(seen.map(({ frames: kept }) => kept.length)).toEqual([0, 5]);
  });

  it("says nothing and waits for nothing after it was stopped", async () => {
    await goLive(2);
    const told = states.length;
    stop();
    server.delta(2, 3);
    server.lose();
    clock.advance(100_000);
    expect([states.length, server.take().slice(-1)]).toEqual([told, ["close"]]);
  });
});

describe("when the connection is lost", () => {
  it("says so, since when and why, and comes back ever more rarely", async () => {
    await goLive(2);
    server.take();
    const since = clock.now();
    for (const pauseMs of [500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
      server.lose("The server cannot be reached.");
      expect(last().phase).toEqual({ kind: "reconnecting", since, reason: "The server cannot be reached." });
      clock.advance(pauseMs - 1);
      expect(server.take()).toEqual([]);
      clock.advance(1);
      expect(server.take()).toEqual(["open"]);
    }
  });

  it("asks for what it missed and is live again without a new generation", async () => {
    await goLive(3);
    server.lose();
    clock.advance(30_000);
    server.take();
    server.hello();
    expect(server.take()).toEqual(['subscribe {"feed":"demo","epoch":"e1","seq":3}']);
    server.source();
    expect(last().phase).toEqual({ kind: "live" });
    for (let seq = 4; seq < 33; seq += 1) server.delta(seq - 1, seq);
    expect([last().generation, last().gaps, shownSeq()]).toEqual([0, [], 32]);
  });

  it("begins a new generation when the server has a new history", async () => {
    await goLive(9);
    server.lose();
    clock.advance(500);
    server.hello();
    server.source();
    server.say("reset", { epoch: "e2", why: "The server was restarted." });
    server.epoch = "e2";
    server.snapshot(2);
    await turns();
    expect([last().generation, last().frames.length, shownSeq()]).toEqual([1, 1, 2]);
  });

  it("comes back when the server asked it to", async () => {
    await goLive();
    server.take();
    server.say("goodbye", { why: "The server is stopping.", reconnectInMs: 2500 });
    server.lose("The server closed the connection.");
    expect(last().phase).toMatchObject({ kind: "reconnecting", reason: "The server is stopping." });
    clock.advance(2499);
    expect(server.take()).toEqual([]);
    clock.advance(1);
    expect(server.take()).toEqual(["open"]);
  });

  it("begins anew when it cannot read what it is sent", async () => {
    await goLive();
    server.take();
    server.say("delta", { nonsense: true });
    expect(last().phase).toMatchObject({ kind: "reconnecting" });
    expect(server.take()).toEqual(["close"]);
    clock.advance(500);
    server.hello();
    expect(server.take()).toEqual(["open", 'subscribe {"feed":"demo"}']);
  });
});

describe("a refused player", () => {
  it("says why and does not try again by itself", () => {
    server.refuse({ cause: "token", message: "This server asks for a token." });
    expect(last().phase).toEqual({
      kind: "refused",
      cause: "token",
      message: "This server asks for a token.",
    });
    clock.advance(100_000);
    expect(server.take()).toEqual(["open", "close"]);
  });

  it("tries again with the token that it is given, and keeps it", async () => {
    server.refuse({ cause: "token", message: "" });
    server.take();
    player.authorize("secret");
    expect(last().phase).toEqual({ kind: "connecting" });
    await goLive();
    server.lose();
    clock.advance(500);
    expect(server.take().filter((line) => line.startsWith("open"))).toEqual(["open secret", "open secret"]);
    expect(states.some(({ phase }) => phase.kind === "live")).toBe(true);
  });

  it("is told when the server speaks another version", () => {
    server.hello({ protocol: 3 });
    expect(last().phase).toMatchObject({ kind: "refused", cause: "version" });
  });
});

describe("playback of a live feed", () => {
  it("stands still while paused, whatever arrives, and goes on answering", async () => {
    await goLive(5);
    player.playback.pause();
    const frozen = last();
    expect([frozen.phase, frozen.timeMap.speed, player.playback.isPaused]).toEqual([
      { kind: "paused" },
      0,
      true,
    ]);
    const at = dataTime();
    server.take();
    for (let seq = 6; seq < 40; seq += 1) {
      clock.advance(1000);
      server.delta(seq - 1, seq);
    }
    expect([dataTime(), last().current, last().frames]).toEqual([at, frozen.current, frozen.frames]);
    expect(server.take().at(-1)).toBe("ack 39");
  });

  it("goes to what is live when it is resumed, as a new generation", async () => {
    await goLive(5);
    player.playback.pause();
    for (let seq = 6; seq < 40; seq += 1) {
      clock.advance(1000);
      server.delta(seq - 1, seq);
    }
    player.playback.resume();
    expect([last().generation, last().phase, player.playback.isPaused]).toEqual([1, { kind: "live" }, false]);
    expect(dataTime()).toBeCloseTo(37_000, 3);
    expect(shownSeq()).toBe(38);
  });

  it("stays paused when the connection is lost, and says how it is when resumed", async () => {
    await goLive(5);
    player.playback.pause();
    server.lose();
    expect(last().phase).toEqual({ kind: "paused" });
    player.playback.resume();
    expect(last().phase).toMatchObject({ kind: "reconnecting" });
  });

  it("that was paused before the first frame shows it and stands still there", async () => {
    player.playback.pause();
    await goLive(3);
    expect([last().phase, shownSeq()]).toEqual([{ kind: "paused" }, 1]);
  });
});
