import type { Millis } from "#base/time.ts";

export interface TimeStyle {
  readonly utc: boolean;
  /** Digits behind the second: sources with several frames a second need them. */
  readonly digits?: 0 | 1 | 2 | 3;
  readonly date?: boolean;
}

const known = new Map<string, Intl.DateTimeFormat>();

/** "04:12:33", "28 Nov 04:12:33.4": a moment as people read it, in this machine's zone or in UTC. */
export function formatMoment(at: Millis, { utc, digits = 0, date = false }: TimeStyle): string {
  const key = `${utc}${digits}${date}`;
  const format =
    known.get(key) ??
    new Intl.DateTimeFormat("en-GB", {
      hourCycle: "h23",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      ...(digits === 0 ? {} : { fractionalSecondDigits: digits }),
      ...(date ? { day: "numeric", month: "short" } : {}),
      ...(utc ? { timeZone: "UTC" } : {}),
    });
  known.set(key, format);
  return format.format(at).replace(", ", " ");
}

/** Whether two moments lie on different days. */
export function isOtherDay(a: Millis, b: Millis, utc: boolean): boolean {
  return dayOf(a, utc) !== dayOf(b, utc);
}

const days = new Map<boolean, Intl.DateTimeFormat>();

function dayOf(at: Millis, utc: boolean): string {
  const format =
    days.get(utc) ??
    new Intl.DateTimeFormat("en-GB", { dateStyle: "short", ...(utc ? { timeZone: "UTC" } : {}) });
  days.set(utc, format);
  return format.format(at);
}
