import { parseArgs } from "node:util";

import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { didYouMean } from "#server/config/nearest-name.ts";

/** Flags of a command: whether each takes a value. */
export type FlagTable = Readonly<Record<string, "switch" | "value">>;

export interface Given {
  readonly switches: ReadonlySet<string>;
  /** The last value of each flag. */
  readonly values: ReadonlyMap<string, string>;
  readonly paths: readonly string[];
}

/** The arguments of a command by its own table; the error is a sentence. */
export function readFlags(argv: readonly string[], table: FlagTable): Result<Given, string> {
  const names = Object.keys(table);
  const end = argv.indexOf("--");
  for (const argument of end === -1 ? argv : argv.slice(0, end)) {
    const [flag = ""] = argument.split("=");
    if (flag.startsWith("-") && !names.includes(flag.slice(2))) {
      const flags = names.map((name) => `--${name}`);
      return err(`There is no flag ${flag} here.${didYouMean(flag, flags)}`);
    }
  }
  const options = Object.fromEntries(
    names.map((name) => [
      name,
      { type: table[name] === "switch" ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const given = Object.entries(values);
    return ok({
      switches: new Set(given.filter(([, value]) => value === true).map(([name]) => name)),
      values: new Map(given.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))),
      paths: positionals,
    });
  } catch (error: unknown) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** "2026-01-06T12:00:00Z", or milliseconds since 1970. */
export function readMoment(text: string, flag: string): Result<Millis, string> {
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) ? ok(at) : err(`${flag}: write a moment such as 2026-01-06T12:00:00Z.`);
}
