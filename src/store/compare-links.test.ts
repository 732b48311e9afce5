import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { ClipNews, ClipService } from "#players/clip/clip-service.ts";
import { createFilePlayer } from "#players/file-player.ts";
import { createReplayPlayer } from "#players/replay-player.ts";
import { twoRegions } from "#testing/builders.ts";
import { testHeader } from "#testing/clips.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { noCutter } from "#testing/no-clips.ts";
import { fileOf } from "#testing/open-clip.ts";
import { createTestApp } from "#testing/test-app.ts";

import type { Ports } from "./app.ts";
import { texts } from "./texts.ts";

const start = Date.UTC(2026, 0, 6, 12);
const frames = Array.from({ length: 120 }, (_, i) => twoRegions(start + i * 1000));

const silentPorts: Ports = {
  focusFind: () => undefined,
  focusFilter: () => undefined,
  capturePicture: () => Promise.resolve(undefined),
  download: () => undefined,
  chooseFiles: () => Promise.resolve([]),
  copyText: () => Promise.resolve(),
  toggleFullscreen: () => undefined,
  address: () => "",
};

/** An app that a test may tell to show the past, or a file. */
function watching(search = "") {
  const recording = new MemoryRecording(frames, 20);
  const listeners: ((news: ClipNews) => void)[] = [];
  const clips: ClipService = {
    open: (_files, listener) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  const steps: string[] = [search];
  let at = 0;
  let travelled = (): void => undefined;
  const copied: string[] = [];
  const test = createTestApp(undefined, search, {
    recording,
    clips,
    playing: (player, clock) =>
      createFilePlayer(createReplayPlayer(player, { source: recording, clock }), { recording, clock }),
    address: {
      read: () => must(steps[at]),
      write: (next, push) => {
        if (push) at += 1;
        steps.splice(at, push ? Infinity : 1, next);
      },
      onTravel: (listener) => {
        travelled = listener;
        return () => undefined;
      },
    },
  });
  test.player.show(must(frames.at(-1)));
  test.app.actions.lendPorts({
    ...silentPorts,
    address: () => "https://spillway.test/",
    copyText: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
  });
  const { store, actions } = test.app;
  return {
    ...test,
    actions,
    copied,
    steps,
    state: store.getState,
    compared: () => {
      const { comparison } = store.getState().compare;
      return comparison?.kind === "shown" ? comparison.before.at - start : comparison?.kind;
    },
    go: (by: number) => {
      at += by;
      travelled();
    },
    open: (name: string) => {
      actions.openClip([fileOf(name, "x")]);
      must(listeners.at(-1))({
        kind: "opened",
        file: {
          name,
          header: testHeader,
          range: { from: start, to: start + 119_000 },
          source: recording,
          cutter: noCutter,
          oddities: [],
        },
      });
    },
  };
}

describe("back and forward", () => {
  it("lead out of a comparison, and into it again", () => {
    const { actions, compared, go, steps } = watching();
    actions.compareWithMoment(start + 30_000);
    expect(steps).toEqual(["", "?compare=2026-01-06T12%3A00%3A30Z"]);
    go(-1);
    expect(compared()).toBeUndefined();
    go(1);
    expect(compared()).toBe(30_000);
  });

  it("lead to a moment that was marked, also where nothing is recorded", () => {
    const { actions, compared, go, player } = watching();
    player.show(twoRegions(start - 60_000));
    actions.markMoment();
    player.show(must(frames.at(-1)));
    actions.compareWithMarked();
    actions.stopComparing();
    go(-1);
    expect(compared()).toBe(-60_000);
  });
});

describe("a link to a comparison", () => {
  it("names both moments though the page shows what is live", async () => {
    const { actions, copied, state } = watching();
    actions.compareWithMoment(start + 30_000);
    await actions.copyLink();
    const query = new URL(must(copied[0])).searchParams;
    expect(query.get("time")).toBe("2026-01-06T12:01:59Z");
    expect(query.get("paused")).toBe("1");
    expect(query.get("compare")).toBe("2026-01-06T12:00:30Z");
    expect(state().replay.progress).toBeUndefined();
  });

  it("shows the same two to others", () => {
    const { compared, state } = watching("?time=2026-01-06T12:01:00Z&paused=1&compare=2026-01-06T12:00:30Z");
    expect(state().feed.current?.at).toBe(start + 60_000);
    expect(compared()).toBe(30_000);
  });

  it("waits for the file that it is of", () => {
    const { open, compared, state, steps } = watching(
      "?clip=a.gz&time=2026-01-06T12:01:00Z&paused=1&compare=2026-01-06T12:00:30Z",
    );
    expect(compared()).toBeUndefined();
    open("a.gz");
    expect(state().feed.source?.file?.name).toBe("a.gz");
    expect(compared()).toBe(30_000);
    expect(must(steps.at(-1))).toContain("compare=2026-01-06T12%3A00%3A30Z");
  });
});

describe("another source", () => {
  it("ends a comparison, forgets what was marked, and says so", () => {
    const { actions, compared, open, state } = watching();
    actions.markMoment();
    actions.compareWithMoment(start + 30_000);
    open("b.gz");
    expect(compared()).toBeUndefined();
    expect(state().compare.marked).toBeUndefined();
    expect(state().toasts.at(-1)).toMatchObject({
      text: texts.compare.ended,
      tip: texts.compare.otherSource,
    });
  });

  it("forgets what was marked for it alone, with a word", () => {
    const { actions, open, state } = watching();
    actions.markMoment();
    open("b.gz");
    expect(state().toasts.at(-1)?.text).toBe(texts.compare.markForgotten);
    expect(state().compare.marked).toBeUndefined();
  });

  it("is no news where nothing was marked", () => {
    const { open, state } = watching();
    open("b.gz");
    expect(state().toasts).toEqual([]);
  });
});
