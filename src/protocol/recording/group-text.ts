import { ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";

import { malformed, type Malformed } from "../malformed.ts";
import { readFrameLine } from "./frame-line.ts";
import { frameTime, type Stored } from "./recorded-frame.ts";

/** A keyframe and the deltas that follow it, one line each: what a chunk holds, packed. */
export function groupText(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

/** Reads a group; what does not follow from the line before it makes the whole malformed, so that no wrong frame is ever shown. */
export function readGroup(text: string): Result<readonly Stored[], Malformed> {
  const read = readGroupUntil(text, Infinity);
  return read.ok ? ok(read.value.frames) : read;
}

/** The beginning of a group. */
export interface GroupPart {
  readonly frames: readonly Stored[];
  /** Nothing follows in the group. */
  readonly isWhole: boolean;
}

/** Reads a group up to the first frame after a moment, and leaves the rest: reading is most of what showing a moment costs. */
export function readGroupUntil(text: string, until: Millis): Result<GroupPart, Malformed> {
  const frames: Stored[] = [];
  const lines = text.split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const read = readFrameLine(line);
    if (!read.ok) return read;
    const why = whyOutOfOrder(frames.at(-1), read.value);
    if (why !== undefined) return malformed("group", `line ${frames.length + 1}: ${why} is needed`);
    frames.push(read.value);
    if (frameTime(read.value.frame) > until) break;
  }
  if (frames.length === 0) return malformed("group", "at least a keyframe is needed");
  return ok({ frames, isWhole: frames.length === lines.length });
}

function whyOutOfOrder(before: Stored | undefined, { seq, frame }: Stored): string | undefined {
  if (before === undefined) return frame.kind === "key" ? undefined : "a keyframe";
  if (frame.kind === "key") return "a delta";
  if (seq !== before.seq + 1) return `frame ${before.seq + 1}`;
  return frameTime(frame) > frameTime(before.frame) ? undefined : "a later moment";
}
