import { gzipSync } from "node:zlib";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { clipOf, clipText, frameTexts, headerText, readBack, second, testFrames } from "#testing/clips.ts";

import { clipLimits } from "./clip-reader.ts";

/** What is said of bytes that are no whole clip, and how many frames there were before. */
async function said(bytes: Uint8Array, limits = clipLimits): Promise<readonly [string, string, number]> {
  const { outcome, frames } = await readBack(bytes, 5000, limits);
  if (outcome === undefined) return ["none", "", frames.length];
  return [outcome.kind, outcome.kind === "whole" ? "" : outcome.what, frames.length];
}

const header = (change: object) => JSON.stringify({ ...JSON.parse(headerText), ...change });
const [key = "", delta = "", delta2 = "", key4 = ""] = frameTexts(4);
const end = (frames: unknown, more: object = {}) => JSON.stringify({ end: { frames, ...more } });

describe("a clip that is none", () => {
  it.each<[string, readonly string[], string]>([
    ["nothing at all", [], "It is empty."],
    [
      "some other JSON",
      ['{"nodes":[]}'],
      'header: a first line that begins {"spillway":"recording" is needed.',
    ],
    ["text", ["hello"], "Line 1: a line of JSON in UTF-8 is needed."],
    ["a newer version", [header({ version: 2 })], "version 2 was written by a newer Spillway"],
    ["no version", [header({ version: null })], "version: 1 is needed"],
    ["a feed that is none", [header({ feed: 7 })], "feed: a name is needed"],
    ["a title without end", [header({ title: "x".repeat(300) })], "title: a text is needed"],
    ["an interval of nothing", [header({ intervalMs: 0 })], "intervalMs: a number from 1"],
    ["a moment that is none", [header({ from: "then" })], "from and to: moments"],
    ["names of a third kind", [header({ names: "most" })], 'names: "real" or "pseudonyms"'],
    ["a change first", [headerText, delta], "Line 2: the first frame must be a keyframe."],
    ["a frame twice", [headerText, key, key], "Line 3: frame 1 does not follow frame 1."],
    ["a frame left out", [headerText, key, delta2], "Line 3: frame 3 does not follow frame 1."],
    ["frames in a wrong order", [headerText, key4, key], "Line 3: frame 1 does not follow frame 4."],
    [
      "time that runs back",
      [headerText, key, key4.replace('"t":4000', '"t":900')],
      "a frame must be later than the one before it",
    ],
    ["a time that is no date", [headerText, key.replace('"t":1000', '"t":9e99')], "years 1970 to 9999"],
    ["a wrong type", [headerText, '{"seq":"1","key":{}}'], "seq: a whole number from 1 is needed"],
    ["a huge count", [headerText, key, end(1e300)], "frames: a whole number is needed"],
    [
      "a count that is not so",
      [headerText, key, end(9_007_199_254_740_991)],
      "frames are promised, and there are 1",
    ],
    ["a checksum that is not right", [headerText, key, end(1, { crc: 1 })], "the checksum is not right"],
    ["an index of nonsense", [headerText, key, end(1, { groups: [[1, 2]] })], "groups: a list of"],
    ["something after the end", [headerText, key, end(1), key4], "Line 4: nothing may follow the end."],
    ["a bookmark of nonsense", [headerText, '{"bookmark":{"at":-1}}'], "bookmark: at: a moment"],
    ["a line of another kind", [headerText, '{"hello":1}'], "Line 2: frame: seq"],
    ["deep JSON", [headerText, `{"seq":1,"key":${"[".repeat(100_000)}`], "nested more than 64 deep"],
  ])("is refused with a sentence: %s", async (_, lines, sentence) => {
    const [kind, what] = await said(clipText(...lines));
    expect([kind, what]).toEqual(["faulty", expect.stringContaining(sentence)]);
  });

  it("is refused when it has a column that does not fit, or a change of what is not there", async () => {
    const short = key.replace(/"rates":\[[^,]*,/, '"rates":[');
    expect(await said(clipText(headerText, short))).toEqual([
      "faulty",
      expect.stringContaining("columns.rates"),
      0,
    ]);
    const far = '{"seq":2,"delta":{"seq":2,"base":1,"t":2000,"window":1,"runs":[99999,1],"values":[1]}}';
    expect(await said(clipText(headerText, key, far))).toEqual([
      "faulty",
      expect.stringContaining("does not fit frame 1"),
      1,
    ]);
  });

  it("is refused when it is a bomb: a line, or all of it, without end", async () => {
    const bomb = gzipSync(Buffer.concat([clipText(headerText), Buffer.alloc(20_000_000, "a")]));
    const [kind, what] = await said(bomb, { ...clipLimits, lineBytes: 1_000_000 });
    expect([kind, what]).toEqual([
      "faulty",
      "It has a line of more than 1000000 bytes, which no frame needs.",
    ]);
    const empty = gzipSync(Buffer.concat([clipText(headerText), Buffer.alloc(20_000_000, "\n")]));
    expect(await said(empty, { ...clipLimits, totalBytes: 1_000_000 })).toEqual([
      "faulty",
      "It holds more than 1000000 bytes, and no more than that is read.",
      0,
    ]);
  });

  it("may have a second member, which is read as what it is: lines behind the end", async () => {
    const one = gzipSync(clipText(headerText, key, end(1)));
    const [kind] = await said(Buffer.concat([one, gzipSync(clipText(key4))]));
    expect(kind).toBe("faulty");
  });
});

describe("a clip that was cut off", () => {
  it("gives what was whole before, and says that it is not all, wherever the cut is", async () => {
    const frames = testFrames(7);
    const packed = await clipOf(frames);
    const plain = clipText(headerText, ...frameTexts(7));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(packed, plain), fc.nat(), async (whole, at) => {
        const cut = at % whole.length;
        const { outcome, frames: given, header: said0 } = await readBack(whole.subarray(0, cut), 2000);
        expect(given.map(({ snapshot }) => snapshot)).toEqual(given.map(({ seq }) => second(seq)));
        if (said0 === undefined) expect(outcome?.kind).toBe("faulty");
        // What is missing may be no more than gzip's own end.
        else expect(["cut", "whole"]).toContain(outcome?.kind);
        if (outcome?.kind === "whole") expect(given).toHaveLength(7);
      }),
      { numRuns: 120 },
    );
  });

  it("says how much there was", async () => {
    expect(await said(clipText(headerText, ...frameTexts(3), '{"seq":4,"del').subarray(0, -1))).toEqual([
      "cut",
      "It breaks off after 3 frames: its last line is missing. What came before is whole.",
      3,
    ]);
  });
});

