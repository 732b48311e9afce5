import { isJsonObject } from "#base/json.ts";
import { limits } from "#domain/limits.ts";

import type { DrillFault } from "./drill-fault.ts";

/** What a number may be. Both ends belong to it. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
  /** What it counts, as in "a number of seconds". */
  readonly unit?: string;
}

/**
 * Takes data from outside apart. Never throws: it keeps the first fault and goes on with something harmless, and whoever reads a whole plan looks at
 * `fault` once, at the end. Places are written as in JavaScript: "policy.phases[2].endS".
 */
export class FieldReader {
  #fault: DrillFault | undefined;

  get fault(): DrillFault | undefined {
    return this.#fault;
  }

  /** Keeps the first; `message` is a sentence for people. */
  refuse(message: string): void {
    this.#fault ??= { kind: "bad-plan", message };
  }

  /** The object with none but these keys; an empty one when it is something else. */
  object(raw: unknown, place: string, keys: readonly string[]): Record<string, unknown> {
    if (!isJsonObject(raw)) {
      this.refuse(`${place} is ${shown(raw)}, not an object. Give it ${listed(keys)}.`);
      return {};
    }
    const unknown = Object.keys(raw).find((key) => !keys.includes(key));
    if (unknown !== undefined) {
      this.refuse(
        `${place} has a part ${shown(unknown)} that nobody knows. Take it out; the parts are ${listed(keys)}.`,
      );
    }
    return raw;
  }

  list(raw: unknown, place: string, most: number): readonly unknown[] {
    if (!Array.isArray(raw)) {
      this.refuse(`${place} is ${shown(raw)}, not a list. Write it in square brackets.`);
      return [];
    }
    if (raw.length > most) {
      this.refuse(`${place} has ${raw.length} entries, and at most ${most} are read. Leave some out.`);
      return [];
    }
    // Holes, which `map` would pass over, become undefined.
    return Array.from({ length: raw.length }, (_, i): unknown => raw[i]);
  }

  number(raw: unknown, place: string, { min, max, isWhole = false, unit }: NumberBounds): number {
    const isGood =
      typeof raw === "number" && raw >= min && raw <= max && (!isWhole || Number.isSafeInteger(raw));
    // JSON does not keep the sign of 0.
    if (isGood) return raw + 0;
    const what = `${isWhole ? "a whole number" : "a number"}${unit === undefined ? "" : ` of ${unit}`}`;
    this.refuse(`${place} is ${shown(raw)}. Make it ${what} from ${min} to ${max}.`);
    return min;
  }

  /** A text as long as a name may be. */
  name(raw: unknown, place: string): string {
    if (typeof raw !== "string") {
      this.refuse(`${place} is ${shown(raw)}, not a name. Write a name in quotes.`);
      return "";
    }
    if (raw.length > limits.nameLength) {
      this.refuse(
        `${place} has ${raw.length} characters, and a name has at most ${limits.nameLength}. Shorten it.`,
      );
      return "";
    }
    return raw;
  }

  oneOf<T extends string>(raw: unknown, place: string, choices: readonly [T, ...T[]]): T {
    const found = choices.find((choice) => choice === raw);
    if (found === undefined) this.refuse(`${place} is ${shown(raw)}. Choose one of ${listed(choices)}.`);
    return found ?? choices[0];
  }
}

const shownLength = 40;

/** A value in a sentence: short, in quotes when it is a text, never its inside when it is large. What a program calls NaN is not for people. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? "not a number" : "an infinite number";
  }
  if (typeof value === "string") {
    return JSON.stringify(value.length > shownLength ? `${value.slice(0, shownLength - 1)}…` : value);
  }
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
