import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { applyDelta } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { writeVizceral } from "#formats/vizceral/write-vizceral.ts";
import { readGroup } from "#protocol/recording/group-text.ts";
import { clipOf, clipText, frameTexts, headerText, second, testFrames } from "#testing/clips.ts";
import { fileOf, groupsOf, openClip, overviewOf, textOf, type ClipOpening } from "#testing/open-clip.ts";

const everything = { from: -Infinity, to: Infinity };

/** Everything that an opened file shows, group by group, as a player reads it. */
async function shown({ file }: ClipOpening): Promise<readonly TrafficSnapshot[]> {
  const { source } = must(file);
  const list = await groupsOf(source, everything);
  const all: TrafficSnapshot[] = [];
  for (const { first } of list.ok ? list.value.groups : []) {
    const text = await textOf(source, first);
    const group = readGroup(text.ok ? text.value : "");
    for (const { frame } of group.ok ? group.value : []) {
      if (frame.kind === "key") all.push(frame.snapshot);
      else {
        const applied = applyDelta(must(all.at(-1)), frame.delta);
        if (applied.ok) all.push(applied.value);
      }
    }
  }
  return all;
}

const seconds = (count: number) => Array.from({ length: count }, (_, i) => second(i + 1));

describe("a clip with an index", () => {
  it("can be shown before it has been read, any moment of it, and says then whether it is whole", async () => {
    const bytes = await clipOf(testFrames(8), [{ id: "b", at: 2000, note: "n" }]);
    const opening = await openClip(fileOf("a.spillway.ndjson.gz", bytes));
    expect(opening.news[0]).toBe("opened");
    expect(opening.news.at(-1)).toBe("checked");
    expect(opening.file?.range).toEqual({ from: 1000, to: 8000 });
    expect(opening.file?.header.title).toBe("Demo");
    expect(opening.bookmarks).toEqual([{ id: "b", at: 2000, note: "n" }]);
    expect(await shown(opening)).toEqual(seconds(8));
  });

  it("tells groups around a stretch: those in it, and the nearest on either side", async () => {
    const { file } = await openClip(fileOf("a.gz", await clipOf(testFrames(12))));
    const list = await groupsOf(must(file).source, { from: 5000, to: 8000 });
    expect(list.ok && list.value.groups.map(({ first }) => first)).toEqual([1, 4, 7, 10]);
  });

  it("has an overview of all its frames once it has been read", async () => {
    const { file } = await openClip(fileOf("a.gz", await clipOf(testFrames(8))));
    const overview = await overviewOf(must(file).source, 4);
    expect(overview.ok && overview.value.range).toEqual({ from: 1000, to: 8000 });
    expect(overview.ok && overview.value.bins.reduce((sum, { frames }) => sum + frames, 0)).toBe(8);
  });

  it("is read from its beginning where the index is gone or wrong, and shows the same", async () => {
    const plain = clipText(headerText, ...frameTexts(8), '{"end":{"frames":8}}');
    const wrong = gzipSync(
      clipText(headerText, ...frameTexts(8), '{"end":{"frames":8,"groups":[[1,1000,11],[4,4000,12]]}}'),
    );
    for (const file of [
      fileOf("plain.ndjson", plain),
      fileOf("one.gz", gzipSync(plain)),
      fileOf("wrong.gz", wrong),
    ]) {
      const opening = await openClip(file);
      expect(opening.news.slice(-2)).toEqual(["opened", "checked"]);
      expect(await shown(opening)).toEqual(seconds(8));
    }
  });

  it("opens as it did when the format was new", async () => {
    const golden = readFileSync("mock-data/recordings/incident-v1.spillway.ndjson.gz");
    const opening = await openClip(fileOf("incident.spillway.ndjson.gz", golden));
    expect(opening.refused).toBeUndefined();
    const { from, to } = must(opening.file).range;
    const frames = await shown(opening);
    expect([frames[0]?.at, frames.at(-1)?.at]).toEqual([from, to]);
  });
});

describe("recordings of others", () => {
  const vizceral = (n: number) =>
    JSON.stringify(writeVizceral({ ...second(n), at: 1_767_700_800_000 + n * 5000 }));

  it("may be one document a line, or one in all, or several files in the order of their names", async () => {
    const lines = await openClip(fileOf("traffic.ndjson", [1, 2, 3].map(vizceral).join("\n")));
    expect(await shown(lines)).toHaveLength(3);
    expect(lines.file?.name).toBe("traffic.ndjson");
    const whole = JSON.stringify(JSON.parse(vizceral(1)), undefined, 2);
    expect(await shown(await openClip(fileOf("one.json", whole)))).toHaveLength(1);
    const several = await openClip(
      fileOf("t2.json", vizceral(2)),
      fileOf("t9.json", vizceral(9)),
      fileOf("t10.json", vizceral(10)),
    );
    expect((await shown(several)).map(({ at }) => (at - 1_767_700_800_000) / 5000)).toEqual([2, 9, 10]);
    expect(several.file?.name).toBe("t2.json and 2 more");
  });

  it("open as far as they go when they were cut off, and say so", async () => {
    const opening = await openClip(fileOf("a.ndjson", clipText(headerText, ...frameTexts(3))));
    expect(await shown(opening)).toEqual(seconds(3));
    expect(opening.oddities).toEqual([
      "It breaks off after 3 frames: its last line is missing. What came before is whole.",
    ]);
  });
});
