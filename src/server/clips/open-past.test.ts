import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { writeVizceral } from "#formats/vizceral/write-vizceral.ts";
import { clipOf, clipText, frameTexts, headerText, second, testFrames } from "#testing/clips.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";

import { openPast, type Past } from "./open-past.ts";
import { recordedMoments } from "./recorded-moments.ts";

let folder = temporaryFolder();
const open: Past[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  for (const past of open.splice(0)) await past.log.close();
  folder.remove();
});

async function opened(path: string): Promise<Past> {
  const past = await openPast(path);
  if (!past.ok) throw new Error(past.error);
  open.push(past.value);
  return past.value;
}

async function refused(path: string): Promise<string> {
  const past = await openPast(path);
  if (past.ok) await past.value.log.close();
  return past.ok ? "" : past.error;
}

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

async function shown({ log, start, end }: Past): Promise<readonly TrafficSnapshot[]> {
  const all: TrafficSnapshot[] = [];
  for await (const { snapshot } of recordedMoments(log, start, end)) all.push(snapshot);
  return all;
}

const leftOvers = () => readdirSync(tmpdir()).filter((name) => name.startsWith("spillway-clip-")).length;

/** Moments that Vizceral's format takes for moments. */
const soon = 1_767_700_800_000;
const vizceral = (n: number, change: object = {}) =>
  JSON.stringify({ ...writeVizceral({ ...second(n), at: soon + n * 5000 }), ...change });

describe("something recorded elsewhere", () => {
  it("opens as a recording: groups, overview, any moment, bookmarks", async () => {
    const before = leftOvers();
    const past = await opened(
      put("a.spillway.ndjson.gz", await clipOf(testFrames(8), [{ id: "b", at: 2000, note: "n" }])),
    );
    expect([past.start, past.end, past.frames]).toEqual([1000, 8000, 8]);
    expect(await shown(past)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(second));
    expect(past.bookmarks).toEqual([{ id: "b", at: 2000, note: "n" }]);
    const { bins } = await past.recording.overview(0, 10_000, 10);
    expect(bins.reduce((sum, { frames }) => sum + frames, 0)).toBe(8);
    expect((await past.recording.groups(-Infinity, Infinity))[0]).toMatchObject({ start: 1000, end: 8000 });
    await expect(past.log.append({ kind: "key", snapshot: second(9) }, "x")).rejects.toThrow(
      "no more frames",
    );
    await past.log.close();
    open.pop();
    expect(leftOvers()).toBe(before);
  });

  it("opens as far as it goes when it was cut off, and says so", async () => {
    const past = await opened(put("a.ndjson", clipText(headerText, ...frameTexts(3))));
    expect(await shown(past)).toHaveLength(3);
    expect(past.oddities).toEqual([
      "It breaks off after 3 frames: its last line is missing. What came before is whole.",
    ]);
  });

  it("is refused as a whole when something in it is wrong, and nothing is left of it", async () => {
    const before = leftOvers();
    const wrong = put("a.ndjson", clipText(headerText, ...frameTexts(3), '{"end":{"frames":4}}'));
    expect(await refused(wrong)).toBe(
      `${wrong} cannot be replayed. Line 5: 4 frames are promised, and there are 3.`,
    );
    expect(await refused(join(folder.path, "none"))).toContain("there is no such file");
    expect(await refused(put("empty", ""))).toContain("cannot be replayed");
    expect(await refused(put("header", clipText(headerText)))).toContain("There is no frame in it.");
    const far = { seq: 2, frame: { kind: "key", snapshot: { ...second(1), at: 9e13 } } } as const;
    const wide = put("wide.gz", await clipOf([...testFrames(1), far]));
    expect(await refused(wide)).toContain("spans more than 400 days");
    expect(leftOvers()).toBe(before);
  });

  it("may be one document of Vizceral's format a line", async () => {
    const past = await opened(put("traffic.ndjson", [1, 2, 3].map((n) => vizceral(n)).join("\n")));
    expect((await shown(past)).map(({ at }) => at - soon)).toEqual([5000, 10_000, 15_000]);
    expect(past.header.title).toBe("traffic.ndjson");
  });

  it("may be a folder of such documents, in the order of their names, numbers as numbers", async () => {
    const path = join(folder.path, "shots");
    mkdirSync(path);
    for (const n of [10, 9, 2]) put(`shots/t${n}.json`, vizceral(n));
    put("shots/readme.txt", "none of it");
    const past = await opened(path);
    expect((await shown(past)).map(({ at }) => at - soon)).toEqual([10_000, 45_000, 50_000]);
  });

  it("may be one document alone, written over many lines", async () => {
    const text = JSON.stringify(JSON.parse(vizceral(1)), undefined, 2);
    expect(await shown(await opened(put("one.json", text)))).toHaveLength(1);
  });

  it("gives documents without a later time of their own one, and says so", async () => {
    const lines = [vizceral(2), vizceral(1), vizceral(1, { serverUpdateTime: undefined })];
    const past = await opened(put("a.ndjson", lines.join("\n")));
    const [first, ...others] = (await shown(past)).map(({ at }) => at - soon);
    expect([first, others]).toEqual([10_000, [11_000, 12_000]]);
    expect(past.oddities).toEqual([expect.stringContaining("set to a second after it")]);
  });

  it("is refused with the place where one of many documents is none", async () => {
    expect(await refused(put("a.ndjson", `${vizceral(1)}\n{"nodes":[]}\n`))).toContain("line 2: ");
    expect(await refused(put("deep.json", "[".repeat(1_000_000)))).toContain("cannot be replayed");
  });
});
