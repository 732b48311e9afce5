import { describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";
import { FakePlayer } from "#testing/fake-player.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";

import type { PlayerState } from "./player.ts";
import { createReplayPlayer } from "./replay-player.ts";

const start = 1_000_000;
const frameAt = (i: number) => twoRegions(start + i * 1000);

/** A live feed that has shown a minute, all of it recorded. */
function watching(seen = 60) {
  const live = new FakePlayer();
  const source = new MemoryRecording(
    Array.from({ length: 60 }, (_, i) => frameAt(i)),
    10,
  );
  const player = createReplayPlayer(live, { source, clock: new ManualClock() });
  const states: PlayerState[] = [];
  player.start((state) => void states.push(state));
  for (let i = 57; i < seen; i += 1) live.show(frameAt(i));
  return { live, player, states, last: () => states.at(-1)! };
}

describe("a player with a past", () => {
  it("passes on what is live, untouched, until somebody goes back", () => {
    const { live, last } = watching();
    expect(last().phase.kind).toBe("live");
    expect(last().current?.at).toBe(start + 59_000);
    live.tell({ phase: { kind: "stale", lastFrameAt: start } });
    expect(last().phase.kind).toBe("stale");
  });

  it("shows a moment, and then what is live again, each as another generation", () => {
    const { player, states, last } = watching();
    player.replay.seek(start + 30_000, { isPaused: true });
    expect(last().phase.kind).toBe("replay");
    expect(last().current?.at).toBe(start + 30_000);
    player.replay.goLive();
    expect(last().phase.kind).toBe("live");
    expect(last().current?.at).toBe(start + 59_000);
    const generations = states.map(({ generation }) => generation);
    expect(generations).toEqual(generations.toSorted((a, b) => a - b));
    const shown = states.map(({ generation, current }) => [generation, current?.at] as const);
    const replayed = shown.find(([, at]) => at === start + 30_000)?.[0];
    expect(shown.filter(([generation, at]) => generation === replayed && at !== start + 30_000)).toEqual([]);
  });

  it("keeps the line while the past is shown, and comes back to the newest frame", () => {
    const { live, player, last } = watching();
    player.replay.seek(start + 10_000, { isPaused: true });
    live.show(frameAt(60));
    live.show(frameAt(61));
    expect(last().current?.at).toBe(start + 10_000);
    player.replay.goLive();
    expect(last().current?.at).toBe(start + 61_000);
  });

  it("stays paused when a paused feed goes back, and lets the feed itself go on", () => {
    const { live, player } = watching();
    player.playback?.pause();
    player.replay.scrub(start + 10_000);
    expect(live.playback.isPaused).toBe(false);
    expect(player.playback?.isPaused).toBe(true);
    player.playback?.resume();
    expect(player.playback?.isPaused).toBe(false);
  });

  it("steps back from what is live, and has nothing to step to after it", () => {
    const { player, last } = watching();
    player.replay.step(1);
    expect(last().phase.kind).toBe("live");
    player.replay.step(-1);
    expect(last().current?.at).toBe(start + 58_000);
    expect(player.playback?.isPaused).toBe(true);
  });

  it("goes to a moment that was asked for before the feed was known, and shows nothing else first", () => {
    const live = new FakePlayer();
    const source = new MemoryRecording(Array.from({ length: 60 }, (_, i) => frameAt(i)));
    const player = createReplayPlayer(live, { source, clock: new ManualClock() });
    player.replay.seek(start + 20_000, { isPaused: true, speed: 4 });
    const states: PlayerState[] = [];
    player.start((state) => void states.push(state));
    live.show(frameAt(59));
    const shown = states.flatMap(({ current }) => (current === undefined ? [] : [current.at]));
    expect(new Set(shown)).toEqual(new Set([start + 20_000]));
    expect(states.at(-1)?.phase).toMatchObject({ kind: "replay", replay: { speed: 4, isPaused: true } });
  });

  it("goes anywhere in a recording that the source itself plays, and stands still at its end", () => {
    const live = new FakePlayer();
    const clock = new ManualClock();
    const source = new MemoryRecording(
      Array.from({ length: 60 }, (_, i) => frameAt(i)),
      10,
    );
    const player = createReplayPlayer(live, { source, clock });
    const states: PlayerState[] = [];
    player.start((state) => void states.push(state));
    const info = { title: "A minute", feed: "test", intervalMs: 1000, role: "viewer", problems: [] } as const;
    live.tell({ source: { ...info, past: { from: start, to: start + 59_000 } } });
    live.show(frameAt(3));
    player.replay.seek(start + 50_000);
    expect(states.at(-1)?.current?.at).toBe(start + 50_000);
    for (let i = 0; i < 20; i += 1) clock.advance(1000);
    expect(states.at(-1)?.current?.at).toBe(start + 59_000);
    expect(states.at(-1)?.phase).toMatchObject({ kind: "replay", replay: { isPaused: true } });
    player.replay.goLive();
    expect(states.at(-1)?.current?.at).toBe(start + 3_000);
  });

  it("says when a person has to act, whatever is shown", () => {
    const { live, player, last } = watching();
    player.replay.seek(start + 10_000, { isPaused: true });
    live.tell({ phase: { kind: "refused", cause: "token", message: "A token is needed." } });
    expect(last().phase.kind).toBe("refused");
  });
});
