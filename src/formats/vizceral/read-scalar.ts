import type { Millis } from "#base/time.ts";
import { limits } from "#domain/limits.ts";

/** A value that was read, and whether it had to be changed or converted for that. */
export interface Scalar<T> {
  readonly value: T;
  readonly mended?: string;
}

/** Texts other than names may be four times as long as these. */
export const textLength = limits.nameLength * 4;

/** A rate beyond this is no measurement; sums of rates up to here stay finite and exact enough. */
export const greatestNumber = Number.MAX_SAFE_INTEGER;

const decimal = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i;

/** A finite number, or a text that is one. */
export function readNumber(raw: unknown): Scalar<number> | undefined {
  if (typeof raw === "string") {
    if (raw.length > 64 || !decimal.test(raw)) return undefined;
    const read = readNumber(Number(raw));
    return read && { value: read.value, mended: "read the text as a number" };
  }
  if (typeof raw !== "number" || !Number.isFinite(raw)) return undefined;
  if (Math.abs(raw) > greatestNumber) {
    return {
      value: Math.sign(raw) * greatestNumber,
      mended: "lowered it to the greatest number Spillway counts",
    };
  }
  // -0 would not survive being written and read again.
  return { value: raw === 0 ? 0 : raw };
}

/** A name: a text with something in it, or a number. Its length is for the caller to check. */
export function readName(raw: unknown): Scalar<string> | undefined {
  if (typeof raw === "number" && Number.isFinite(raw)) {
    return { value: String(raw), mended: "read the number as a text" };
  }
  if (typeof raw !== "string" || raw.trim() === "") return undefined;
  return wellFormed(raw);
}

/** A text for people, cut where it is too long. */
export function readText(raw: unknown, length = textLength): Scalar<string> | undefined {
  const name = readName(raw);
  if (name === undefined || name.value.length <= length) return name;
  return { value: cutText(name.value, length), mended: `cut it to ${length} characters` };
}

/** The beginning of a text and an ellipsis, never half of a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** Half a surrogate pair cannot be put into an address. */
function wellFormed(text: string): Scalar<string> {
  // Nearly all texts hold no pair at all, which the plain pattern sees four times as fast.
  if (!/[\uD800-\uDFFF]/.test(text)) return { value: text };
  const whole = text.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
  return whole === text ? { value: text } : { value: whole, mended: "replaced half characters by \uFFFD" };
}

/** How many of each unit a millisecond has; told apart by their size, which is unambiguous from 2001 to 2286. */
const timeUnits = [
  { name: "seconds", least: 1e9, perMilli: 1e-3 },
  { name: "milliseconds", least: 1e12, perMilli: 1 },
  { name: "microseconds", least: 1e15, perMilli: 1e3 },
  { name: "nanoseconds", least: 1e18, perMilli: 1e6 },
] as const;

/** A moment in any unit since 1970. Undefined for what is no moment, such as the 1 that some exporters write. */
export function readTime(raw: unknown): (Scalar<Millis> & { readonly unit: string }) | undefined {
  const number = typeof raw === "string" && decimal.test(raw) ? Number(raw) : raw;
  if (typeof number !== "number") return undefined;
  const unit = timeUnits.find(({ least }) => number >= least && number < least * 10);
  return unit && { value: number / unit.perMilli, unit: unit.name };
}
