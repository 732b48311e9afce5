import { readIsoTime } from "#base/iso-time.ts";
import type { Millis } from "#base/time.ts";

/** "2026-01-06 12:00:00": a moment as it can be typed, in this machine's zone or in UTC. What is less than a second is left out. */
export function momentField(at: Millis, utc: boolean): string {
  return formatOf(utc).format(at);
}

/** Reads what has been typed; undefined where it is no moment. */
export function readMomentField(text: string, utc: boolean): Millis | undefined {
  const asUtc = readIsoTime(`${text.trim().replace(/\s+/, "T")}Z`);
  if (asUtc === undefined || utc) return asUtc;
  // Twice: around a change of the clocks the first guess may be an hour off.
  return asUtc - offsetAt(asUtc - offsetAt(asUtc));
}

/** How far ahead of UTC this machine's zone is at a moment. */
function offsetAt(at: Millis): number {
  const local = readIsoTime(`${momentField(at, false).replace(" ", "T")}Z`);
  return local === undefined ? 0 : local - Math.floor(at / 1000) * 1000;
}

const formats = new Map<boolean, Intl.DateTimeFormat>();

function formatOf(utc: boolean): Intl.DateTimeFormat {
  const known = formats.get(utc);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "medium",
    ...(utc ? { timeZone: "UTC" } : {}),
  });
  formats.set(utc, format);
  return format;
}