describe("a clip in which bits have flipped", () => {
  it("never reads as whole with other frames than were written, and never crashes", async () => {
    const frames = testFrames(5);
    const packed = await clipOf(frames, [{ id: "b", at: 1, note: "n" }]);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const bytes = Uint8Array.from(packed);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const { outcome, frames: given } = await readBack(bytes);
        if (outcome?.kind !== "whole") return;
        expect(given.map(({ snapshot }) => snapshot)).toEqual([1, 2, 3, 4, 5].map(second));
      }),
      { numRuns: 400 },
    );
  });

  it("never crashes on bytes of any kind", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, isPacked) => {
        const { outcome } = await readBack(isPacked ? gzipSync(bytes) : bytes);
        expect(outcome?.kind).toBe("faulty");
      }),
      { numRuns: 200 },
    );
  });

  it("never crashes on lines of any JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.json(), { maxLength: 5 }), async (lines) => {
        expect((await readBack(clipText(headerText, key, ...lines))).outcome).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe("the origin of a clip's bytes", () => {
  it("may fail, which is no fault of the clip", async () => {
    const { readClip } = await import("./clip-reader.ts");
    const { zlibUnpacking } = await import("#server/clips/zlib-packing.ts");
    for (const first of [clipText(headerText, key), gzipSync(clipText(headerText, key)).subarray(0, 60)]) {
      const failing = (async function* () {
        yield first;
        throw new Error("the disk is gone");
      })();
      const reading = (async () => {
        for await (const _ of readClip(failing, zlibUnpacking));
      })();
      await expect(reading).rejects.toThrow("the disk is gone");
    }
  });
});
