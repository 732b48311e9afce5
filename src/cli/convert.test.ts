import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { clipOf, clipText, frameTexts, headerText, readBack, second, testFrames } from "#testing/clips.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";

import { runCommand } from "./run-command.ts";

let folder = temporaryFolder();

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => folder.remove());

const at = (name: string) => join(folder.path, name);

async function convert(...argv: readonly string[]) {
  const texts = { out: "", err: "" };
  const code = await runCommand(["convert", ...argv], {
    out: (text) => void (texts.out += text),
    err: (text) => void (texts.err += text),
    readFile: () => Promise.reject(new Error("no file is read")),
  });
  return { code, ...texts };
}

async function clipAt(name: string) {
  return readBack(readFileSync(at(name)));
}

describe("spillway convert", () => {
  it("turns a clip into lines of Vizceral's format and back, and nothing is lost", async () => {
    writeFileSync(at("a.spillway.ndjson.gz"), await clipOf(testFrames(5)));
    expect(await convert(at("a.spillway.ndjson.gz"), at("b.ndjson"))).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(at("b.ndjson"), "utf8").trim().split("\n")).toHaveLength(5);
    const back = await convert(at("b.ndjson"), at("c.spillway.ndjson.gz"));
    expect([back.code, back.out]).toEqual([0, expect.stringContaining("5 frames")]);
    const { frames, outcome, header } = await clipAt("c.spillway.ndjson.gz");
    expect(frames.map(({ snapshot }) => [...snapshot.rates])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [...second(n).rates]),
    );
    expect([outcome, header?.title]).toEqual([{ kind: "whole" }, "b.ndjson"]);
  });

  it("turns a document into a clip of one frame, and the last frame of a clip into a document", async () => {
    const demo = new URL("../../mock-data/topologies/three-regions.json", import.meta.url).pathname;
    expect((await convert(demo, at("a.spillway.ndjson.gz"))).code).toBe(0);
    const [frame, ...others] = (await clipAt("a.spillway.ndjson.gz")).frames;
    expect([frame?.snapshot.topology.nodes.length, others]).toEqual([493, []]);
    expect((await convert(at("a.spillway.ndjson.gz"), at("b.json"))).code).toBe(0);
    expect(JSON.parse(readFileSync(at("b.json"), "utf8"))).toMatchObject({ renderer: "global" });
  });

  it("cuts, and replaces names", async () => {
    const bookmarks = [
      { id: "b1", at: 2000, note: "secret" },
      { id: "b2", at: 5000, note: "secret" },
    ];
    writeFileSync(at("a.spillway.ndjson.gz"), await clipOf(testFrames(6), bookmarks));
    const flags = ["--from=2000", "--to=1970-01-01T00:00:04Z", "--pseudonyms"];
    expect((await convert(at("a.spillway.ndjson.gz"), at("b.spillway.ndjson.gz"), ...flags)).code).toBe(0);
    const { header, frames, bookmarks: kept } = await clipAt("b.spillway.ndjson.gz");
    expect(header).toMatchObject({ from: 2000, to: 4000, names: "pseudonyms" });
    expect(frames.map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect(frames[0]?.snapshot.topology.nodes[2]?.name).toBe("region-1");
    expect(kept).toEqual([{ id: "b1", at: 2000, note: "Bookmark 1" }]);
  });

  it("writes what is whole of a clip that was cut off, and says so", async () => {
    writeFileSync(at("a.ndjson"), clipText(headerText, ...frameTexts(3)));
    const { code, err } = await convert(at("a.ndjson"), at("b.spillway.ndjson.gz"));
    expect([code, err]).toEqual([0, expect.stringContaining("It breaks off after 3 frames")]);
    expect((await clipAt("b.spillway.ndjson.gz")).outcome).toEqual({ kind: "whole" });
  });

  it("leaves nothing behind when the input is faulty, has nothing in it, or the output is there already", async () => {
    writeFileSync(at("wrong.ndjson"), clipText(headerText, ...frameTexts(2), '{"end":{"frames":9}}'));
    writeFileSync(at("there.json"), "mine");
    for (const [argv, sentence] of [
      [[at("wrong.ndjson"), at("b.spillway.ndjson.gz")], "9 frames are promised"],
      [[at("wrong.ndjson"), at("b.json"), "--from=99999"], "9 frames are promised"],
      [[at("none"), at("b.json")], "there is no such file"],
      [[at("wrong.ndjson"), at("there.json")], "is there already. Name another file, or pass --force"],
    ] as const) {
      const { code, err } = await convert(...argv);
      expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
    }
    expect(readdirSync(folder.path).toSorted()).toEqual(["there.json", "wrong.ndjson"]);
    expect(readFileSync(at("there.json"), "utf8")).toBe("mine");
  });

  it.each<[string, readonly string[], string]>([
    ["no paths", [], "needs two paths"],
    ["one path too many", ["a", "b", "c"], "needs two paths"],
    ["a name that says nothing", ["a", "b.txt"], "says what to write"],
    ["an unknown flag", ["a", "b.json", "--form=1"], "There is no flag --form here. Did you mean --from?"],
    ["a moment that is none", ["a", "b.json", "--from=then"], "--from: write a moment"],
    ["an end before its beginning", ["a", "b.json", "--from=5", "--to=1"], "a moment before that of --to"],
  ])("ends with 3 and a remedy for %s", async (_, argv, sentence) => {
    const { code, err } = await convert(...argv);
    expect([code, err.includes(sentence)]).toEqual([3, true]);
  });

  it("prints its help", async () => {
    expect(await convert("--help")).toMatchObject({ code: 0, err: "" });
    expect(existsSync(at("b.json"))).toBe(false);
  });
});
