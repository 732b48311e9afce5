import type { Millis } from "#base/time.ts";

import type { SummaryRow } from "./frame-summary.ts";

/** What a timeline draws of one stretch of time. */
export interface OverviewBin {
  readonly at: Millis;
  /** Frames that were recorded in it; a bin without any is left out of a list. */
  readonly frames: number;
  /** Means over the frames, requests per second. */
  readonly total: number;
  readonly warning: number;
  readonly danger: number;
  /** The worst of the frames: 0 healthy, 1 degraded, 2 failing. */
  readonly worst: number;
  /** Mean over the frames in which it is known, milliseconds. */
  readonly latencyMs: number | undefined;
  /** The most notices of any frame. */
  readonly notices: number;
  readonly isSimulated: boolean;
}

export const markKinds = ["failing", "degraded", "notice", "drill"] as const;

/** Why a person may want to look at a moment. */
export type MarkKind = (typeof markKinds)[number];

/** Where something began. */
export interface Mark {
  readonly at: Millis;
  readonly kind: MarkKind;
}

/** Sums up rows that belong together, weighted by how many frames each stands for. */
export class OverviewSum {
  #frames = 0;
  #total = 0;
  #warning = 0;
  #danger = 0;
  #worst = 0;
  #latency = 0;
  #latencyFrames = 0;
  #notices = 0;
  #isSimulated = false;

  get frames(): number {
    return this.#frames;
  }

  add([, total, warning, danger, worst, latencyMs, notices, simulated]: SummaryRow): void {
    this.#frames += 1;
    this.#total += total;
    this.#warning += warning;
    this.#danger += danger;
    this.#take(worst, notices, simulated === 1);
    if (latencyMs === null) return;
    this.#latency += latencyMs;
    this.#latencyFrames += 1;
  }

  addBin({ frames, total, warning, danger, worst, latencyMs, notices, isSimulated }: OverviewBin): void {
    this.#frames += frames;
    this.#total += total * frames;
    this.#warning += warning * frames;
    this.#danger += danger * frames;
    this.#take(worst, notices, isSimulated);
    if (latencyMs === undefined) return;
    this.#latency += latencyMs * frames;
    this.#latencyFrames += frames;
  }

  bin(at: Millis): OverviewBin {
    const n = Math.max(1, this.#frames);
    return {
      at,
      frames: this.#frames,
      total: this.#total / n,
      warning: this.#warning / n,
      danger: this.#danger / n,
      worst: this.#worst,
      latencyMs: this.#latencyFrames === 0 ? undefined : this.#latency / this.#latencyFrames,
      notices: this.#notices,
      isSimulated: this.#isSimulated,
    };
  }

  #take(worst: number, notices: number, isSimulated: boolean): void {
    this.#worst = Math.max(this.#worst, worst);
    this.#notices = Math.max(this.#notices, notices);
    this.#isSimulated ||= isSimulated;
  }
}

/** Divides rows into bins of `stepMs` from `from` on; rows must ascend. */
export function binRows(rows: Iterable<SummaryRow>, from: Millis, stepMs: number): readonly OverviewBin[] {
  return gather(
    rows,
    ([at]) => at,
    (sum, row) => sum.add(row),
    from,
    stepMs,
  );
}

/** The same for what has been summed up already; a bin counts where it begins. */
export function rebin(bins: Iterable<OverviewBin>, from: Millis, stepMs: number): readonly OverviewBin[] {
  return gather(
    bins,
    ({ at }) => at,
    (sum, bin) => sum.addBin(bin),
    from,
    stepMs,
  );
}

function gather<T>(
  items: Iterable<T>,
  atOf: (item: T) => Millis,
  add: (sum: OverviewSum, item: T) => void,
  from: Millis,
  stepMs: number,
): readonly OverviewBin[] {
  const bins: OverviewBin[] = [];
  let index = -1;
  let sum = new OverviewSum();
  for (const item of items) {
    const into = Math.floor((atOf(item) - from) / stepMs);
    if (into !== index) {
      if (sum.frames > 0) bins.push(sum.bin(from + index * stepMs));
      sum = new OverviewSum();
      index = into;
    }
    add(sum, item);
  }
  if (sum.frames > 0) bins.push(sum.bin(from + index * stepMs));
  return bins;
}

/** Where things begin: a region fails or is degraded, a notice comes, a drill starts. `before` is the row before the first, if there is one. */
export function marksOf(rows: Iterable<SummaryRow>, before?: SummaryRow): readonly Mark[] {
  const marks: Mark[] = [];
  let last = before;
  for (const row of rows) {
    const [at, , , , worst, , notices, simulated] = row;
    const [, , , , worstBefore, , noticesBefore, simulatedBefore] = last ?? row;
    if (simulated === 1 && (last === undefined || simulatedBefore === 0)) marks.push({ at, kind: "drill" });
    else if (worst === 2 && (last === undefined || worstBefore < 2)) marks.push({ at, kind: "failing" });
    else if (worst === 1 && (last === undefined || worstBefore < 1)) marks.push({ at, kind: "degraded" });
    else if (notices > (last === undefined ? 0 : noticesBefore)) marks.push({ at, kind: "notice" });
    last = row;
  }
  return marks;
}

/** Health that wavers around a threshold would mark every other frame: within so long it is the same trouble. */
const sameTroubleMs = 60_000;

const severityOfMark: Readonly<Record<MarkKind, number>> = { notice: 0, drill: 0, degraded: 1, failing: 2 };

/** Ascending marks without those that say again, soon after, that it is as bad or not as bad. */
export function calmMarks(marks: readonly Mark[]): readonly Mark[] {
  let trouble: Mark | undefined;
  return marks.filter((mark) => {
    const severity = severityOfMark[mark.kind];
    if (severity === 0) return true;
    const isSame =
      trouble !== undefined &&
      mark.at - trouble.at < sameTroubleMs &&
      severity <= severityOfMark[trouble.kind];
    if (!isSame) trouble = mark;
    return !isSame;
  });
}
