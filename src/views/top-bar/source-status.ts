import { formatAge } from "#scene/number-format.ts";
import type { FeedState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

export interface SourceStatus {
  readonly tone: "live" | "calm" | "warning" | "danger";
  readonly word: string;
  /** How old the numbers are; undefined before there are any. */
  readonly age: string | undefined;
}

/** The state of the source in a word and an age. */
export function sourceStatus(phase: FeedState["phase"], ageMs: number | undefined): SourceStatus {
  const age = ageMs === undefined ? undefined : fill(texts.feed.asOf, { age: formatAge(ageMs) });
  switch (phase.kind) {
    case "live":
      return { tone: "live", word: texts.feed.live, age };
    case "paused":
      return { tone: "calm", word: texts.feed.paused, age };
    case "simulated":
      return { tone: "warning", word: texts.feed.simulated, age: undefined };
    case "connecting":
      return { tone: "calm", word: texts.feed.connecting, age };
    case "stale":
      return { tone: "warning", word: texts.feed.stale, age };
    case "reconnecting":
      return { tone: "warning", word: texts.feed.reconnecting, age };
    case "refused":
      return { tone: "danger", word: texts.feed.refused, age };
  }
}
