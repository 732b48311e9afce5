import type { Diagnostic } from "#domain/diagnostic.ts";
import { limits } from "#domain/limits.ts";
import type { SourceMessage } from "#protocol/messages.ts";

import type { Feed } from "./feed.ts";

/** The bounds of the wire on lists and sentences of diagnostics. */
const greatestProblems = 200;
const sentenceLength = limits.nameLength * 4;

/** What changes with the sources' health are problems too: the message is sent anew with these. */
export function sourceMessage({ id, problems, sources }: Feed): SourceMessage {
  return {
    feed: id,
    problems: problems.slice(0, greatestProblems).map((problem) => withinBounds(problem)),
    ...(sources === undefined ? {} : { sources: { ...sources } }),
  };
}

function withinBounds({ kind, place, found, done, about }: Diagnostic): SourceMessage["problems"][number] {
  return {
    kind,
    place: cut(place),
    found: cut(found),
    done: cut(done),
    ...(about === undefined
      ? {}
      : {
          about:
            about.kind === "node"
              ? { ...about, path: [...about.path] }
              : { ...about, parent: [...about.parent] },
        }),
  };
}

function cut(text: string): string {
  return text.length <= sentenceLength ? text : `${text.slice(0, sentenceLength - 3)}...`;
}
