import { describe, expect, it } from "vitest";

import { createReplayPlayer } from "#players/replay-player.ts";
import { twoRegions } from "#testing/builders.ts";
import { MemoryBookmarks } from "#testing/memory-bookmarks.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { createTestApp } from "#testing/test-app.ts";
import { turns } from "#testing/turns.ts";

import { texts } from "./texts.ts";

const start = Date.UTC(2026, 0, 6, 12);
const frameAt = (i: number) => twoRegions(start + i * 1000);

/** A feed of two minutes, all recorded, whose last frame is shown. */
async function watching(bookmarks = new MemoryBookmarks(), role: "viewer" | "operator" = "operator") {
  const recording = new MemoryRecording(
    Array.from({ length: 120 }, (_, i) => frameAt(i)),
    20,
  );
  const test = createTestApp(undefined, "", {
    recording,
    bookmarks,
    playing: (player, clock) => createReplayPlayer(player, { source: recording, clock }),
  });
  const source = { title: "Test", feed: "test", intervalMs: 1000, role, problems: [] };
  test.app.actions.watchTimeline(true);
  test.player.tell({ source });
  test.player.show(frameAt(119));
  await turns();
  const { store, actions, commands } = test.app;
  return {
    ...test,
    bookmarks,
    actions,
    state: store.getState,
    shown: () => store.getState().replay.bookmarks.map(({ at, note }) => [(at - start) / 1000, note]),
    run: (name: string) => void commands.find(({ id }) => id === name)?.run(test.app),
    toasts: () => store.getState().toasts.map(({ text }) => text),
    source,
  };
}

describe("a bookmark", () => {
  it("is set at the moment that was shown when the key was pressed, with the note", async () => {
    const { actions, run, state, shown, bookmarks, toasts } = await watching();
    actions.seekReplay(start + 50_000, { isPaused: true });
    run("bookmark");
    expect(state().screen.dialog).toBe("bookmark");
    actions.seekReplay(start + 60_000, { isPaused: true });
    expect(await actions.addBookmark("  deploy began ")).toBeUndefined();
    expect(shown()).toEqual([[50, "deploy began"]]);
    expect(bookmarks.bookmarks.map(({ at }) => at)).toEqual([start + 50_000]);
    expect(toasts()).toEqual([texts.bookmarks.added]);
  });

  it("is refused before anything is typed where the viewer may not set one", async () => {
    const { run, state } = await watching(new MemoryBookmarks(), "viewer");
    run("bookmark");
    expect(state().screen.dialog).toBeUndefined();
    expect(state().toasts).toMatchObject([
      { kind: "warning", text: texts.bookmarks.mayNot, tip: texts.bookmarks.mayNotTip },
    ]);
  });

  it("that cannot be kept says why, and is not shown", async () => {
    const { run, actions, shown, bookmarks } = await watching();
    run("bookmark");
    bookmarks.fault = "The disk is full.";
    expect(await actions.addBookmark("")).toBe("The disk is full.");
    expect(shown()).toEqual([]);
  });

  it("can be removed; what cannot be removed stays, and says why", async () => {
    const { actions, shown, bookmarks, toasts } = await watching(
      new MemoryBookmarks([
        { id: "a", at: start + 10_000, note: "one" },
        { id: "b", at: start + 20_000, note: "two" },
      ]),
    );
    await actions.removeBookmark("a");
    expect(shown()).toEqual([[20, "two"]]);
    bookmarks.fault = "It is gone.";
    await actions.removeBookmark("b");
    expect(shown()).toEqual([[20, "two"]]);
    expect(toasts()).toEqual(["It is gone."]);
  });

  it("that others set is seen a while later, as long as somebody looks", async () => {
    const { bookmarks, clock, shown, actions } = await watching();
    bookmarks.bookmarks = [{ id: "c", at: start + 30_000, note: "of another" }];
    clock.advance(15_000);
    await turns();
    expect(shown()).toEqual([[30, "of another"]]);
    actions.setHidden(true);
    clock.advance(15_000);
    await turns();
    const { asked } = bookmarks;
    clock.advance(60_000);
    await turns();
    expect(bookmarks.asked).toBe(asked);
    actions.setHidden(false);
    await turns();
    expect(bookmarks.asked).toBe(asked + 1);
  });

  it("is not lost to an older answer that comes later", async () => {
    const { actions, bookmarks, run, shown, clock } = await watching();
    let answer: () => void = () => undefined;
    const { list } = bookmarks;
    const late = new MemoryBookmarks();
    Object.assign(bookmarks, {
      list: () => new Promise((resolve) => (answer = () => resolve(late.list("test")))),
    });
    clock.advance(15_000);
    run("bookmark");
    await actions.addBookmark("mine");
    answer();
    await turns();
    expect(shown().map(([, note]) => note)).toEqual(["mine"]);
    Object.assign(bookmarks, { list });
  });

  it("is a place to jump to, and one of those of another feed is forgotten", async () => {
    const { actions, state, player, source, shown, bookmarks } = await watching(
      new MemoryBookmarks([{ id: "a", at: start + 40_000, note: "here" }]),
    );
    actions.seekReplay(start + 100_000, { isPaused: true });
    actions.jumpToMark(-1);
    expect(state().feed.current?.at).toBe(start + 40_000);
    bookmarks.bookmarks = [];
    player.tell({ source: { ...source, feed: "other" } });
    await turns();
    expect(shown()).toEqual([]);
  });

  it("of a stretch is played again and again, one of a moment is gone to", async () => {
    const { actions, state } = await watching();
    actions.goToBookmark({ at: start + 10_000, to: start + 20_000 });
    expect(state().replay.progress?.loop).toEqual({ from: start + 10_000, to: start + 20_000 });
    actions.goToBookmark({ at: start + 70_000 });
    expect(state().feed.current?.at).toBe(start + 70_000);
  });
});
