import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { clipOf, readBack, second, testFrames } from "#testing/clips.ts";
import { fileOf, openClip } from "#testing/open-clip.ts";

const kept = new AbortController().signal;

async function cut(ask: { from: number; to: number; names?: "real" | "pseudonyms"; note?: string }) {
  const bookmarks = [
    { id: "b", at: 3000, note: "secret" },
    { id: "far", at: 20_000, note: "" },
  ];
  const { file } = await openClip(fileOf("a.gz", await clipOf(testFrames(20), bookmarks)));
  let bytes = 0;
  const clip = await must(file).cutter.cut(
    { feed: "demo", names: "real", note: "", ...ask },
    (come) => {
      bytes = come;
    },
    kept,
  );
  if (!clip.ok) throw new Error(clip.error);
  const content = new Uint8Array(await clip.value.arrayBuffer());
  expect(bytes).toBe(content.length);
  return readBack(content);
}

describe("a clip that is cut out of a file", () => {
  it("holds the stretch, whole, with its bookmarks and the note", async () => {
    const { header, frames, bookmarks, outcome } = await cut({ from: 2500, to: 12_000, note: "look here" });
    expect(outcome).toEqual({ kind: "whole" });
    expect(header).toMatchObject({ feed: "demo", from: 2500, to: 12_000 });
    expect(frames.map(({ snapshot }) => snapshot)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(second));
    expect(bookmarks.map(({ note }) => note)).toEqual(["look here", "secret"]);
  });

  it("holds no name when pseudonyms are asked for, but the note as it was typed", async () => {
    const { header, frames, bookmarks } = await cut({
      from: 1000,
      to: 5000,
      names: "pseudonyms",
      note: "for you",
    });
    expect(header).toMatchObject({ feed: "feed", names: "pseudonyms" });
    expect(frames[0]?.snapshot.topology.nodes[1]?.name).toMatch(/^entry-/);
    expect(bookmarks.map(({ note }) => note)).toEqual(["for you", "Bookmark 1"]);
  });

  it("is refused where nothing is recorded", async () => {
    await expect(cut({ from: 90_000, to: 95_000 })).rejects.toThrow(
      "Nothing is recorded between these moments.",
    );
  });
});
