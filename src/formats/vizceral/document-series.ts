import type { Millis } from "#base/time.ts";
import { linger, type Lingering } from "#domain/linger.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";

import { parseVizceral } from "./parse-vizceral.ts";

/** A document in Vizceral's format, of several that follow each other. */
export interface DocumentText {
  /** Where it stands: "line 3", "b.json". */
  readonly place: string;
  readonly text: string;
}

/** Documents as moments in ascending time; the end comes last. `fault` is a sentence: nothing that was read can be relied on then. */
export type SeriesPart =
  | { readonly kind: "moment"; readonly seq: number; readonly snapshot: TrafficSnapshot }
  /** What is odd, for people. */
  | { readonly kind: "oddity"; readonly what: string }
  | { readonly kind: "end"; readonly fault: string | undefined };

export interface SeriesOptions {
  /** When the first one is, where it does not say so itself. */
  readonly startAt: Millis;
  /** How far apart those are that do not tell their times, ms. */
  readonly intervalMs: number;
}

/** Reads documents one after another. Where one tells no time, or one that is not later than that of the one before, it follows it by the interval. */
export async function* readSeries(
  texts: AsyncIterable<DocumentText>,
  { startAt, intervalMs }: SeriesOptions,
): AsyncGenerator<SeriesPart> {
  let shown: Lingering | undefined;
  let seq = 0;
  let untimed = 0;
  let fault: string | undefined;
  try {
    for await (const { place, text } of texts) {
      const before = shown?.snapshot.at;
      const now = before === undefined ? Math.floor(startAt) : before + intervalMs;
      const parsed = parseVizceral(text, { now, windowMs: intervalMs });
      if (!parsed.ok) {
        fault = `${place}: ${parsed.error.message}`;
        break;
      }
      const { snapshot } = parsed.value;
      const isLate = before !== undefined && snapshot.at <= before;
      if (isLate) untimed += 1;
      shown = linger(shown, isLate ? createSnapshot({ ...snapshot, at: now }) : snapshot, 0);
      seq += 1;
      yield { kind: "moment", seq, snapshot: shown.snapshot };
    }
  } catch (error: unknown) {
    fault = error instanceof Error ? error.message : String(error);
  }
  if (untimed > 0) yield { kind: "oddity", what: timesSet(untimed) };
  yield { kind: "end", fault: fault ?? (seq === 0 ? nothing : undefined) };
}

const nothing = "There is no document in it. A folder needs files that end in .json.";

function timesSet(count: number): string {
  const what = count === 1 ? "One document tells a time" : `${count} documents tell a time`;
  return `${what} that is not later than that of the one before; set to a second after it.`;
}
