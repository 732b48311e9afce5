import { err, ok, type Result } from "#base/result.ts";

import type { VizceralFailure } from "./failure.ts";
import { findJsonFault } from "./json-fault.ts";

export type NotJson = Extract<VizceralFailure, { readonly kind: "not-json" }>;

/** JSON.parse, with errors that name line and column. */
export function parseJson(text: string): Result<unknown, NotJson> {
  // Windows editors begin a file with a byte order mark, which JSON.parse refuses.
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return ok(JSON.parse(json));
  } catch {
    return err(notJson(json));
  }
}

function notJson(text: string): NotJson {
  const fault = findJsonFault(text) ?? { offset: 0, problem: "it is nested too deeply to be read" };
  const before = text.slice(0, fault.offset);
  const line = before.split("\n").length;
  const column = fault.offset - (before.lastIndexOf("\n") + 1) + 1;
  return {
    kind: "not-json",
    line,
    column,
    excerpt: excerpt(text, fault.offset, line),
    message: `This is not JSON: line ${line}, column ${column}: ${fault.problem}.`,
  };
}

/** How much of the line is shown on either side of the fault. */
const shownAround = 36;

function excerpt(text: string, offset: number, line: number): string {
  const lineStart = text.slice(0, offset).lastIndexOf("\n") + 1;
  const lineEnd = text.indexOf("\n", offset);
  const from = Math.max(lineStart, offset - shownAround);
  const to = Math.min(lineEnd === -1 ? text.length : lineEnd, offset + shownAround);
  const margin = `${line} | `;
  const shown = text.slice(from, to).replaceAll(/\p{Cc}/gu, " ");
  return `${margin}${shown}\n${" ".repeat(margin.length + offset - from)}^`;
}
