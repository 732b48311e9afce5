import { gzipSync } from "node:zlib";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { clipOf, clipText, frameTexts, headerText, testFrames } from "#testing/clips.ts";
import { fileOf, groupsOf, openClip } from "#testing/open-clip.ts";

const [key = "", delta = "", , key4 = ""] = frameTexts(4);
const end = (frames: unknown, more: object = {}) => JSON.stringify({ end: { frames, ...more } });

/** A clip with an index whose bytes are changed at a share of its length. */
async function damagedClip(share: number): Promise<Uint8Array> {
  const bytes = Uint8Array.from(await clipOf(testFrames(30)));
  const at = Math.floor(bytes.length * share);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
}

describe("a file that is none", () => {
  it.each<[string, () => Uint8Array | string, string]>([
    ["nothing at all", () => "", "It is empty."],
    ["text", () => "hello\nthere\n", "This is not JSON: line 1"],
    ["a picture", () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3), "This is not JSON"],
    ["not quite gzip", () => Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9), "damaged after line 0"],
    ["gzip of nothing", () => gzipSync(""), "It is empty."],
    ["gzip of text", () => gzipSync("hello\n"), "Line 1: a line of JSON in UTF-8 is needed."],
    ["only a header", () => clipText(headerText), "There is no frame in it."],
    [
      "a wrong order",
      () => gzipSync(clipText(headerText, key4, key)),
      "Line 3: frame 1 does not follow frame 4.",
    ],
    ["a wrong type", () => clipText(headerText, '{"seq":"1","key":{}}'), "Line 2: frame: seq"],
    ["a wrong checksum", () => clipText(headerText, key, end(1, { crc: 1 })), "the checksum is not right"],
    ["a huge count", () => clipText(headerText, key, end(1e300)), "frames: a whole number is needed"],
    [
      "deep JSON in a frame",
      () => clipText(headerText, `{"seq":1,"key":${"[".repeat(100_000)}`),
      "nested more than 64 deep",
    ],
    ["deep JSON alone", () => "[".repeat(1_000_000), "This is not JSON"],
    [
      "a bomb of one line",
      () => gzipSync(Buffer.concat([clipText(headerText), Buffer.alloc(80_000_000, "a")])),
      "It has a line of more than",
    ],
    [
      "two members",
      () => Buffer.concat([gzipSync(clipText(headerText, key, end(1))), gzipSync(clipText(delta))]),
      "Line 4: nothing may follow the end.",
    ],
  ])("is refused with a sentence, and nothing of it is open: %s", async (_, content, sentence) => {
    const opening = await openClip(fileOf("a.spillway.ndjson.gz", content()));
    expect(opening.refused).toContain(sentence);
    expect(opening.news).not.toContain("opened");
  });
});

describe("a clip that was shown before it had been read", () => {
  it("is closed when its end shows that it is not what it says", async () => {
    const opening = await openClip(fileOf("a.gz", await damagedClip(0.5)));
    expect(opening.refused).toBeDefined();
    if (opening.file === undefined) return;
    const list = await groupsOf(opening.file.source, { from: 0, to: 1 });
    expect(list.ok).toBe(false);
  });

  it("never shows as whole what was not written, wherever it was damaged, and never crashes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (share) => {
        const { refused, oddities, news } = await openClip(fileOf("a.gz", await damagedClip(share)));
        const isTold = refused !== undefined || oddities.length > 0;
        // What is not looked at: the time and the system in gzip's head.
        expect(isTold || news.at(-1) === "checked").toBe(true);
        if (share > 0.02 && share < 0.9) expect(isTold).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("opens as far as it goes, or is refused, wherever it was cut", async () => {
    const whole = await clipOf(testFrames(9));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (length) => {
        const { refused, oddities, file } = await openClip(fileOf("a.gz", whole.subarray(0, length)));
        expect(refused !== undefined || oddities.length > 0 || file?.range.to === 9000).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
