import type { DnsCurve } from "../dns-curve.ts";
import { resolvedAt, type NameMove } from "./name-moves.ts";

/** Facebook's Taiji (SOSP 2019, section 3.1.3): how fast a region may be loaded. */
export const pacing = {
  /** Seconds between two shifts. */
  epochS: 300,
  /** Greatest rise of a region's utilisation in an epoch. */
  rise: 0.04,
  /** Share of the remaining way that a shift takes. */
  damping: 0.8,
  /** What is closer to the goal than this much utilisation is closed in one shift: smaller ones are not worth a change. */
  deadBand: 0.01,
} as const;

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
  /** What its load has risen by since the last shift, as stragglers came: it counts, so that no five minutes have more than one rise. */
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

/** How much the victim's load may rise in the coming epoch, requests per second. */
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
  const rise = Math.max(0, Math.min(pacedRise(demand, load, capacity), pacing.rise * capacity - crept));
  if (away > 1e-9) {
    if (proxied === 1) return { proxied, moves: [...moves, { atS: tS, share: -away }], isLast: false };
    const back = Math.min(away, rise / (demand * (1 - proxied)));
    return {
      proxied,
      moves: [...moves, { atS: tS, share: -back }],
      isLast: proxied === 0 && away - back <= 1e-9,
    };
  }
  const arriving = demand * resolvedAt(moves, curve, tS + pacing.epochS);
  const next = Math.max(0, Math.min(proxied, 1 - (load + rise) / arriving));
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
