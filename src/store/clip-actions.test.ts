import { describe, expect, it } from "vitest";

import { err, ok, type Result } from "#base/result.ts";
import type { CutAsk } from "#players/clip/clip-cutter.ts";
import type { ClipNews, ClipService } from "#players/clip/clip-service.ts";
import { createFilePlayer } from "#players/file-player.ts";
import { twoRegions } from "#testing/builders.ts";
import { testHeader } from "#testing/clips.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";
import { noCutter } from "#testing/no-clips.ts";
import { noRecording } from "#testing/no-recording.ts";
import { fileOf } from "#testing/open-clip.ts";
import { createTestApp } from "#testing/test-app.ts";
import { turns } from "#testing/turns.ts";

import { clipName } from "./clip-actions.ts";

const start = 1_000_000;
const past = new MemoryRecording(Array.from({ length: 30 }, (_, i) => twoRegions(start + i * 1000)));
const range = { from: start, to: start + 29_000 };

/** An app whose files are read by the test. */
function setUp(search = "") {
  const told = new Map<string, (news: ClipNews) => void>();
  const closed: string[] = [];
  const asked: CutAsk[] = [];
  let cutAnswer: Result<Blob, string> = ok(new Blob(["clip"]));
  const clips: ClipService = {
    open: ([{ name }], listener) => {
      told.set(name, listener);
      return () => void closed.push(name);
    },
  };
  const test = createTestApp(twoRegions(9_000_000), search, {
    clips,
    cutter: {
      cut: async (ask, came) => {
        asked.push(ask);
        came(1234);
        return cutAnswer;
      },
    },
    playing: (player, clock) => createFilePlayer(player, { recording: noRecording, clock }),
  });
  const { app } = test;
  const state = () => app.store.getState();
  const opened = (name: string): ClipNews => ({
    kind: "opened",
    file: { name, header: testHeader, range, source: past, cutter: noCutter, oddities: [] },
  });
  return {
    ...test,
    state,
    closed,
    asked,
    tell: (name: string, news: ClipNews) => told.get(name)?.(news),
    open: (name: string) => app.actions.openClip([fileOf(name, "x".repeat(100))]),
    show: (name: string) => told.get(name)?.(opened(name)),
    answerCut: (answer: Result<Blob, string>) => {
      cutAnswer = answer;
    },
  };
}

describe("opening a file", () => {
  it("tells how far it is, shows it, and says in the address what an address can say", () => {
    const { open, show, tell, state, address, clock } = setUp();
    open("a.gz");
    tell("a.gz", { kind: "read", bytes: 40 });
    expect(state().clips.reading).toEqual({ name: "a.gz", bytes: 40, total: 100, isShown: false });
    show("a.gz");
    expect(state().feed.source?.file?.name).toBe("a.gz");
    expect(state().clips.reading?.isShown).toBe(true);
    tell("a.gz", {
      kind: "checked",
      notes: { bookmarks: [{ id: "b", at: start, note: "n" }], oddities: ["It breaks off."] },
    });
    expect(state().clips).toMatchObject({ reading: undefined, bookmarks: [{ id: "b" }] });
    expect(state().toasts.at(-1)?.text).toBe("It breaks off.");
    clock.advance(3_000);
    expect(new URLSearchParams(address.search).get("clip")).toBe("a.gz");
  });

  it("leaves what is shown where the new one does not open, and says why", () => {
    const { open, show, tell, state, closed } = setUp();
    open("a.gz");
    show("a.gz");
    open("b.gz");
    tell("b.gz", { kind: "refused", what: "Line 7: no." });
    expect(state().screen.dialog).toBe("clip-refused");
    expect(state().clips.refused).toEqual({ name: "b.gz", what: "Line 7: no.", wasShown: false });
    expect(state().feed.source?.file?.name).toBe("a.gz");
    expect(closed).toEqual([]);
  });

  it("closes a file that turns out not to be what it says, and goes back to what is live", () => {
    const { open, show, tell, state, closed } = setUp();
    open("a.gz");
    show("a.gz");
    tell("a.gz", { kind: "refused", what: "Line 9: the checksum is not right." });
    expect(state().clips.refused?.wasShown).toBe(true);
    expect(state().feed.phase.kind).toBe("live");
    expect(closed).toEqual(["a.gz"]);
  });

  it("closes the file when one goes back to what is live, and one file for another", () => {
    const { open, show, app, state, closed } = setUp();
    open("a.gz");
    show("a.gz");
    open("b.gz");
    show("b.gz");
    expect(closed).toEqual(["a.gz"]);
    app.actions.goLive();
    expect(closed).toEqual(["a.gz", "b.gz"]);
    expect(state().feed.phase.kind).toBe("live");
  });

  it("can be given up", () => {
    const { open, app, state, closed } = setUp();
    open("a.gz");
    app.actions.stopReadingClip();
    expect(closed).toEqual(["a.gz"]);
    expect(state().clips.reading).toBeUndefined();
  });

  it("takes several files only where they are snapshots", () => {
    const { app, state } = setUp();
    app.actions.openClip([fileOf("a.gz", "x"), fileOf("b.gz", "x")]);
    expect(state().clips.reading).toBeUndefined();
    expect(state().toasts.at(-1)?.text).toContain("one recording at a time");
    app.actions.openClip([fileOf("t10.json", "x"), fileOf("t9.json", "x"), fileOf("readme.txt", "x")]);
    expect(state().clips.reading?.name).toBe("t9.json and 1 more");
  });
});

