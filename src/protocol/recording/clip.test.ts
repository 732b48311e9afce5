import { gunzipSync, gzipSync, inflateRawSync, constants } from "node:zlib";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import {
  clipOf,
  clipText,
  each,
  frameTexts,
  headerText,
  joinBytes,
  readBack,
  second,
  testFrames,
  testHeader,
} from "#testing/clips.ts";
import { createSnapshot } from "#domain/snapshot.ts";
import { zlibPacking } from "#server/clips/zlib-packing.ts";

import { readEnd } from "./clip-format.ts";
import { writeClip } from "./clip-writer.ts";
import { framed } from "./framed.ts";
import { readGroup } from "./group-text.ts";

const bookmarks = [
  { id: "b1", at: 2000, note: "here" },
  { id: "b2", at: 3000, to: 5000, note: "" },
];

describe("a clip", () => {
  it("reads as it was written", async () => {
    const frames = testFrames(8);
    const read = await readBack(await clipOf(frames, bookmarks));
    expect(read.header).toEqual(testHeader);
    expect(read.frames.map(({ seq, frame }) => ({ seq, frame }))).toEqual(frames);
    expect(read.frames.map(({ snapshot }) => snapshot)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(second));
    expect([read.bookmarks, read.outcome]).toEqual([bookmarks, { kind: "whole" }]);
  });

  it("reads as it was written, whatever the traffic, in pieces of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitrarySnapshot, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 4 }),
        async (snapshots, piece, perGroup) => {
          const moments = snapshots.map((snapshot, i) => ({
            seq: i + 1,
            snapshot: createSnapshot({ ...snapshot, at: 1000 + i }),
          }));
          const frames = framed(each(moments), perGroup);
          const clip = await joinBytes(
            writeClip({ header: testHeader, frames, bookmarks: () => [] }, zlibPacking),
          );
          const read = await readBack(clip, piece);
          expect(read.outcome).toEqual({ kind: "whole" });
          expect(read.frames.map(({ snapshot }) => snapshot)).toEqual(
            moments.map(({ snapshot }) => snapshot),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is one gzip member, of which any group can be opened by itself where the index says", async () => {
    const clip = await clipOf(testFrames(8), bookmarks);
    const lines = gunzipSync(clip).toString("utf8").trimEnd().split("\n");
    const end = readEnd(JSON.parse(lines.at(-1) ?? "").end);
    const groups = end.ok ? (end.value.groups ?? []) : [];
    expect(groups.map(([first, start]) => [first, start])).toEqual([
      [1, 1000],
      [4, 4000],
      [7, 7000],
    ]);
    groups.forEach(([first, , offset], i) => {
      const until = groups[i + 1]?.[2];
      const part = inflateRawSync(clip.subarray(offset, until), { finishFlush: constants.Z_SYNC_FLUSH });
      const text = part.toString("utf8").split('{"bookmark"')[0] ?? "";
      const group = readGroup(text);
      expect(group.ok && group.value[0]?.seq).toBe(first);
    });
    // The last line, found from the back: behind the last flush.
    const flush = Buffer.from(clip).lastIndexOf(Buffer.of(0, 0, 0xff, 0xff), clip.length - 15);
    const last = inflateRawSync(clip.subarray(flush + 4), { finishFlush: constants.Z_SYNC_FLUSH });
    expect(last.toString("utf8").trimEnd()).toBe(lines.at(-1));
  });

  it("reads without flush points, without an index, and without gzip", async () => {
    const text = clipText(headerText, ...frameTexts(5), '{"end":{"frames":5}}');
    for (const bytes of [text, gzipSync(text)]) {
      const read = await readBack(bytes);
      expect([read.frames.length, read.outcome]).toEqual([5, { kind: "whole" }]);
    }
  });

  it("tolerates Windows line ends, empty lines and a last line that is not ended", async () => {
    const bytes = Buffer.from(`${headerText}\r\n\r\n${frameTexts(2).join("\r\n")}\n{"end":{"frames":2}}`);
    expect((await readBack(bytes)).outcome).toEqual({ kind: "whole" });
  });

  it("shows holes: a keyframe may leave numbers out", async () => {
    const frames = testFrames(9);
    const read = await readBack(await clipOf([...frames.slice(0, 3), ...frames.slice(6)]));
    expect(read.frames.map(({ seq }) => seq)).toEqual([1, 2, 3, 7, 8, 9]);
  });
});

describe("framed moments", () => {
  it("begin with a keyframe, and again after a hole and after so many", async () => {
    const moments = [1, 2, 3, 4, 5, 8, 9].map((seq) => ({ seq, snapshot: second(seq) }));
    const kinds: string[] = [];
    for await (const { seq, frame } of framed(each(moments), 3)) kinds.push(`${seq} ${frame.kind}`);
    expect(kinds).toEqual(["1 key", "2 delta", "3 delta", "4 key", "5 delta", "8 key", "9 delta"]);
  });
});
