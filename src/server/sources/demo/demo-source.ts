import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { pause } from "../../feed/run-source.ts";
import type { Emit, TrafficSource } from "../traffic-source.ts";
import { demoTraffic } from "./demo-traffic.ts";

export interface DemoOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly intervalMs: number;
  /** Shows the demo as it is so long after its start, once, and stands still: for pictures that must be the same every time. */
  readonly frozenAt?: Millis;
}

/** The demo's traffic, around the numbers of a snapshot, at a steady beat. */
export function demoSource(base: TrafficSnapshot, options: DemoOptions): TrafficSource {
  const { clock, seed, intervalMs, frozenAt } = options;
  const trafficAt = demoTraffic({ ...base, windowMs: intervalMs }, seed);
  return {
    title: "Demo",
    intervalMs,
    isMadeUp: true,
    async run(emit: Emit, signal: AbortSignal): Promise<void> {
      // On the beat, so that a clock that is told when to start gives the same moments every time.
      const startedAt = Math.floor(clock.now() / intervalMs) * intervalMs;
      if (frozenAt !== undefined) {
        emit(trafficAt(frozenAt, startedAt), []);
        return;
      }
      let elapsedMs = 0;
      while (!signal.aborted) {
        emit(trafficAt(elapsedMs, startedAt + elapsedMs), []);
        await pause(clock, startedAt + elapsedMs + intervalMs - clock.now(), signal);
        // A machine that slept goes on with the present and makes up nothing.
        const present = Math.floor((clock.now() - startedAt) / intervalMs) * intervalMs;
        elapsedMs = Math.max(elapsedMs + intervalMs, present);
      }
    },
  };
}
