import type { Millis } from "#base/time.ts";
import type { DrillCommand } from "#simulation/plan/drill-plan.ts";
import type { PhaseProgress } from "#simulation/session/drill-session.ts";

import { drillFrameMs } from "./drill-control.ts";

/** How long a run goes on after its last phase: the slowest tenth of the clients follows DNS minutes later, and queues empty. */
const afterLastPhaseMs = 600_000;

/** How long the world is looked at after a failure that nobody does anything about, and after the command to fail back. */
const withoutPhasesMs = 900_000;

/** Nothing that is worth seeing comes after this moment, unless a person does something. Simulated milliseconds since the failure. */
export function endOfRun(phases: readonly PhaseProgress[], commands: readonly DrillCommand[]): Millis {
  const ends = [
    withoutPhasesMs,
    ...phases.map(({ endS }) => endS * 1000 + afterLastPhaseMs),
    ...commands.map(({ atMs }) => atMs + withoutPhasesMs),
  ];
  // A whole second: a session in steps comes to no other moment for sure.
  return Math.ceil(Math.max(...ends) / drillFrameMs) * drillFrameMs;
}

/** The moment of the frame after this one: the next whole second. */
export function nextFrameMs(elapsedMs: Millis): Millis {
  return (Math.floor(elapsedMs / drillFrameMs) + 1) * drillFrameMs;
}

/** The moment of the last frame that is not after this one. */
export function frameMsAt(elapsedMs: Millis): Millis {
  return Math.floor(elapsedMs / drillFrameMs) * drillFrameMs;
}

/** The moment of the frame before this one. */
export function frameMsBefore(elapsedMs: Millis): Millis {
  return (Math.ceil(elapsedMs / drillFrameMs) - 1) * drillFrameMs;
}
