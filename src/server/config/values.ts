import * as z from "zod";

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "500ms", "1s", "5m", "2h", "7d" in milliseconds; a bare number is seconds. Undefined for what is no time. */
export function readTime(raw: string | number): number | undefined {
  const [, amount = "", unit = "s"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(String(raw).trim()) ?? [];
  return amount === "" ? undefined : Number(amount) * (unitsMs[unit] ?? NaN);
}

/** A time in milliseconds, within bounds in milliseconds. */
export function time(leastMs: number, greatestMs: number) {
  return z.union([z.string(), z.number()]).transform((raw, context) => {
    const ms = readTime(raw);
    if (ms !== undefined && ms >= leastMs && ms <= greatestMs) return ms;
    context.addIssue(`write a time from ${leastMs} ms to ${greatestMs} ms, such as 500ms, 1s or 5m`);
    return z.NEVER;
  });
}

const unitsBytes: Readonly<Record<string, number>> = {
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** "500MiB", "10GiB"; a bare number is bytes. */
export const size = z.union([z.string(), z.number()]).transform((raw, context) => {
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmgt]ib)?$/i.exec(String(raw).trim()) ?? [];
  const bytes = Number(amount) * (unit === "" ? 1 : (unitsBytes[unit.toLowerCase()] ?? NaN));
  if (amount !== "" && bytes >= 2 ** 20) return bytes;
  context.addIssue("write a size of at least 1MiB, such as 500MiB or 10GiB");
  return z.NEVER;
});

export function number(least: number, greatest: number, isWhole: boolean) {
  return z.union([z.string(), z.number()]).transform((raw, context) => {
    const value = typeof raw === "number" ? raw : raw.trim() === "" ? NaN : Number(raw);
    const fits = value >= least && value <= greatest && (!isWhole || Number.isInteger(value));
    if (fits) return value;
    context.addIssue(`write ${isWhole ? "a whole number" : "a number"} from ${least} to ${greatest}`);
    return z.NEVER;
  });
}

export const flag = z.union([z.boolean(), z.string()]).transform((raw, context) => {
  if (raw === true || raw === "true" || raw === "1") return true;
  if (raw === false || raw === "false" || raw === "0" || raw === "") return false;
  context.addIssue("write true or false");
  return z.NEVER;
});

/** A list, or its items in one text, separated by commas. */
export const list = z
  .union([z.array(z.string()), z.string()])
  .transform((raw) =>
    (typeof raw === "string" ? raw.split(",") : raw).map((item) => item.trim()).filter(Boolean),
  );
