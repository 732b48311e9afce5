import { err, ok, type Result } from "#base/result.ts";

import type { DrillFault } from "./drill-fault.ts";
import type { DrillCommand } from "./drill-plan.ts";
import { FieldReader } from "./field-reader.ts";

/** More than a person presses in a drill. */
const mostCommands = 1_000;

/** A day in milliseconds, as for the phases of a policy. */
const longestMs = 86_400_000;

/** What somebody did in a drill, out of parsed JSON from outside, sorted by time. Bounded, and never throws. */
export function readCommands(raw: unknown): Result<readonly DrillCommand[], DrillFault> {
  const fields = new FieldReader();
  const commands = fields
    .list(raw, "commands", mostCommands)
    .map((entry, i) => readCommand(fields, entry, `commands[${i}]`))
    .toSorted((a, b) => a.atMs - b.atMs);
  return fields.fault === undefined ? ok(commands) : err(fields.fault);
}

function readCommand(fields: FieldReader, raw: unknown, place: string): DrillCommand {
  const { atMs, kind } = fields.object(raw, place, ["atMs", "kind"]);
  return {
    atMs: fields.number(atMs, `${place}.atMs`, { min: -longestMs, max: longestMs, unit: "milliseconds" }),
    kind: fields.oneOf(kind, `${place}.kind`, ["fail-back"]),
  };
}
