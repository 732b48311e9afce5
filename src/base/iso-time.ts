import type { Millis } from "./time.ts";

const dayMs = 86_400_000;

/** "2026-11-28T04:00:00Z", with milliseconds only where there are some. For years 0 to 9999. */
export function isoTime(at: Millis): string {
  const whole = Math.floor(at);
  const days = Math.floor(whole / dayMs);
  const inDay = whole - days * dayMs;
  const { year, month, day } = dateOf(days);
  const seconds = Math.floor(inDay / 1000);
  const ms = inDay % 1000;
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((n) =>
    padded(n),
  );
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}T${time.join(":")}${ms === 0 ? "" : `.${padded(ms, 3)}`}Z`;
}

function padded(value: number, digits = 2): string {
  return String(value).padStart(digits, "0");
}

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Reads a moment as ISO 8601 writes it, with "Z" or a difference to UTC; undefined where it is none. */
export function readIsoTime(text: string): Millis | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const ms = Number((found[7] ?? "").padEnd(3, "0"));
  const offset = (found[8] === "-" ? -1 : 1) * (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0));
  const days = daysTo(year, month, day);
  const back = dateOf(days);
  if (back.month !== month || back.day !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  return days * dayMs + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms;
}

/** Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
function daysTo(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The other way round (civil_from_days, same source). */
function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}
