import type { Millis } from "#base/time.ts";
import type { AppState } from "#store/app-state.ts";

import type { TimelineMark } from "#store/timeline-marks.ts";

import { formatMoment } from "./time-format.ts";
import { timeTicks } from "./time-ticks.ts";

type ReplayState = AppState["replay"];
type Overview = NonNullable<ReplayState["overview"]>;
type Bin = Overview["bins"][number];
type Stretch = NonNullable<ReplayState["range"]>;

/** The colours of a timeline, as the theme's tokens say them. */
export interface TimelineColors {
  readonly ground: string;
  readonly line: string;
  readonly text: string;
  readonly normal: string;
  readonly warning: string;
  readonly danger: string;
  readonly accent: string;
  readonly drill: string;
}

export interface TimelineDrawing {
  readonly width: number;
  readonly height: number;
  readonly stretch: Stretch;
  readonly range: Stretch;
  readonly overview: Overview;
  readonly marks: readonly TimelineMark[];
  readonly intervalMs: number;
  readonly loop: Stretch | undefined;
  readonly utc: boolean;
  readonly font: string;
  readonly colors: TimelineColors;
}

/** Room for the times below, and for the marks above; CSS pixels. */
const axisPx = 13;
const marksPx = 9;
const tickGapPx = 96;
const hatchPx = 6;

/** What makes a moment bad is seen even where it is a thousandth of the traffic. */
const leastBandPx = 2;

/** How high the greatest latency is drawn, below the traffic. */
const latencyShare = 0.55;

/** Half the size of a mark, CSS pixels. */
const markPx = 4;

/** Fewer intervals without a frame are no gap. */
const gapIntervals = 3;

/** Where a moment is, CSS pixels from the left. */
export function xOf(at: Millis, { from, to }: Stretch, width: number): number {
  return ((at - from) / (to - from)) * width;
}

/** The other way round. */
export function momentAt(x: number, { from, to }: Stretch, width: number): Millis {
  return from + (x / Math.max(1, width)) * (to - from);
}

/** The mark at a place, if there is one; the worst where there are several. */
export function markAt(
  marks: readonly TimelineMark[],
  x: number,
  stretch: Stretch,
  width: number,
): TimelineMark | undefined {
  const near = marks.filter(({ at }) => Math.abs(xOf(at, stretch, width) - x) <= markPx + 2);
  // What somebody has written down is there for being read.
  return (
    near.find(({ kind }) => kind === "bookmark") ?? near.find(({ kind }) => kind === "failing") ?? near[0]
  );
}

/** Stretches without any frame, within what is recorded. */
export function gapsOf(
  { bins, stepMs, stretch }: Overview,
  range: Stretch,
  intervalMs: number,
): readonly Stretch[] {
  const least = Math.max(gapIntervals * intervalMs, 2 * stepMs);
  const gaps: Stretch[] = [];
  let end = Math.max(range.from, stretch.from);
  for (const { at } of bins) {
    if (at - end > least) gaps.push({ from: end, to: at });
    end = Math.max(end, at + stepMs);
  }
  const last = Math.min(range.to, stretch.to);
  if (bins.length > 0 && last - end > least) gaps.push({ from: end, to: last });
  return gaps;
}

/** Paints everything but what moves. */
export function drawTimeline(pen: CanvasRenderingContext2D, drawing: TimelineDrawing): void {
  const { width, height, stretch, range, overview, marks, intervalMs, colors, loop } = drawing;
  const x = (at: Millis) => xOf(at, stretch, width);
  const base = height - axisPx;
  pen.clearRect(0, 0, width, height);
  for (const gap of gapsOf(overview, range, intervalMs)) hatch(pen, x(gap.from), x(gap.to), base, colors);
  drawTraffic(pen, drawing, x, base);
  drawAxis(pen, drawing, x, base);
  drawDrills(pen, overview, x, colors);
  if (loop !== undefined) drawLoop(pen, x(loop.from), x(loop.to), base, colors);
  for (const mark of marks) {
    if (mark.to !== undefined) drawBookmarked(pen, x(mark.at), x(mark.to), colors);
  }
  for (const mark of marks) drawMark(pen, x(mark.at), mark, width, colors);
}

