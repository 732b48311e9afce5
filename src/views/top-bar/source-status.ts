import { formatAge } from "#scene/number-format.ts";
import type { FeedState } from "#store/app-state.ts";
import { fill, texts } from "#store/texts.ts";

export interface SourceStatus {
  readonly tone: "live" | "replay" | "calm" | "warning" | "danger" | "simulated";
  readonly word: string;
  /** How old the numbers are; undefined before there are any. */
  readonly age: string | undefined;
  /** The same where there is little room. */
  readonly shortAge: string | undefined;
}

/**
 * The state of the source in a word and an age. `isSimulated`: what is shown is a drill, perhaps one that runs in the source. `recording`: the name of what the source
 * plays, where that is something recorded; it stands in place of an age, for nothing of it is now. `isUnrecorded`: the server cannot keep what is shown. `silent`: of how many
 * of the sources that the feed is put together from nothing new comes.
 */
export function sourceStatus(
  phase: FeedState["phase"],
  ageMs: number | undefined,
  isSimulated = false,
  recording?: string,
  isUnrecorded = false,
  silent?: { readonly count: number; readonly silent: number },
): SourceStatus {
  const told = (text: string) => (ageMs === undefined ? undefined : fill(text, { age: formatAge(ageMs) }));
  const age = told(texts.feed.asOf);
  const shortAge = told(texts.feed.old);
  const simulated = { word: texts.feed.simulated, age: undefined, shortAge: undefined };
  const replay = {
    tone: "replay",
    word: texts.replay.word,
    age: recording === undefined ? undefined : fill(texts.replay.of, { name: recording }),
    shortAge: undefined,
  } as const;
  if (recording !== undefined && (phase.kind === "live" || phase.kind === "stale") && !isSimulated)
    return replay;
  switch (phase.kind) {
    case "live":
      if (isSimulated) return { tone: "simulated", ...simulated };
      if (isUnrecorded) return liveBut(texts.feed.notRecorded, texts.feed.notRecorded);
      return silent === undefined
        ? { tone: "live", word: texts.feed.live, age, shortAge }
        : liveBut(fill(texts.feed.someSilent, silent), fill(texts.feed.someSilentShort, silent));
    case "paused":
      return { tone: "calm", word: texts.feed.paused, age, shortAge };
    case "replay":
      return replay;
    case "simulated":
      return { tone: "simulated", ...simulated };
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

/** Numbers come, and something about them is not well. */
function liveBut(age: string, shortAge: string): SourceStatus {
  return { tone: "warning", word: texts.feed.live, age, shortAge };
}
