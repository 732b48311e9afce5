import { describe, expect, it } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { createReplayPlayer } from "#players/replay-player.ts";
import { changeMarks } from "#scene/scene.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { createTestApp } from "#testing/test-app.ts";

import { texts } from "./texts.ts";

const start = Date.UTC(2026, 0, 6, 12);

/** From the 60th second on "cart" carries ten times as much, "old" is gone and "fresh" has come. */
function frameAt(second: number): TrafficSnapshot {
  const isLate = second >= 60;
  const other = isLate ? "fresh" : "old";
  return buildSnapshot(
    {
      view: "flow",
      children: { users: { isEntry: true }, cart: {}, [other]: {} },
      edges: { "users > cart": [isLate ? 1_000 : 100, 0, 0], [`users > ${other}`]: [50, 0, 0] },
    },
    start + second * 1000,
    isLate ? 2 : 1,
  );
}

function watching(search = "") {
  const recording = new MemoryRecording(
    Array.from({ length: 120 }, (_, i) => frameAt(i)),
    20,
  );
  const test = createTestApp(undefined, search, {
    recording,
    playing: (player, clock) => createReplayPlayer(player, { source: recording, clock }),
  });
  test.player.show(frameAt(119));
  const { store, actions } = test.app;
  const comparison = () => store.getState().compare.comparison;
  const shown = () => {
    const now = comparison();
    return now?.kind === "shown" ? now : undefined;
  };
  return { ...test, actions, state: store.getState, comparison, shown };
}

describe("comparing the moment on screen with another", () => {
  it("fetches the other from the recording, and says what differs", () => {
    const { actions, shown } = watching();
    actions.compareWithMoment(start + 30_400);
    expect(shown()?.before.at).toBe(start + 30_000);
    expect(shown()?.counts).toEqual({ new: 2, gone: 2, hotter: 3, colder: 0, same: 0 });
  });

  it("compares with a moment so long before", () => {
    const { actions, shown } = watching();
    actions.compareWithBefore(100_000);
    expect(shown()?.before.at).toBe(start + 19_000);
  });

  it("goes on with every new frame", () => {
    const { actions, shown, player } = watching();
    actions.compareWithMoment(start + 90_000);
    expect(shown()?.counts.hotter).toBe(0);
    player.show(frameAt(20));
    expect(shown()?.after.at).toBe(start + 20_000);
    expect(shown()?.counts).toMatchObject({ new: 2, gone: 2, colder: 3 });
  });

  it("needs no recording for a moment that was marked on screen", () => {
    const test = createTestApp(frameAt(10));
    test.app.actions.markMoment();
    test.player.show(frameAt(70));
    test.app.actions.compareWithMarked();
    const { comparison } = test.app.store.getState().compare;
    expect(comparison?.kind === "shown" && comparison.before.at).toBe(start + 10_000);
  });

  it("explains itself where nothing was recorded", () => {
    const { actions, comparison } = watching();
    actions.compareWithMoment(start - 60_000);
    expect(comparison()).toEqual({
      kind: "failed",
      at: start - 60_000,
      message: "Nothing was recorded at this moment, nor before it.",
    });
    const bare = createTestApp(twoRegions(start));
    bare.app.actions.compareWithMoment(start);
    expect(bare.app.store.getState().compare.comparison).toMatchObject({
      kind: "failed",
      message: texts.compare.noRecording,
    });
  });

  it("stands in the address, and comes back from it", () => {
    const { actions, address, clock } = watching();
    actions.compareWithMoment(start + 30_000);
    clock.advance(1_000);
    expect(address.search).toContain("compare=2026-01-06T12%3A00%3A30");
    expect(watching(address.search).shown()?.before.at).toBe(start + 30_000);
  });

  it("says when the address names no moment", () => {
    const { state } = watching("?compare=yesterday");
    expect(state().toasts.map(({ text }) => text)).toEqual([texts.compare.unreadable]);
  });

  it("ends with Escape, after the selection", () => {
    const { actions, state, comparison } = watching();
    actions.compareWithMoment(start + 30_000);
    actions.select({ kind: "node", path: ["cart"] });
    actions.up();
    expect([state().view.selection, comparison()?.kind]).toEqual([undefined, "shown"]);
    actions.up();
    expect(comparison()).toBeUndefined();
  });

  it("marks in the picture what is new and what is hotter, and what is gone too", () => {
    const { actions, state } = watching();
    expect(state().scene?.values.changes).toBeUndefined();
    actions.compareWithMoment(start + 30_000);
    const { structure, values } = state().scene ?? {};
    const marks = Object.fromEntries(
      structure?.nodes.label.map((label, i) => [label, values?.changes?.nodes[i]]) ?? [],
    );
    expect(marks).toEqual({
      users: changeMarks.hotter,
      cart: changeMarks.hotter,
      fresh: changeMarks.new,
      old: changeMarks.gone,
    });
    expect([...(values?.changes?.edges ?? [])]).toEqual([
      changeMarks.hotter,
      changeMarks.new,
      changeMarks.gone,
    ]);
    expect(values?.nodeVolume[3]).toBe(0);
    actions.stopComparing();
    expect(state().scene?.values.changes).toBeUndefined();
    expect(state().scene?.structure.nodes.label).toEqual(["users", "cart", "fresh"]);
  });

  it("leaves everything where it stands, and what is measured as it is", () => {
    const { actions, state } = watching();
    const placesOf = () =>
      Object.fromEntries(
        state().scene?.structure.nodes.label.map((label, i) => [
          label,
          state().scene?.structure.nodes.x[i],
        ]) ?? [],
      );
    const before = placesOf();
    const { current } = state().feed;
    actions.compareWithMoment(start + 30_000);
    expect(placesOf()).toMatchObject(before);
    expect(placesOf()).toHaveProperty("old");
    expect(state().feed.current).toBe(current);
    actions.stopComparing();
    expect(placesOf()).toEqual(before);
  });

  it("leads into a region that is gone, and out of it when the comparison ends", () => {
    const region = { children: { api: {}, db: {} }, edges: { "api > db": [5, 0, 0] } };
    const frame = (names: readonly string[], at: number) =>
      buildSnapshot({ children: Object.fromEntries(names.map((name) => [name, region])) }, at, names.length);
    const test = createTestApp(frame(["east", "west"], start));
    const { actions, store } = test.app;
    actions.markMoment();
    test.player.show(frame(["east"], start + 60_000));
    actions.enter(["west"]);
    expect(store.getState().view.focus).toEqual([]);
    actions.compareWithMarked();
    actions.enter(["west"]);
    expect(store.getState().view.focus).toEqual(["west"]);
    expect(store.getState().scene?.structure.nodes.label).toEqual(["api", "db"]);
    actions.stopComparing();
    expect(store.getState().view.focus).toEqual([]);
  });

  it("opens a link into a region that is gone", () => {
    const region = { children: { api: {} } };
    const frame = (isLate: boolean, at: number) =>
      buildSnapshot(
        { children: isLate ? { east: region } : { east: region, west: region } },
        at,
        isLate ? 2 : 1,
      );
    const recording = new MemoryRecording([frame(false, start), frame(true, start + 60_000)], 1);
    const test = createTestApp(undefined, "?in=west&compare=2026-01-06T12:00:00Z", {
      recording,
      playing: (player, clock) => createReplayPlayer(player, { source: recording, clock }),
    });
    test.player.show(frame(true, start + 60_000));
    expect(test.app.store.getState().compare.comparison?.kind).toBe("shown");
    expect(test.app.store.getState().view.focus).toEqual(["west"]);
  });
});