describe("an address that names a file", () => {
  it("asks for the file, shows what is live until it comes, and then the moment that it names", () => {
    const { open, show, state, address } = setUp(`?clip=a.gz&time=1970-01-01T00:16:50Z&paused=1`);
    expect(state().screen.dialog).toBe("clip-again");
    expect(state().feed.phase.kind).toBe("live");
    expect(new URLSearchParams(address.search).get("clip")).toBe("a.gz");
    open("a.gz");
    show("a.gz");
    expect(state().screen.dialog).toBeUndefined();
    expect(state().feed.current?.at).toBe(1_010_000);
  });

  it("forgets it when somebody stays with what is live", () => {
    const { app, address, clock } = setUp("?clip=a.gz&time=1970-01-01T00:16:50Z");
    app.actions.forgetClip();
    clock.advance(1_000);
    expect(address.search).toBe("");
  });
});

describe("cutting a clip", () => {
  const wish = { from: start, to: start + 5_000, names: "real", note: "here" } as const;

  it("saves it under a name that tells what it is", async () => {
    const { app, asked, state, player } = setUp();
    player.tell({ source: { title: "Demo", feed: "demo", intervalMs: 1000, role: "viewer", problems: [] } });
    const saved: string[] = [];
    app.actions.lendPorts({
      focusFind: () => undefined,
      focusFilter: () => undefined,
      capturePicture: async () => undefined,
      download: (name) => void saved.push(name),
      chooseFiles: async () => [],
      copyText: async () => undefined,
      toggleFullscreen: () => undefined,
      address: () => "http://127.0.0.1/",
    });
    await app.actions.cutClip(wish);
    expect(asked).toEqual([{ ...wish, feed: "demo" }]);
    expect(saved).toEqual(["demo-1970-01-01T00-16-40Z-to-00-16-45Z.spillway.ndjson.gz"]);
    expect(state().clips.cut).toBeUndefined();
    await app.actions.cutClip({ ...wish, names: "pseudonyms" });
    expect(saved.at(-1)).toMatch(/^feed-/);
  });

  it("says what is in the way, and how far it is, until somebody gives up", async () => {
    const { app, state, player, answerCut } = setUp();
    player.tell({ source: { title: "Demo", feed: "demo", intervalMs: 1000, role: "viewer", problems: [] } });
    answerCut(err("The server cuts 2 clips already."));
    const cutting = app.actions.cutClip(wish);
    expect(state().clips.cut).toEqual({ kind: "coming", bytes: 1234 });
    await cutting;
    expect(state().clips.cut).toEqual({ kind: "failed", message: "The server cuts 2 clips already." });
    void app.actions.cutClip(wish);
    app.actions.stopCutting();
    await turns();
    expect(state().clips.cut).toBeUndefined();
  });

  it("names both days where there are two", () => {
    expect(clipName("a b", { from: 0, to: 86_400_000 })).toBe(
      "a_b-1970-01-01T00-00-00Z-to-1970-01-02T00-00-00Z.spillway.ndjson.gz",
    );
  });
});
