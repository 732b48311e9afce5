import type { Clock, Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";

import type { Past } from "../../clips/open-past.ts";
import { recordedMoments } from "../../clips/recorded-moments.ts";
import { pause } from "../../feed/run-source.ts";
import { frameAt } from "../../frames/frame-at.ts";
import type { Emit, TrafficSource } from "../traffic-source.ts";

export interface ClipSourceOptions {
  readonly past: Past;
  readonly clock: Clock;
  /** Begins again at the end, with later moments. */
  readonly isRepeated: boolean;
}

/**
 * Plays something recorded: a frame is shown when the clock says its moment. With a clock that began where the recording begins, that is the recording as it was;
 * with one that is beyond it, its last frame, which is as old as it is.
 */
export function clipSource({ past, clock, isRepeated }: ClipSourceOptions): TrafficSource {
  const { header, log, start, end } = past;
  const problems = past.oddities.map((what): Diagnostic => ({
    kind: "dropped",
    place: header.title,
    found: what,
    done: "play what there is",
  }));
  const lengthMs = end - start + header.intervalMs;

  /** What is shown at first: the newest frame that the clock has reached. */
  async function begin(shift: Millis): Promise<Millis> {
    const at = clock.now() - shift;
    return at < start ? start : ((await frameAt(log, Math.min(at, end)))?.at ?? start);
  }

  async function play(shift: Millis, from: Millis, emit: Emit, signal: AbortSignal): Promise<void> {
    for await (const { snapshot } of recordedMoments(log, from, end)) {
      if (snapshot.at > from) await pause(clock, snapshot.at + shift - clock.now(), signal);
      if (signal.aborted) return;
      const isLast = snapshot.at >= end && !isRepeated;
      emit(movedBy(snapshot, shift), isLast ? [...problems, ended(header.title)] : problems);
    }
  }

  return {
    title: header.title,
    intervalMs: header.intervalMs,
    past: { from: start, to: end },
    // What was recorded elsewhere may be real: no drills that everybody sees.
    isMadeUp: false,
    async run(emit, signal) {
      let shift = isRepeated ? Math.max(0, Math.floor((clock.now() - start) / lengthMs)) * lengthMs : 0;
      await play(shift, await begin(shift), emit, signal);
      if (!isRepeated) return;
      while (!signal.aborted) {
        shift += lengthMs;
        await pause(clock, start + shift - clock.now(), signal);
        if (!signal.aborted) await play(shift, start, emit, signal);
      }
    },
  };
}

function ended(title: string): Diagnostic {
  return {
    kind: "note",
    place: title,
    found: "The recording ends here.",
    done: "The picture stands still; the timeline goes back in it.",
  };
}

/** The same traffic, that much later. */
function movedBy(snapshot: TrafficSnapshot, shift: Millis): TrafficSnapshot {
  if (shift === 0) return snapshot;
  const moved = createSnapshot({ ...snapshot, at: snapshot.at + shift, values: snapshot.values.slice() });
  moved.observedAt.forEach((time, node) => {
    moved.observedAt[node] = time + shift;
  });
  return moved;
}
