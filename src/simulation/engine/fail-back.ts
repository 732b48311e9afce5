import type { DnsCurve } from "../dns-curve.ts";
import { pacing } from "../guards/pacing-guard.ts";
import { resolvedAt, type NameMove } from "./name-moves.ts";

/** Not fewer shifts than this: 50 minutes, five times the longest web drain of Maelstrom (OSDI 2018, table 5: drain 10, restore 50 min). */
const leastShifts = 10;

/** Where a restore stands when a shift is due. Rates in requests per second. */
export interface RestoreView {
  readonly tS: number;
  /** What the victim's users send. */
  readonly demand: number;
  /** What the victim serves now. */
  readonly load: number;
  /** What it can serve. */
  readonly capacity: number;
  /** What its load has crept up by since the last shift, as stragglers came: it counts, so that no five minutes have more than one rise. */
  readonly crept: number;
  readonly proxied: number;
  readonly moves: readonly NameMove[];
  readonly curve: DnsCurve;
}

/** One step of the way back. */
export interface Shift {
  readonly proxied: number;
  readonly moves: readonly NameMove[];
  readonly isLast: boolean;
}

/**
 * How much the victim's load may rise in the coming epoch, requests per second: Taiji's guard, within the least number of shifts. A rest that is within the
 * guard's dead band is closed in one.
 */
export function pacedRise(demand: number, load: number, capacity: number): number {
  const gap = Math.max(0, demand - load);
  if (gap <= pacing.deadBand * capacity) return gap;
  return Math.min(pacing.rise * capacity, demand / leastShifts, pacing.damping * gap);
}

/**
 * The evacuation backward, in shifts. While everything that arrives is passed on, names may be given back at once, as nothing of it loads the
 * victim; then the front door passes on less and less. Names that move without a proxy are given back step by step. Either way the load at the end of the
 * epoch, stragglers included, is at most the paced one.
 */
export function nextShift(view: RestoreView): Shift {
  const { demand, load, capacity, crept, proxied, moves, curve, tS } = view;
  const away = Math.max(
    0,
    moves.reduce((sum, { share }) => sum + share, 0),
  );
  const rise = pacedRise(demand, load, capacity);
  if (away > 1e-9) {
    if (proxied === 1) return { proxied, moves: [...moves, { atS: tS, share: -away }], isLast: false };
    const back = Math.min(away, rise / (demand * (1 - proxied)));
    return {
      proxied,
      moves: [...moves, { atS: tS, share: -back }],
      isLast: proxied === 0 && away - back <= 1e-9,
    };
  }
  const arriving = demand * resolvedAt(moves, curve, tS + pacing.epoch);
  const left = Math.max(0, Math.min(rise, pacing.rise * capacity - crept));
  const next = Math.max(0, Math.min(proxied, 1 - (load + left) / arriving));
  const isLast = next === 0 || demand - load <= pacing.deadBand * capacity;
  return { proxied: isLast ? 0 : next, moves, isLast };
}

/** Shifts that a restore of a region that serves nothing takes. */
export function shiftsOf(demand: number, load: number, capacity: number): number {
  let served = load;
  let shifts = 0;
  while (served < demand && shifts < 1000) {
    const rise = pacedRise(demand, served, capacity);
    served = rise < demand - served ? served + rise : demand;
    shifts += 1;
  }
  return shifts;
}