/** Total traffic as an area, what of it fails or warns as its upper edge, latency as a line. */
function drawTraffic(
  pen: CanvasRenderingContext2D,
  { overview, stretch, intervalMs, colors }: TimelineDrawing,
  x: (at: Millis) => number,
  base: number,
): void {
  const { bins, stepMs } = overview;
  const shown = shownBins(bins, stretch, Math.max(stepMs, intervalMs));
  const most = Math.max(Number.MIN_VALUE, ...shown.map(({ total }) => total));
  const room = base - marksPx;
  const y = (rate: number) => base - (rate / most) * room * 0.94;
  const least = Math.max(gapIntervals * intervalMs, 2 * stepMs);
  for (const run of runsOf(shown, least)) {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) continue;
    const end = x(last.at + Math.max(stepMs, Math.min(intervalMs, least)));
    const path = (
      heightOf: (bin: Bin) => number,
      from: (bin: Bin) => number,
      color: string,
      alpha: number,
    ) => {
      pen.beginPath();
      for (const bin of run) pen.lineTo(x(bin.at), heightOf(bin));
      pen.lineTo(end, heightOf(last));
      pen.lineTo(end, from(last));
      for (const bin of run.toReversed()) pen.lineTo(x(bin.at), from(bin));
      pen.closePath();
      pen.globalAlpha = alpha;
      pen.fillStyle = color;
      pen.fill();
      pen.globalAlpha = 1;
    };
    const top = ({ total }: Bin) => y(total);
    const danger = (bin: Bin) => top(bin) + band(bin.danger, bin.worst === 2, y, base);
    const warning = (bin: Bin) => danger(bin) + band(bin.warning, bin.worst === 1, y, base);
    path(top, () => base, colors.normal, 0.3);
    path(danger, warning, colors.warning, 0.9);
    path(top, danger, colors.danger, 0.95);
    strokeLine(
      pen,
      run.map((bin) => [x(bin.at), top(bin)] as const),
      end,
      colors.normal,
      1,
    );
  }
  drawLatency(pen, shown, x, base, least, colors);
}

/** How high the band of a rate is. */
function band(rate: number, isWorst: boolean, y: (rate: number) => number, base: number): number {
  return Math.max(base - y(rate), isWorst ? leastBandPx : 0);
}

function drawLatency(
  pen: CanvasRenderingContext2D,
  bins: readonly Bin[],
  x: (at: Millis) => number,
  base: number,
  least: number,
  colors: TimelineColors,
): void {
  const known = bins.flatMap(({ at, latencyMs }) => (latencyMs === undefined ? [] : [{ at, latencyMs }]));
  const most = Math.max(Number.MIN_VALUE, ...known.map(({ latencyMs }) => latencyMs));
  pen.setLineDash([2, 3]);
  for (const run of runsOf(known, least)) {
    const points = run.map(
      ({ at, latencyMs }) => [x(at), base - (latencyMs / most) * (base - marksPx) * latencyShare] as const,
    );
    strokeLine(pen, points, undefined, colors.text, 0.75);
  }
  pen.setLineDash([]);
}

function strokeLine(
  pen: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
  end: number | undefined,
  color: string,
  alpha: number,
): void {
  pen.beginPath();
  for (const [px, py] of points) pen.lineTo(px, py);
  const last = points.at(-1);
  if (end !== undefined && last !== undefined) pen.lineTo(end, last[1]);
  pen.globalAlpha = alpha;
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.stroke();
  pen.globalAlpha = 1;
}

/** Bins that are seen, and one more on either side. */
function shownBins(bins: readonly Bin[], { from, to }: Stretch, marginMs: number): readonly Bin[] {
  return bins.filter(({ at }) => at >= from - marginMs && at <= to + marginMs);
}

/** Bins without a gap between them. */
function runsOf<T extends { readonly at: Millis }>(
  bins: readonly T[],
  least: number,
): readonly (readonly T[])[] {
  const runs: T[][] = [];
  let last: T | undefined;
  for (const bin of bins) {
    if (last === undefined || bin.at - last.at > least) runs.push([]);
    runs.at(-1)?.push(bin);
    last = bin;
  }
  return runs;
}

