import { readFileSync, readdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import * as z from "zod";
import { describe, expect, it } from "vitest";

import { nodeVolumes } from "#domain/volume.ts";
import { clipText, frameTexts, headerText, readBack } from "#testing/clips.ts";

import { summarise } from "./frame-summary.ts";

const folder = new URL("../../../mock-data/recordings/", import.meta.url);
const readText = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

/** Never remove one, and never write one anew: they stand for the files that people have. */
const golden = [["incident-v1.spillway.ndjson.gz", 26, 133_627]] as const satisfies readonly (readonly [
  file: string,
  frames: number,
  entering: number,
])[];

describe("clips of every version", () => {
  it.each(golden)("open for ever: %s", async (file, count, entering) => {
    const { header, frames, outcome } = await readBack(readFileSync(new URL(file, folder)));
    expect([header?.feed, frames.length, outcome]).toEqual(["demo", count, { kind: "whole" }]);
    const [first] = frames.map(({ snapshot }) => summarise(snapshot, nodeVolumes(snapshot)));
    expect(Math.round(first?.total ?? 0)).toBe(entering);
    // The incident comes, with its notice, and goes.
    const notices = frames.map(({ snapshot }) => snapshot.notices.length);
    expect([notices.at(0), Math.max(...notices), notices.at(-1)]).toEqual([3, 4, 3]);
  });

  it("are all in the list", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".gz"));
    expect(files).toEqual(golden.map(([file]) => file));
  });
});

describe("the JSON schema of a line", () => {
  const schema = z.fromJSONSchema(JSON.parse(readText("docs/recording-format.schema.json")));
  const takes = (line: string) => schema.safeParse(JSON.parse(line)).success;

  it("takes every line that the program has written", () => {
    const [[file]] = golden;
    const lines = gunzipSync(readFileSync(new URL(file, folder)))
      .toString("utf8")
      .trimEnd()
      .split("\n");
    expect(lines.filter((line) => !takes(line))).toEqual([]);
  });

  it("takes the example of the documentation, which reads as a whole clip", async () => {
    const [, example = ""] = /```ndjson\n([^]*?)```/.exec(readText("docs/recording-format.md")) ?? [];
    const lines = example.trimEnd().split("\n");
    expect(lines.filter((line) => !takes(line))).toEqual([]);
    const { frames, bookmarks, outcome } = await readBack(clipText(...lines));
    expect([frames.length, bookmarks.length, outcome]).toEqual([3, 1, { kind: "whole" }]);
  });

  it("refuses, as the reader does, what is of a wrong type or out of bounds", async () => {
    const [key = "", delta = ""] = frameTexts(2);
    const wrong = [
      headerText.replace('"version":1', '"version":"1"'),
      headerText.replace('"interval', '"interval0'),
      key.replace('"seq":1', '"seq":0'),
      key.replace('"nodes":[', '"nodes":[7,'),
      key.replace('"rates":[', '"rates":["x",'),
      delta.replace('"base":1', '"base":-1'),
      delta.replace('"values":[', '"values":[true,'),
      '{"bookmark":{"id":"A B","at":1,"note":""}}',
      '{"bookmark":{"id":"a","at":-1,"note":""}}',
      '{"end":{"frames":-1}}',
      '{"end":{"frames":1,"crc":4294967296}}',
      '{"hello":1}',
    ];
    for (const line of wrong) {
      expect([line, takes(line)]).toEqual([line, false]);
      const isHeader = line.includes("spillway");
      const before = isHeader ? [] : line.includes('"delta"') ? [headerText, key] : [headerText];
      expect((await readBack(clipText(...before, line))).outcome?.kind).toBe("faulty");
    }
  });
});
