import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";

import { smoothNoise } from "../demo/smooth-noise.ts";

/** Lets the numbers of a snapshot wander around what they are, each edge by itself, by at most the share `amount` (0.1 = 10 %). */
export function jitter(
  base: TrafficSnapshot,
  amount: number,
  seed: number,
): (elapsedMs: Millis) => TrafficSnapshot {
  if (amount === 0) return () => base;
  const classes = base.topology.classes.length;
  const edges = base.topology.edges.map((_, edge) => smoothNoise(`jitter ${edge}`, seed));
  return (elapsedMs) => {
    const snapshot = createSnapshot({ ...base, values: base.values.slice() });
    edges.forEach((noise, edge) => {
      const factor = 1 + amount * noise(elapsedMs);
      for (let slot = edge * classes; slot < (edge + 1) * classes; slot += 1) {
        const rate = must(base.rates[slot]);
        // Five digits: what is invented needs no more, and each costs a byte on the wire.
        snapshot.rates[slot] = factor === 1 ? rate : Number((rate * factor).toPrecision(5));
      }
    });
    return snapshot;
  };
}
