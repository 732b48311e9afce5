import type { SceneEdges } from "./scene.ts";

/** How rates become dots. The legend tells all of it, because a picture whose scale is not known says nothing. */
export interface FlowScale {
  readonly mode: FlowMode;
  /** Requests that one dot stands for (linear), or the rate from which the logarithm counts (logarithmic). */
  readonly worth: number;
  /** Dots per second of an edge whose traffic would be less: a rare dot shows that it lives. */
  readonly floorPerSecond: number;
  /** The worth was raised, because there would have been more dots than `dotsAtMost` on screen. */
  readonly isCapped: boolean;
}

export type FlowMode = "linear" | "logarithmic";

/** One dot in five seconds. */
export const floorPerSecond = 0.2;

/** Dots per second of an edge that carries the view's reference volume, at density 1. */
const dotsAtReference = 1_500;

/** Dots per second per doubling of the rate, on the logarithmic scale. */
const dotsPerDoubling = 14;

/** Failed-over traffic has to fit without the scale changing: the original keeps the same room (globalTrafficGraph.js). */
export const failoverRoom = 1.5;

/** The smallest of 1, 2, 5, 10, 20 ... (and 0.5, 0.2 ...) that is not below the value: a worth that people can say. */
export function roundUp125(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 5]) if (step * power >= value * (1 - 1e-9)) return tidy(step * power);
  return tidy(10 * power);
}

function tidy(value: number): number {
  return Number(value.toPrecision(1));
}

export interface ScaleWish {
  readonly mode: FlowMode;
  /** Requests per second of the busiest edge that must fit: the known peak, or what flows now. */
  readonly reference: number;
  /** Multiplies the number of dots; 1 is usual. */
  readonly density: number;
  readonly dotsAtMost: number;
}

export function chooseScale(wish: ScaleWish, edges: SceneEdges, rates: ArrayLike<number>): FlowScale {
  const base = { mode: wish.mode, floorPerSecond } as const;
  let worth = roundUp125(wish.reference / (dotsAtReference * wish.density));
  let isCapped = false;
  while (dotsOnScreen({ ...base, worth, isCapped }, edges, rates) > wish.dotsAtMost) {
    worth = roundUp125(worth * 1.5);
    isCapped = true;
  }
  return { ...base, worth, isCapped };
}

/** Dots that leave the source per second. Linear in the rate above the floor; 0 only where nothing flows. */
export function dotsPerSecond(scale: FlowScale, rate: number): number {
  if (!(rate > 0)) return 0;
  const dots =
    scale.mode === "linear" ? rate / scale.worth : dotsPerDoubling * Math.log2(1 + rate / scale.worth);
  return Math.max(scale.floorPerSecond, dots);
}

function dotsOnScreen(scale: FlowScale, edges: SceneEdges, rates: ArrayLike<number>): number {
  let dots = 0;
  for (let edge = 0; edge < edges.count; edge += 1) {
    dots += dotsPerSecond(scale, rates[edge]!) * (edges.flightMs[edge]! / 1000);
  }
  return dots;
}
