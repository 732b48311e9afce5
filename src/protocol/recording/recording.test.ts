import { crc32 as zlibCrc32 } from "node:zlib";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { diffSnapshots } from "#domain/delta.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { twoRegions } from "#testing/builders.ts";

import { crc32 } from "./crc32.ts";
import { frameLine, readFrameLine } from "./frame-line.ts";
import { readSummaryRow, summarise, summaryRow } from "./frame-summary.ts";
import { groupText, readGroup, readGroupUntil } from "./group-text.ts";

describe("the checksum", () => {
  it("is the one of gzip: 0xcbf43926 for 123456789", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  });

  it("equals zlib's, in one piece and in two", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
        expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
      }),
    );
  });
});

describe("a frame as a line", () => {
  it("reads as it was written, keyframe or delta", () => {
    fc.assert(
      fc.property(
        arbitrarySnapshot,
        arbitrarySnapshot,
        fc.integer({ min: 1, max: 1e9 }),
        (one, other, seq) => {
          const key = { seq, frame: { kind: "key", snapshot: one, lost: 3 } } as const;
          const delta = { seq, frame: { kind: "delta", delta: diffSnapshots(one, other) } } as const;
          for (const stored of [key, delta]) {
            expect(readFrameLine(frameLine(stored))).toEqual({ ok: true, value: stored });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is refused with a sentence where it makes no sense", () => {
    const whatOf = (line: string) => {
      const read = readFrameLine(line);
      return read.ok ? "read" : read.error.what;
    };
    expect(whatOf("{")).toBe("a line of JSON is needed");
    expect(whatOf("7")).toBe("an object is needed");
    expect(whatOf('{"seq":0}')).toBe("seq: a whole number from 1 is needed");
    expect(whatOf('{"seq":1}')).toBe("key or delta is needed");
    expect(whatOf('{"seq":1,"lost":-1,"key":{}}')).toBe("lost: a whole number from 1 is needed");
    const delta = { seq: 3, base: 2, t: 1, window: 1, runs: [], values: [] };
    expect(whatOf(JSON.stringify({ seq: 2, delta }))).toBe("delta: one from 1 to 2 is needed");
  });

  it("never throws, whatever it is", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(typeof readFrameLine(text).ok).toBe("boolean");
      }),
    );
  });
});

describe("a group", () => {
  const first = twoRegions();
  const lines = [0, 1, 2].map((i) =>
    frameLine({
      seq: 5 + i,
      frame:
        i === 0
          ? { kind: "key", snapshot: first }
          : { kind: "delta", delta: { ...diffSnapshots(first, first), at: first.at + i } },
    }),
  );

  it("reads as it was written", () => {
    const read = readGroup(groupText(lines));
    expect(read.ok && read.value.map(({ seq }) => seq)).toEqual([5, 6, 7]);
  });

  it("reads up to the first frame after a moment, and says whether anything follows", () => {
    const upTo = (until: number) => {
      const read = readGroupUntil(groupText(lines), until);
      return read.ok && [read.value.frames.map(({ seq }) => seq), read.value.isWhole];
    };
    expect(upTo(first.at - 1)).toEqual([[5], false]);
    expect(upTo(first.at)).toEqual([[5, 6], false]);
    expect(upTo(first.at + 1)).toEqual([[5, 6, 7], true]);
    expect(upTo(Infinity)).toEqual([[5, 6, 7], true]);
  });

  it("is refused as a whole when a line is missing, doubled, out of order or first of its kind", () => {
    for (const order of [
      [1, 2],
      [0, 2],
      [0, 1, 1],
      [0, 2, 1],
      [0, 0],
    ]) {
      expect(readGroup(groupText(order.map((i) => lines[i] ?? ""))).ok).toBe(false);
    }
    expect(readGroup("").ok).toBe(false);
  });
});

describe("a summary", () => {
  it("says what enters the whole, and reads as it was written", () => {
    const snapshot = twoRegions();
    const summary = summarise(snapshot, nodeVolumes(snapshot));
    expect(summary.total).toBeGreaterThan(0);
    expect(readSummaryRow(JSON.parse(JSON.stringify(summaryRow(summary))))).toEqual(summaryRow(summary));
  });

  it("is undefined where a row is none", () => {
    for (const raw of [undefined, {}, [], [1, 2, 3], ["a", 1, 1, 1, 1, 1, 1, 1]]) {
      expect(readSummaryRow(raw)).toBeUndefined();
    }
  });
});
