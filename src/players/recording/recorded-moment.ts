import type { Dispose } from "#base/disposer.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { RecordedFrames, type RecordedFramesOptions } from "./recorded-frames.ts";

/** Fetches one frame of a recording: the last at or before a moment. Answers once, unless disposed before; the error is a sentence for people. */
export function recordedMoment(
  options: Omit<RecordedFramesOptions, "aroundMs" | "changed">,
  at: Millis,
  answer: (frame: Result<TrafficSnapshot, string>) => void,
): Dispose {
  let isDone = false;
  const frames = new RecordedFrames({ ...options, aroundMs: 0, changed: () => check() });
  frames.want({ from: at, at, to: at });
  check();
  return finish;

  function check(): void {
    if (isDone) return;
    const isKnown = frames.isKnown({ from: at, to: at });
    const { fault } = frames;
    if (!isKnown && fault === undefined) return;
    finish();
    const frame = isKnown ? frames.lastAt(at) : undefined;
    if (frame !== undefined) answer(ok(frame));
    else answer(err(fault ?? "Nothing was recorded at this moment, nor before it."));
  }

  function finish(): void {
    isDone = true;
    frames.dispose();
  }
}
