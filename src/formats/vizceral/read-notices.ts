import { isJsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";
import type { ItemRef } from "#domain/node-path.ts";
import type { Notice, NoticeSeverity, NoticeTarget } from "#domain/notice.ts";

import { plainText, readLink } from "./notice-text.ts";
import { at, quoted, type Place } from "./place.ts";
import { readName, readNumber } from "./read-scalar.ts";
import type { ReadingContext } from "./reading-context.ts";

const noticeKeys: ReadonlySet<string> = new Set(["title", "subtitle", "link", "severity"]);

/** Reads the notices of a node or an edge into the context, and says how many that were. */
export function readNotices(
  context: ReadingContext,
  raw: unknown,
  target: NoticeTarget,
  place: Place,
  about: () => ItemRef,
): number {
  if (raw === undefined || raw === null) return 0;
  if (!Array.isArray(raw)) {
    context.report(
      "dropped",
      place,
      () => `notices is ${quoted(raw)}, not a list`,
      "left the notices out",
      about,
    );
    return 0;
  }
  let count = 0;
  for (const [index, item] of raw.entries()) {
    const here = at(place, index);
    const notice = readNotice(context, item, target, here, about);
    if (notice === undefined) continue;
    if (context.notices.length >= limits.notices) {
      context.log.addOnce("notices", () => ({
        kind: "dropped",
        place: "notices",
        found: `more than ${limits.notices.toLocaleString("en-US")} notices`,
        done: "left the later ones out",
      }));
      return count;
    }
    context.notices.push(notice);
    count += 1;
  }
  return count;
}

function readNotice(
  context: ReadingContext,
  raw: unknown,
  target: NoticeTarget,
  place: Place,
  about: () => ItemRef,
): Notice | undefined {
  const item: Record<string, unknown> = isJsonObject(raw) ? raw : { title: raw };
  const title = readWords(item["title"]);
  const subtitle = readWords(item["subtitle"]);
  const text = title ?? subtitle;
  if (text === undefined) {
    context.report("dropped", place, () => "a notice without a title", "left the notice out", about);
    return undefined;
  }
  for (const key of Object.keys(item)) {
    if (!noticeKeys.has(key)) {
      context.log.addOnce(`notice key ${key}`, () => ({
        kind: "dropped",
        place: "notices",
        found: `notices with the key ${quoted(key)}, which Spillway does not know`,
        done: "left the key out",
      }));
    }
  }
  const link = item["link"] === null ? undefined : readLink(item["link"]);
  if (link === undefined && item["link"] !== undefined && item["link"] !== null) {
    context.report(
      "dropped",
      at(place, "link"),
      () => `the link ${quoted(item["link"])} is no http or https address`,
      "left the link out",
      about,
    );
  }
  return {
    target,
    title: text,
    ...(title === undefined || subtitle === undefined ? {} : { subtitle }),
    ...(link === undefined ? {} : { link }),
    severity: readSeverity(context, item["severity"], at(place, "severity"), about),
  };
}

function readWords(raw: unknown): string | undefined {
  const words = readName(raw);
  if (words === undefined) return undefined;
  const text = plainText(words.value);
  return text.trim() === "" ? undefined : text;
}

function readSeverity(
  context: ReadingContext,
  raw: unknown,
  place: Place,
  about: () => ItemRef,
): NoticeSeverity {
  if (raw === undefined || raw === null) return 0;
  const number = readNumber(raw)?.value;
  const severity: NoticeSeverity = number === undefined || number < 0.5 ? 0 : number < 1.5 ? 1 : 2;
  if (severity !== number) {
    context.report(
      "mended",
      place,
      () => `the severity is ${quoted(raw)}, not 0, 1 or 2`,
      `read it as ${severity}`,
      about,
    );
  }
  return severity;
}
