import type { Millis } from "#base/time.ts";

import type { GroupInfo } from "./recording.ts";

/** The groups that reach into a stretch, and the nearest on either side: whoever asks for a moment in a gap learns what it lies between. */
export function withNeighbours(
  all: readonly GroupInfo[],
  { from, to }: { readonly from: Millis; readonly to: Millis },
): readonly GroupInfo[] {
  const first = all.findIndex(({ end }) => end >= from);
  const last = all.findLastIndex(({ start }) => start <= to);
  return all.slice(first < 0 ? -1 : Math.max(0, first - 1), last + 2);
}
