import { afterEach, expect, it } from "vitest";

import { atOnce } from "#base/slices.ts";
import type { SummaryRow } from "#protocol/recording/frame-summary.ts";
import { storeOptions, temporaryFolder } from "#testing/store-fixture.ts";

import type { Overview } from "../recording.ts";
import type { FrameRow } from "./day-file.ts";
import { overviewSteps } from "./overview.ts";
import { RecordingStore } from "./recording-store.ts";

const folder = temporaryFolder();
afterEach(() => folder.remove());

const noon = Date.UTC(2026, 0, 6, 12);
const minutes = 30;

/** Half an hour in groups of a minute: 100 requests a second, ten of which fail from 12:10:30 to 12:11:30, and a drill at 12:20. */
function store(): RecordingStore {
  const made = new RecordingStore(storeOptions(folder.path));
  const rows: FrameRow[] = [];
  for (let second = 0; second < minutes * 60; second += 1) {
    const at = noon + second * 1000;
    const fails = second >= 630 && second < 690;
    const summary: SummaryRow = [
      at,
      100,
      0,
      fails ? 10 : 0,
      fails ? 2 : 0,
      40,
      fails ? 1 : 0,
      second >= 1200 ? 1 : 0,
    ];
    rows.push({ seq: second + 1, at, isKey: second % 60 === 0, id: `s${second}`, line: "{}", summary });
  }
  made.append(rows);
  return made;
}

function overview(recorded: RecordingStore, asked: Parameters<typeof overviewSteps>[1]): Overview {
  return atOnce(overviewSteps(recorded, asked));
}

it("sums up a stretch in bins, coarse and fine alike, and tells once where things begin", () => {
  const recorded = store();
  const at = (second: number) => noon + second * 1000;
  const marks = [
    { at: at(630), kind: "failing" },
    { at: at(1200), kind: "drill" },
  ];
  const end = at(minutes * 60 - 1);

  const fine = overview(recorded, { from: noon, to: noon + minutes * 60_000, bins: 180 });
  expect(fine.stepMs).toBe(10_000);
  expect(fine.bins).toHaveLength(180);
  expect(fine.marks).toEqual(marks);
  expect(fine.bins[63]).toMatchObject({
    at: at(630),
    frames: 10,
    total: 100,
    danger: 10,
    worst: 2,
    latencyMs: 40,
  });

  const coarse = overview(recorded, { from: noon, to: noon + minutes * 60_000, bins: 6 });
  expect(coarse.bins.map(({ frames, danger }) => [frames, danger])).toEqual([
    [300, 0],
    [300, 0],
    [300, 2],
    [300, 0],
    [300, 0],
    [300, 0],
  ]);
  expect(coarse.marks).toEqual(marks);

  // Asked from the middle of the trouble: it did not begin there.
  expect(overview(recorded, { from: at(660), to: end, bins: 100 }).marks).toEqual(marks.slice(1));
  expect(overview(recorded, { from: end + 1, to: end + 1000, bins: 10 }).bins).toEqual([]);
  recorded.close();
});

it("puts each frame of a slow feed where it belongs, though a group lasts an hour", () => {
  const recorded = new RecordingStore(storeOptions(folder.path));
  const rows = Array.from({ length: 120 }, (_, i): FrameRow => {
    const at = noon + i * 60_000;
    const summary: SummaryRow = [at, i, 0, 0, 0, null, 0, 0];
    return { seq: i + 1, at, isKey: i % 60 === 0, id: `s${i}`, line: "{}", summary };
  });
  recorded.append(rows);
  const coarse = overview(recorded, { from: noon, to: noon + 120 * 60_000, bins: 60 });
  expect(coarse.bins.map(({ frames, total }) => [frames, total])).toEqual(
    Array.from({ length: 60 }, (_, bin) => [2, 2 * bin + 0.5]),
  );
  recorded.close();
});
