import { ok, type Result } from "#base/result.ts";

import { malformed, type Malformed } from "../malformed.ts";
import { readFrameLine } from "./frame-line.ts";
import { frameTime, type Stored } from "./recorded-frame.ts";

/** A keyframe and the deltas that follow it, one line each: what a chunk holds, packed. */
export function groupText(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

/** Reads a group; what does not follow from the line before it makes the whole malformed, so that no wrong frame is ever shown. */
export function readGroup(text: string): Result<readonly Stored[], Malformed> {
  const frames: Stored[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const read = readFrameLine(line);
    if (!read.ok) return read;
    const why = whyOutOfOrder(frames.at(-1), read.value);
    if (why !== undefined) return malformed("group", `line ${frames.length + 1}: ${why} is needed`);
    frames.push(read.value);
  }
  return frames.length === 0 ? malformed("group", "at least a keyframe is needed") : ok(frames);
}

function whyOutOfOrder(before: Stored | undefined, { seq, frame }: Stored): string | undefined {
  if (before === undefined) return frame.kind === "key" ? undefined : "a keyframe";
  if (frame.kind === "key") return "a delta";
  if (seq !== before.seq + 1) return `frame ${before.seq + 1}`;
  return frameTime(frame) > frameTime(before.frame) ? undefined : "a later moment";
}
