import { exp } from "#base/exact-math.ts";

import type { EvacuationPolicy } from "../plan/evacuation-policy.ts";

/**
 * A new instance does e0 of its full work at first and warms up with the time constant tau (reference model, section 4: e(t) = 1 - (1 - e0) exp(-t / tau)).
 * Instances that waited in the dark have been warm since long before.
 */
const warmUp = { e0: 0.3, tauS: 60 } as const;

/** How far the saviours are scaled from what was up to their goal, 0 to 1, at a moment of the drill in seconds after the failure. */
export function scaledAt({ phases }: EvacuationPolicy, tS: number): number {
  let scaled = 0;
  for (const { kind, startS, endS } of phases) {
    if (kind === "ungate") scaled = Math.max(scaled, ramp(tS, startS, endS));
    if (kind === "start" && tS >= endS) {
      scaled = Math.max(scaled, 1 - (1 - warmUp.e0) * exp((endS - tS) / warmUp.tauS));
    }
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
