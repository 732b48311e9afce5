import { err, ok } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { diffSnapshots } from "#domain/delta.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import type { GroupInfo, RecordingSource } from "#players/recording/recording-source.ts";
import { frameLine } from "#protocol/recording/frame-line.ts";
import { summarise, summaryRow } from "#protocol/recording/frame-summary.ts";
import { groupText } from "#protocol/recording/group-text.ts";
import { binRows, calmMarks, marksOf } from "#protocol/recording/overview.ts";

interface MemoryGroup {
  readonly info: GroupInfo;
  readonly lines: readonly string[];
}

/** A recording in memory that answers at once. */
export class MemoryRecording implements RecordingSource {
  readonly #groupFrames: number;
  #groups: MemoryGroup[] = [];
  #newest: TrafficSnapshot | undefined;
  #frames: TrafficSnapshot[] = [];
  #seq = 0;
  /** Groups that were asked for, by first frame, in order. */
  readonly asked: number[] = [];
  /** First frames of groups that are damaged. */
  readonly damaged = new Set<number>();

  constructor(frames: readonly TrafficSnapshot[], groupFrames = 5) {
    this.#groupFrames = groupFrames;
    for (const frame of frames) this.append(frame);
  }

  append(frame: TrafficSnapshot): void {
    this.#seq += 1;
    const seq = this.#seq;
    const open = this.#groups.at(-1);
    this.#frames.push(frame);
    if (open === undefined || open.lines.length >= this.#groupFrames || this.#newest === undefined) {
      const info = { first: seq, last: seq, start: frame.at, end: frame.at };
      this.#groups.push({ info, lines: [frameLine({ seq, frame: { kind: "key", snapshot: frame } })] });
    } else {
      const delta = diffSnapshots(this.#newest, frame);
      const line = frameLine({ seq, frame: { kind: "delta", delta } });
      const info = { ...open.info, last: seq, end: frame.at };
      this.#groups = [...this.#groups.slice(0, -1), { info, lines: [...open.lines, line] }];
    }
    this.#newest = frame;
  }

  get end(): Millis {
    return this.#newest?.at ?? 0;
  }

  readonly overview: RecordingSource["overview"] = (_feed, { stretch, bins }, answer) => {
    const range = { from: this.#frames[0]?.at ?? 0, to: this.end };
    const { from, to } = stretch ?? range;
    const rows = this.#frames
      .filter(({ at }) => at >= from && at <= to)
      .map((frame) => summaryRow(summarise(frame, nodeVolumes(frame))));
    const stepMs = Math.max(1, (to - from) / bins);
    const answered = { range, stretch: { from, to }, stepMs, bins: binRows(rows, from, stepMs) };
    answer(ok({ ...answered, marks: calmMarks(marksOf(rows, rows[0])) }));
    return () => undefined;
  };

  readonly groups: RecordingSource["groups"] = (_feed, { from, to }, answer) => {
    const all = this.#groups.map(({ info }) => info);
    const first = all.findIndex(({ end }) => end >= from);
    const last = all.findLastIndex(({ start }) => start <= to);
    answer(ok({ epoch: "e", groups: all.slice(first < 0 ? -1 : Math.max(0, first - 1), last + 2) }));
    return () => undefined;
  };

  readonly groupText: RecordingSource["groupText"] = (_feed, { first }, answer) => {
    this.asked.push(first);
    const group = this.#groups.find(({ info }) => info.first === first);
    const isGone = group === undefined || this.damaged.has(first);
    answer(isGone ? err({ kind: "none", message: "It is gone." }) : ok(groupText(group.lines)));
    return () => undefined;
  };
}
