import { describe, expect, it } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { createReplayPlayer } from "#players/replay-player.ts";
import { twoRegions } from "#testing/builders.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { createTestApp } from "#testing/test-app.ts";

import { texts } from "./texts.ts";

const start = Date.UTC(2026, 0, 6, 12);

/** Two minutes; from the 30th second on to the 40th all requests fail, from the 60th on there is a notice. */
function frameAt(i: number): TrafficSnapshot {
  const frame = twoRegions(start + i * 1000);
  if (i >= 30 && i < 40) frame.rates.forEach((_, slot) => (frame.rates[slot] = slot % 3 === 2 ? 900 : 0));
  if (i < 60) return frame;
  return { ...frame, notices: [{ target: { kind: "node", node: 1 }, title: "slow", severity: 1 }] };
}

function watching() {
  const recording = new MemoryRecording(
    Array.from({ length: 120 }, (_, i) => frameAt(i)),
    20,
  );
  const test = createTestApp(undefined, "", {
    recording,
    playing: (player, clock) => createReplayPlayer(player, { source: recording, clock }),
  });
  test.app.actions.watchTimeline(true);
  test.player.show(frameAt(119));
  const { store, actions } = test.app;
  return {
    ...test,
    actions,
    state: store.getState,
    secondShown: () => secondOf(store.getState().feed.current),
  };
}

function secondOf(frame: TrafficSnapshot | undefined): number {
  return ((frame?.at ?? NaN) - start) / 1000;
}

describe("jumping to where something happened", () => {
  it("goes to the one before, and to the next", () => {
    const { actions, secondShown, player } = watching();
    player.playback.pause();
    const jumps = ([-1, -1, 1] as const).map((direction) => {
      actions.jumpToMark(direction);
      return secondShown();
    });
    expect(jumps).toEqual([60, 30, 60]);
  });

  it("says when there is none", () => {
    const { actions, state, player } = watching();
    player.playback.pause();
    actions.seekReplay(start + 10_000);
    actions.jumpToMark(-1);
    expect(state().toasts.map(({ text }) => text)).toEqual([texts.replay.noMarkBefore]);
  });
});

describe("what a timeline draws", () => {
  it("is fetched once, and goes on with each live frame", () => {
    const { state, player } = watching();
    expect(state().replay.range).toEqual({ from: start, to: start + 119_000 });
    const before = state().replay.overview?.bins.length ?? 0;
    player.show(frameAt(120));
    player.show(frameAt(121));
    const { overview, range } = state().replay;
    expect(range?.to).toBe(start + 121_000);
    expect(overview?.bins.length).toBe(before + 2);
    expect(overview?.bins.at(-1)?.total).toBeCloseTo(overview?.bins.at(-3)?.total ?? NaN, 0);
  });

  it("has a gap where the server could not record, although the frames were shown", () => {
    const { state, player } = watching();
    const bins = () => state().replay.overview?.bins.length ?? 0;
    const before = bins();
    const source = { title: "Test", feed: "test", intervalMs: 1000, role: "viewer", problems: [] } as const;
    player.tell({ source: { ...source, unrecordedSince: start + 120_000 } });
    player.show(frameAt(120));
    player.show(frameAt(130));
    expect([bins(), state().replay.range?.to]).toEqual([before, start + 130_000]);
    // The frame with which it is well again has come, and is not shown yet.
    player.tell({ source, frames: [frameAt(130), frameAt(131), frameAt(132)] });
    player.tell({ current: frameAt(131) });
    expect(bins()).toBe(before);
    player.tell({ current: frameAt(132) });
    expect(bins()).toBe(before + 1);
  });

  it("goes back to the past from what is live, and forgets it there", () => {
    const { app, actions, state } = watching();
    actions.seekReplay(start + 50_000, { isPaused: true });
    expect(state().replay.progress).toMatchObject({ at: start + 50_000, isPaused: true });
    actions.goLive();
    expect(state().replay.progress).toBeUndefined();
    expect(app.commands.find(({ id }) => id === "replay-step-back")?.isAvailable?.(state())).toBe(true);
  });
});

describe("the last minutes of a node", () => {
  it("are there after a jump into the past: those that have come along with the moment", () => {
    const { app, actions } = watching();
    actions.seekReplay(start + 50_000, { isPaused: true });
    const { at } = app.seriesOf({ kind: "node", path: ["east"] });
    expect(at.at(-1)).toBe(start + 50_000);
    expect(at.length).toBeGreaterThan(5);
    expect(at.every((moment, i) => i === 0 || moment === 2000 + at[i - 1]!)).toBe(true);
  });
});

describe("a loop", () => {
  it("is made around the moment, and moved by its ends", () => {
    const { app, actions, state } = watching();
    actions.seekReplay(start + 50_000, { isPaused: true });
    const run = (name: string) => void app.commands.find(({ id }) => id === name)?.run(app);
    run("loop");
    expect(state().replay.progress?.loop).toEqual({ from: start + 35_000, to: start + 65_000 });
    run("loop-start");
    expect(state().replay.progress?.loop).toEqual({ from: start + 50_000, to: start + 65_000 });
    run("loop");
    expect(state().replay.progress?.loop).toBeUndefined();
    actions.seekReplay(start + 5_000);
    run("loop");
    expect(state().replay.progress?.loop).toEqual({ from: start, to: start + 20_000 });
  });
});
