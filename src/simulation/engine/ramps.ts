import type { EvacuationPolicy } from "../plan/evacuation-policy.ts";
import { warmth } from "../scaling/instances.ts";

/**
 * How far the saviours are scaled from what was up to their goal, 0 to 1, at a moment of the drill in seconds after the failure. Instances that waited in
 * the dark have been warm since long before; those that start warm up first.
 */
export function scaledAt({ phases }: EvacuationPolicy, tS: number): number {
  let scaled = 0;
  for (const { kind, startS, endS } of phases) {
    if (kind === "ungate") scaled = Math.max(scaled, ramp(tS, startS, endS));
    if (kind === "start") scaled = Math.max(scaled, warmth(tS - endS));
  }
  return scaled;
}

/** 0 until the start, 1 from the end, evenly between; in so many equal steps, the first at the start, where `steps` is given. */
export function ramp(tS: number, startS: number, endS: number, steps?: number): number {
  if (tS < startS) return 0;
  if (tS >= endS) return 1;
  const share = (tS - startS) / (endS - startS);
  return steps === undefined ? share : Math.min(1, (Math.floor(share * steps) + 1) / steps);
}

/** Share of what arrives at the victim that its front door passes on, 0 to 1. */
export function proxiedAt({ phases }: EvacuationPolicy, tS: number): number {
  let proxied = 0;
  for (const { kind, startS, endS, steps } of phases) {
    if (kind === "proxy") proxied = Math.max(proxied, ramp(tS, startS, endS, steps));
  }
  return proxied;
}
