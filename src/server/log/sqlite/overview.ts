import type { Slices } from "#base/slices.ts";
import type { Millis } from "#base/time.ts";
import type { SummaryRow } from "#protocol/recording/frame-summary.ts";
import {
  binRows,
  calmMarks,
  marksOf,
  rebin,
  type Mark,
  type OverviewBin,
} from "#protocol/recording/overview.ts";

import type { GroupInfo, Overview } from "../recording.ts";
import type { RecordingStore } from "./recording-store.ts";

/** More marks than this are no help on a timeline; the latest are told. */
const greatestMarks = 500;
/** Closed groups are summed up in parts of this length, which are kept: a day is 86,400 rows, and 5,760 parts. Bins at least as wide are made of them. */
const partMs = 15_000;

/** What is kept of a closed group. */
interface GroupSum {
  /** In order; those without frames are left out. */
  readonly parts: readonly OverviewBin[];
  /** Those within: what begins with its first frame shows only beside the group before. */
  readonly marks: readonly Mark[];
  readonly first: SummaryRow | undefined;
  readonly last: SummaryRow | undefined;
}

const kept = new WeakMap<RecordingStore, Map<number, GroupSum>>();

/** An overview, in steps: it yields whenever it has read a group, so that whoever runs it can do something else in between. A week is ten thousand groups. */
export function* overviewSteps(
  store: RecordingStore,
  { from, to, bins }: { readonly from: Millis; readonly to: Millis; readonly bins: number },
): Slices<Overview> {
  const all = store.groups();
  const known = sumsOf(store, all);
  const groups = all.filter(({ start, end }) => end >= from && start <= to);
  const before = groups[0] === undefined ? undefined : all[all.indexOf(groups[0]) - 1];
  const stepMs = Math.max(1, (to - from) / Math.max(1, bins));
  const isCoarse = stepMs >= partMs;
  const sums: GroupSum[] = [];
  const rows: SummaryRow[] = [];
  for (const info of groups) {
    let sum = known.get(info.first);
    if (sum === undefined || !isCoarse) {
      const read = store.summaries(info);
      sum = sumUp(info, read);
      // An open group grows.
      if (info.bytes > 0) known.set(info.first, sum);
      if (!isCoarse) rows.push(...read.filter(([at]) => at >= from && at <= to));
      yield;
    }
    sums.push(sum);
  }
  const lastBefore = before === undefined ? undefined : store.summaries(before).at(-1);
  const marks = calmMarks(marksAcross(sums, lastBefore))
    .filter(({ at }) => at >= from && at <= to)
    .slice(-greatestMarks);
  const parts = sums.flatMap((sum) => sum.parts);
  return { stepMs, bins: isCoarse ? rebin(parts, from, stepMs) : binRows(rows, from, stepMs), marks };
}

function marksAcross(sums: readonly GroupSum[], before: SummaryRow | undefined): readonly Mark[] {
  let last = before;
  return sums.flatMap((sum) => {
    const between = sum.first === undefined ? [] : marksOf([sum.first], last);
    last = sum.last ?? last;
    return [...between, ...sum.marks];
  });
}

/** What is known of groups, by their first frames, without those that are no longer kept. */
function sumsOf(store: RecordingStore, groups: readonly GroupInfo[]): Map<number, GroupSum> {
  const known = kept.get(store) ?? new Map<number, GroupSum>();
  kept.set(store, known);
  const oldest = groups[0]?.first ?? 0;
  for (const first of known.keys()) if (first < oldest) known.delete(first);
  return known;
}

function sumUp(info: GroupInfo, rows: readonly SummaryRow[]): GroupSum {
  return {
    parts: binRows(rows, info.start, partMs),
    marks: marksOf(rows.slice(1), rows[0]),
    first: rows[0],
    last: rows.at(-1),
  };
}
