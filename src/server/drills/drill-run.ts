import type { Clock, Millis } from "#base/time.ts";
import type { DrillSession } from "#simulation/session/drill-session.ts";

import { pause } from "../feed/run-source.ts";

/** Simulated time that is computed at one go, before everybody else of this process has a turn. */
const sliceMs: Millis = 1_000;

/** A machine that slept goes on from where it was, not from where it would have been. */
const longestLeapMs: Millis = 5_000;

const minute: Millis = 60_000;
/** Simulated time: after the evacuation nothing more happens that 15 minutes would not show, and after the way back nothing at all. */
const evacuatedForMs = 15 * minute;
const restoredForMs = minute;
const longestMs = 120 * minute;

export interface DrillRunOptions {
  readonly clock: Clock;
  /** Time between two frames. */
  readonly intervalMs: number;
  /** Simulated seconds per second, asked for anew with every frame. */
  readonly speed: () => number;
  /** Is called at once, and then after every interval. */
  readonly emit: (session: DrillSession) => void;
  readonly signal: AbortSignal;
}

/** Lets time pass in a session until it is over or the signal aborts; resolves to the reason why it is over, a sentence, or to undefined. */
export async function runDrill(session: DrillSession, options: DrillRunOptions): Promise<string | undefined> {
  const { clock, intervalMs, speed, emit, signal } = options;
  const ending = endingOf(session);
  let at = session.elapsedMs;
  let lastAt = clock.now();
  emit(session);
  while (!signal.aborted) {
    await pause(clock, intervalMs, signal);
    const now = clock.now();
    const goal = at + Math.min(now - lastAt, longestLeapMs) * speed();
    lastAt = now;
    while (at < goal && !signal.aborted) {
      at = Math.min(goal, at + sliceMs);
      session.advanceTo(at);
      await othersHaveATurn();
    }
    if (signal.aborted) return undefined;
    emit(session);
    const why = ending();
    if (why !== undefined) return why;
  }
  return undefined;
}

function othersHaveATurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Tells, again and again, whether a session is over by now. */
function endingOf(session: DrillSession): () => string | undefined {
  let stage = session.stage;
  let since = session.elapsedMs;
  return () => {
    const { elapsedMs } = session;
    if (session.stage !== stage) {
      ({ stage } = session);
      since = elapsedMs;
    }
    const forMs = elapsedMs - since;
    if (stage === "evacuated" && forMs >= evacuatedForMs) {
      return "The drill is over: the region has been evacuated for 15 minutes.";
    }
    if (stage === "restored" && forMs >= restoredForMs)
      return "The drill is over: the traffic has come back.";
    return elapsedMs >= longestMs ? "The drill is over: two hours have been simulated." : undefined;
  };
}
