import { formatAge } from "#scene/number-format.ts";
import type { FeedState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

export interface SourceStatus {
  readonly tone: "live" | "calm" | "warning" | "danger";
  readonly word: string;
  /** How old the numbers are; undefined before there are any. */
  readonly age: string | undefined;
  /** The same where there is little room. */
  readonly shortAge: string | undefined;
}

/** The state of the source in a word and an age. */
export function sourceStatus(phase: FeedState["phase"], ageMs: number | undefined): SourceStatus {
  const told = (text: string) => (ageMs === undefined ? undefined : fill(text, { age: formatAge(ageMs) }));
  const age = told(texts.feed.asOf);
  const shortAge = told(texts.feed.old);
  switch (phase.kind) {
    case "live":
      return { tone: "live", word: texts.feed.live, age, shortAge };
    case "paused":
      return { tone: "calm", word: texts.feed.paused, age, shortAge };
    case "simulated":
      return { tone: "warning", word: texts.feed.simulated, age: undefined, shortAge: undefined };
    case "connecting":
      return { tone: "calm", word: texts.feed.connecting, age, shortAge };
    case "stale":
      return { tone: "warning", word: texts.feed.stale, age, shortAge };
    case "reconnecting":
      return { tone: "warning", word: texts.feed.reconnecting, age, shortAge };
    case "refused":
      return { tone: "danger", word: texts.feed.refused, age, shortAge };
  }
}
