import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readBack } from "#testing/clips.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";
import { turns } from "#testing/turns.ts";

import { runRecord } from "./record.ts";
import { runReplay } from "./replay.ts";

let folder = temporaryFolder();

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => folder.remove());

const out = () => join(folder.path, "a.spillway.ndjson.gz");

function texts() {
  const seen = { out: "", err: "" };
  const io = {
    out: (text: string) => void (seen.out += text),
    err: (text: string) => void (seen.err += text),
    readFile: () => Promise.reject(new Error("no file is read")),
  };
  return { seen, io };
}

describe("spillway record", () => {
  it("records a source for as long as it is told, frame by frame", async () => {
    const { seen, io } = texts();
    const clock = new ManualClock(1_767_700_800_000);
    const argv = ["--source=demo", "--out", out(), "--for=5s", "--seed=7"];
    const done = new AbortController();
    const recording = runRecord(argv, {}, io, { clock }).finally(() => done.abort());
    while (!done.signal.aborted) {
      await turns(20);
      clock.advance(500);
    }
    expect([await recording, seen.err]).toEqual([0, ""]);
    const { header, frames, outcome } = await readBack(readFileSync(out()));
    expect(header).toMatchObject({ feed: "demo", title: "Demo", intervalMs: 1000, names: "real" });
    expect(frames.length).toBeGreaterThan(1);
    expect(outcome).toEqual({ kind: "whole" });
    expect(seen.out).toContain(`${out()}: ${frames.length} frames, `);
  });

  it("ends whole when it is stopped", async () => {
    const { io } = texts();
    const stop = new AbortController();
    const parts = { clock: new ManualClock(), signal: stop.signal };
    const recording = runRecord(["--out", out(), "--pseudonyms"], {}, io, parts);
    // The demo's first frame comes at once.
    while (!readsAsFile(out())) await turns(5);
    await turns(20);
    stop.abort();
    expect(await recording).toBe(0);
    const { header, outcome } = await readBack(readFileSync(out()));
    expect([header?.names, outcome]).toEqual(["pseudonyms", { kind: "whole" }]);
  });

  it("does not replace a file unasked", async () => {
    writeFileSync(out(), "mine");
    const { seen, io } = texts();
    expect(await runRecord(["--out", out()], {}, io, { clock: new ManualClock() })).toBe(1);
    expect(seen.err).toContain("is there already. Name another file, or pass --force");
    expect(readFileSync(out(), "utf8")).toBe("mine");
  });

  it.each<[string, readonly string[], string]>([
    ["no file", [], "--out: write a path that ends in .spillway.ndjson.gz."],
    ["another name", ["--out", "a.json"], "--out: write a path that ends in"],
    ["two sources", ["--source=demo", "--source=demo", "--out=a.spillway.ndjson.gz"], "one --source"],
    ["a source that is none", ["--source=kafka", "--out=a.spillway.ndjson.gz"], "There is no source"],
    ["a time that is none", ["--out=a.spillway.ndjson.gz", "--for=long"], "--for: write a time"],
    [
      "an unknown flag",
      ["--out=a.spillway.ndjson.gz", "--sed=1"],
      "There is no flag --sed. Did you mean --seed?",
    ],
  ])("ends with 3 and a remedy for %s", async (_, argv, sentence) => {
    const { seen, io } = texts();
    const code = await runRecord(argv, {}, io, { clock: new ManualClock() });
    expect([code, seen.err.includes(sentence)]).toEqual([3, true]);
  });
});

describe("spillway replay", () => {
  it.each<[string, readonly string[], number, string]>([
    ["no path", [], 3, "needs a path first"],
    ["a path that is none", ["/none/such"], 1, "there is no such file"],
    ["a speed that is none", ["a", "--speed", "3"], 3, "--speed: write one of 0.25, 0.5, 1, 2, 4"],
    ["no speed at all", ["a", "--speed"], 3, 'not ""'],
    ["a source beside it", ["a", "--source=demo"], 3, "takes neither --source nor"],
  ])("ends with a remedy for %s", async (_, argv, code, sentence) => {
    const { seen, io } = texts();
    expect([await runReplay(argv, {}, io), seen.err.includes(sentence)]).toEqual([code, true]);
  });

  it("says why its settings are wrong", async () => {
    const { seen, io } = texts();
    const demo = new URL("../../mock-data/vizceral/simple.json", import.meta.url).pathname;
    expect([await runReplay([demo, "--prt=1"], {}, io), seen.err]).toEqual([
      3,
      expect.stringContaining("There is no flag --prt. Did you mean --port?"),
    ]);
  });
});

function readsAsFile(path: string): boolean {
  try {
    return readFileSync(path).length >= 0;
  } catch {
    return false;
  }
}
