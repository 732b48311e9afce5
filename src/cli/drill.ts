import { err, ok, type Result } from "#base/result.ts";
import type { Fit } from "#simulation/forecast/forecast.ts";
import { policyIds } from "#simulation/plan/evacuation-policy.ts";

import type { CliIo } from "./cli-io.ts";
import { parseDrillArguments } from "./drill-arguments.ts";
import { reportOnDrill, type DrillReport } from "./drill-report.ts";
import { drillText } from "./drill-text.ts";
import { exitCodes } from "./exit-codes.ts";

/** What `spillway drill` ends with, by its verdict. What is not known cannot be relied on. */
const drillExit: Readonly<Record<Fit, number>> = {
  fits: 0,
  tight: 1,
  "does-not-fit": 2,
  unknown: exitCodes.wrongUsage,
};

export const drillUsage = `Usage: spillway drill --region NAME FILE.json [flags]
       spillway drill --all FILE.json [flags]

Says what would happen if a region went: where its traffic goes, whether the others bear it, and what
would be lost. The forecast is made from one frame of traffic, in Vizceral's format; with --region, the
first hour is also simulated: minutes to evacuate, error-minutes, worst utilisation.

  --region NAME           the region that goes
  --all                   every region in turn, in one table
  --saviours A,B          who takes over (all others)
  --split headroom | current-share | A=2,B=3
                          how its traffic is divided (headroom)
  --policy ${policyIds.join(" | ")}
                          how it is evacuated (nimble)
  --capacity-factor X     capacity is so many times what is known, 0.5 to 3 (1)
  --internal follows | stays
                          whether what begins inside the region moves with the users (follows)
  --tight X               fits up to this utilisation (0.9)
  --fits X                is tight up to this one, and does not fit above it (1.0)
  --seed N                for the parts of a run that are left to chance (1)
  --no-run                forecast only, simulate nothing
  --json                  print a report for programs; null is what is not known
  --help                  print this

Ends with 0 when it fits, 1 when it is tight, 2 when it does not fit or does not recover, and 3 when nothing
can be said: bad input, no known capacity, or called wrongly.
`;

/** Runs `spillway drill` with the arguments that follow the word; resolves to the exit code. */
export async function runDrill(argv: readonly string[], io: CliIo): Promise<number> {
  const parsed = parseDrillArguments(argv);
  if (!parsed.ok) {
    io.err(`${parsed.error}\n\n${drillUsage}`);
    return exitCodes.wrongUsage;
  }
  const request = parsed.value;
  if (request.kind === "help") {
    io.out(drillUsage);
    return exitCodes.done;
  }
  const text = await readText(request.path, io);
  const report: DrillReport = text.ok
    ? reportOnDrill(request, text.value)
    : { kind: "failure", path: request.path, message: text.error };
  io.out(request.asJson ? `${JSON.stringify(report, unknownAsNull, 2)}\n` : drillText(report));
  return report.kind === "failure" ? exitCodes.wrongUsage : drillExit[report.verdict];
}

async function readText(path: string, io: CliIo): Promise<Result<string, string>> {
  try {
    return ok(await io.readFile(path));
  } catch (error: unknown) {
    return err(`The file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What is not known is there, and null: JSON has no NaN, and would leave out undefined. */
function unknownAsNull(_: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