function drawAxis(
  pen: CanvasRenderingContext2D,
  { stretch, width, height, utc, font, colors }: TimelineDrawing,
  x: (at: Millis) => number,
  base: number,
): void {
  pen.fillStyle = colors.line;
  pen.fillRect(0, base, width, 1);
  const { at, stepMs } = timeTicks(stretch.from, stretch.to, width / tickGapPx);
  pen.font = font;
  pen.textBaseline = "bottom";
  pen.textAlign = "left";
  for (const tick of at) {
    const px = Math.round(x(tick));
    pen.fillStyle = colors.line;
    pen.fillRect(px, base, 1, 4);
    const time = formatMoment(tick, { utc, date: stepMs >= 43_200_000 });
    const text = stepMs >= 60_000 ? time.replace(/:00$/, "") : time;
    if (px + 4 + pen.measureText(text).width > width) continue;
    pen.fillStyle = colors.text;
    pen.fillText(text, px + 4, height + 1);
  }
}

/** Drills as a bar along the top. */
function drawDrills(
  pen: CanvasRenderingContext2D,
  { bins, stepMs }: Overview,
  x: (at: Millis) => number,
  colors: TimelineColors,
): void {
  pen.fillStyle = colors.drill;
  for (const { at, isSimulated } of bins) {
    if (isSimulated) pen.fillRect(x(at), marksPx - 2, Math.max(2, x(at + stepMs) - x(at) + 1), 2);
  }
}

function drawLoop(
  pen: CanvasRenderingContext2D,
  from: number,
  to: number,
  base: number,
  colors: TimelineColors,
): void {
  pen.fillStyle = colors.accent;
  pen.globalAlpha = 0.2;
  pen.fillRect(from, 0, to - from, base);
  pen.globalAlpha = 1;
  pen.fillRect(Math.round(from), 0, 1, base);
  pen.fillRect(Math.round(to) - 1, 0, 1, base);
}

/** A stretch that somebody has bookmarked, along the top. */
function drawBookmarked(
  pen: CanvasRenderingContext2D,
  from: number,
  to: number,
  colors: TimelineColors,
): void {
  pen.fillStyle = colors.accent;
  pen.globalAlpha = 0.5;
  pen.fillRect(from, 0, Math.max(1, to - from), 2);
  pen.globalAlpha = 1;
}

const markColors: Readonly<Record<TimelineMark["kind"], keyof TimelineColors>> = {
  failing: "danger",
  degraded: "warning",
  notice: "warning",
  drill: "drill",
  bookmark: "accent",
};

/** Told apart by shape as well as by colour: a diamond, a triangle, a square, a ribbon. */
function drawMark(
  pen: CanvasRenderingContext2D,
  x: number,
  { kind }: TimelineMark,
  width: number,
  colors: TimelineColors,
): void {
  if (x < -markPx || x > width + markPx) return;
  const y = markPx;
  pen.beginPath();
  if (kind === "failing" || kind === "degraded") {
    pen.moveTo(x, y - markPx);
    pen.lineTo(x + markPx, y);
    pen.lineTo(x, y + markPx);
    pen.lineTo(x - markPx, y);
  } else if (kind === "notice") {
    pen.moveTo(x, y - markPx + 1);
    pen.lineTo(x + markPx, y + markPx - 1);
    pen.lineTo(x - markPx, y + markPx - 1);
  } else if (kind === "bookmark") {
    pen.moveTo(x - markPx + 1, y - markPx);
    pen.lineTo(x + markPx - 1, y - markPx);
    pen.lineTo(x + markPx - 1, y + markPx + 1);
    pen.lineTo(x, y + markPx - 2);
    pen.lineTo(x - markPx + 1, y + markPx + 1);
  } else pen.rect(x - markPx + 1, y - markPx + 1, 2 * markPx - 2, 2 * markPx - 2);
  pen.closePath();
  pen.fillStyle = colors[markColors[kind]];
  pen.fill();
  pen.strokeStyle = colors.ground;
  pen.lineWidth = 1;
  pen.stroke();
}

function hatch(
  pen: CanvasRenderingContext2D,
  from: number,
  to: number,
  base: number,
  colors: TimelineColors,
): void {
  const height = base - marksPx;
  pen.save();
  pen.beginPath();
  pen.rect(from, marksPx, to - from, height);
  pen.clip();
  pen.strokeStyle = colors.text;
  pen.globalAlpha = 0.5;
  pen.lineWidth = 1;
  pen.beginPath();
  for (
    let px = Math.floor((Math.max(0, from) - height) / hatchPx) * hatchPx;
    px < Math.min(to, 10_000);
    px += hatchPx
  ) {
    pen.moveTo(px, base);
    pen.lineTo(px + height, marksPx);
  }
  pen.stroke();
  pen.restore();
}
