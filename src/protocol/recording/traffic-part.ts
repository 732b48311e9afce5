import type { ClipHeader } from "./clip-format.ts";
import type { ClipPart } from "./clip-reader.ts";
import type { Moment } from "./framed.ts";

/** Something recorded, in whatever form: moments in ascending time. The header comes first; the end comes last. */
export type TrafficPart =
  | Exclude<ClipPart, { kind: "frame" }>
  | ({ readonly kind: "frame" } & Moment)
  /** What is odd, for people. */
  | { readonly kind: "oddity"; readonly what: string };

/** What a reader of another form yields: moments, oddities, and how it ended. */
type SeriesPart =
  | ({ readonly kind: "moment" } & Moment)
  | { readonly kind: "oddity"; readonly what: string }
  | { readonly kind: "end"; readonly fault: string | undefined };

/** How far apart moments are that do not tell their times, ms. */
export const usualIntervalMs = 1000;

/** A series of another form as if it were a clip of that title. */
export async function* partsOfSeries(
  title: string,
  series: AsyncIterable<SeriesPart>,
): AsyncGenerator<TrafficPart> {
  const header: ClipHeader = {
    feed: "file",
    title: title.slice(0, 256),
    intervalMs: usualIntervalMs,
    names: "real",
  };
  yield { kind: "header", header };
  for await (const part of series) {
    if (part.kind === "moment") yield { kind: "frame", seq: part.seq, snapshot: part.snapshot };
    else if (part.kind === "oddity") yield part;
    else {
      const { fault } = part;
      yield {
        kind: "end",
        outcome: fault === undefined ? { kind: "whole" } : { kind: "faulty", what: fault },
      };
    }
  }
}
