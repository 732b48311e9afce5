import { isJsonObject, type Json, type JsonObject } from "#base/json.ts";

import type { DiagnosticLog } from "./diagnostic-log.ts";
import { at, placeText, quoted, type Place } from "./place.ts";

/** Bounds on what is kept without being understood. One unit is a value or a UTF-16 unit of text. */
export const extraLimits = {
  depth: 16,
  /** Of one key: a page of metadata, not a database. */
  perKey: 65_536,
  /** Of one file: 4 million units are some 10 MB of memory. */
  perFile: 4_194_304,
} as const;

/** Copies what Spillway does not know, so that writing the file again gives it back. Never hands out parts of the input. */
export class ExtraKeeper {
  readonly #log: DiagnosticLog;
  #left: number = extraLimits.perFile;

  constructor(log: DiagnosticLog) {
    this.#log = log;
  }

  /** A copy of the object's keys, without those that are `known`, but with those of them that are `unread`; undefined when none is left. */
  keep(
    raw: Record<string, unknown>,
    place: Place | undefined,
    known: ReadonlySet<string> = noKeys,
    unread: readonly string[] = [],
  ): JsonObject | undefined {
    const kept: [string, Json][] = [];
    for (const key of Object.keys(raw)) {
      if (known.has(key) && !unread.includes(key)) continue;
      const copy = this.#copyKey(key, raw[key], place);
      if (copy !== undefined) kept.push([key, copy]);
    }
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }

  #copyKey(key: string, value: unknown, place: Place | undefined): Json | undefined {
    const budget = { left: Math.min(this.#left, extraLimits.perKey) - key.length };
    const before = budget.left + key.length;
    const copy =
      key === "__proto__" ? new Refusal("it would change how objects work") : copyJson(value, 1, budget);
    if (copy instanceof Refusal) {
      this.#log.add(() => ({
        kind: "dropped",
        place: placeText(at(place, key)),
        found: `the key ${quoted(key)} cannot be kept: ${copy.why}`,
        done: "left the key out",
      }));
      return undefined;
    }
    this.#left -= before - budget.left;
    return copy;
  }
}

const noKeys: ReadonlySet<string> = new Set();

class Refusal {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

function copyJson(value: unknown, depth: number, budget: { left: number }): Json | Refusal {
  budget.left -= typeof value === "string" ? 1 + value.length : 1;
  if (budget.left < 0) return new Refusal("it is too large");
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return new Refusal("it holds a number that JSON does not have");
    return value === 0 ? 0 : value;
  }
  if (depth > extraLimits.depth) return new Refusal(`it is nested deeper than ${extraLimits.depth} levels`);
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const item of value) {
      const copy = copyJson(item, depth + 1, budget);
      if (copy instanceof Refusal) return copy;
      items.push(copy);
    }
    return items;
  }
  if (!isJsonObject(value)) return new Refusal(`it is ${quoted(value)}`);
  const entries: [string, Json][] = [];
  for (const key of Object.keys(value)) {
    budget.left -= key.length;
    const copy =
      key === "__proto__"
        ? new Refusal("a key inside it would change how objects work")
        : copyJson(value[key], depth + 1, budget);
    if (copy instanceof Refusal) return copy;
    entries.push([key, copy]);
  }
  return Object.fromEntries(entries);
}
