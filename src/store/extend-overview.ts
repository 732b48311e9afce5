import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import type { RecordingOverview } from "#players/recording/recording-source.ts";
import { summarise, summaryRow, type SummaryRow } from "#protocol/recording/frame-summary.ts";
import { calmMarks, marksOf, OverviewSum } from "#protocol/recording/overview.ts";

/** What a timeline keeps of a frame. */
export function rowOf(snapshot: TrafficSnapshot, volumes: NodeVolumes): SummaryRow {
  return summaryRow(summarise(snapshot, volumes));
}

/** The overview when a frame has come that is not recorded: time has gone on, and nothing is known of it. */
export function passOverview(overview: RecordingOverview, at: Millis): RecordingOverview {
  if (at <= overview.stretch.to) return overview;
  return {
    ...overview,
    range: { from: overview.range?.from ?? at, to: at },
    stretch: { ...overview.stretch, to: at },
  };
}

/** The overview with a frame that has come since; the same where it is known already. `before` is the frame that came before. */
export function extendOverview(
  overview: RecordingOverview,
  row: SummaryRow,
  before: SummaryRow | undefined,
): RecordingOverview {
  const [at] = row;
  const { stretch, bins, marks, stepMs } = overview;
  if (at <= stretch.to) return overview;
  const binAt = stretch.from + Math.floor((at - stretch.from) / stepMs) * stepMs;
  const last = bins.at(-1);
  const news = before === undefined ? [] : marksOf([row], before);
  const sum = new OverviewSum();
  const grows = last !== undefined && last.at >= binAt;
  if (grows) sum.addBin(last);
  sum.add(row);
  return {
    ...overview,
    range: { from: overview.range?.from ?? at, to: at },
    stretch: { ...stretch, to: at },
    bins: [...(grows ? bins.slice(0, -1) : bins), sum.bin(grows ? last.at : binAt)],
    marks: news.length === 0 ? marks : calmMarks([...marks, ...news]),
  };
}
