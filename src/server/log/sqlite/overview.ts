import type { Millis } from "#base/time.ts";
import type { SummaryRow } from "#protocol/recording/frame-summary.ts";
import {
  binRows,
  calmMarks,
  marksOf,
  OverviewSum,
  rebin,
  type Mark,
  type OverviewBin,
} from "#protocol/recording/overview.ts";

import type { GroupInfo, Overview } from "../recording.ts";
import type { RecordingStore } from "./recording-store.ts";

/** More marks than this are no help on a timeline; the latest are told. */
const greatestMarks = 500;
/** Bins at least this wide are made from sums over groups, which are kept: a week is ten thousand groups. */
const coarseStepMs = 120_000;

/** What is kept of a closed group. */
interface GroupSum {
  readonly bin: OverviewBin;
  /** Those within: what begins with its first frame shows only beside the group before. */
  readonly marks: readonly Mark[];
  readonly first: SummaryRow | undefined;
  readonly last: SummaryRow | undefined;
}

const kept = new WeakMap<RecordingStore, Map<number, GroupSum>>();

export function overviewOf(
  store: RecordingStore,
  { from, to, bins }: { readonly from: Millis; readonly to: Millis; readonly bins: number },
): Overview {
  const all = store.groups();
  const groups = all.filter(({ start, end }) => end >= from && start <= to);
  const before = groups[0] === undefined ? undefined : all[all.indexOf(groups[0]) - 1];
  const stepMs = Math.max(1, (to - from) / Math.max(1, bins));
  const sums = groups.map((info) => sumOf(store, info));
  const marks = calmMarks(marksAcross(sums, before === undefined ? undefined : sumOf(store, before).last))
    .filter(({ at }) => at >= from && at <= to)
    .slice(-greatestMarks);
  if (stepMs >= coarseStepMs)
    return {
      stepMs,
      bins: rebin(
        sums.map(({ bin }) => bin),
        from,
        stepMs,
      ),
      marks,
    };
  const rows = groups.flatMap((info) => store.summaries(info)).filter(([at]) => at >= from && at <= to);
  return { stepMs, bins: binRows(rows, from, stepMs), marks };
}

function marksAcross(sums: readonly GroupSum[], before: SummaryRow | undefined): readonly Mark[] {
  let last = before;
  return sums.flatMap((sum) => {
    const between = sum.first === undefined ? [] : marksOf([sum.first], last);
    last = sum.last ?? last;
    return [...between, ...sum.marks];
  });
}

function sumOf(store: RecordingStore, info: GroupInfo): GroupSum {
  const known = kept.get(store) ?? new Map<number, GroupSum>();
  kept.set(store, known);
  const found = known.get(info.first);
  if (found !== undefined) return found;
  const rows = store.summaries(info);
  const sum = new OverviewSum();
  for (const row of rows) sum.add(row);
  const made: GroupSum = {
    bin: sum.bin(info.start),
    marks: marksOf(rows.slice(1), rows[0]),
    first: rows[0],
    last: rows.at(-1),
  };
  // An open group grows.
  if (info.bytes > 0) known.set(info.first, made);
  return made;
}
