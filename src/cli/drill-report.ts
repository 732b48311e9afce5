import { err, ok, type Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { worstFit, type FitThresholds } from "#simulation/forecast/fit.ts";
import type { Fit, Forecast } from "#simulation/forecast/forecast.ts";
import { makeForecast } from "#simulation/forecast/make-forecast.ts";
import { survivalTable, type SurvivalRow } from "#simulation/forecast/survival.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import type { DrillResult } from "#simulation/session/drill-session.ts";
import { startDrill } from "#simulation/session/start-drill.ts";

import type { DrillCommandLine } from "./drill-arguments.ts";

/** What `spillway drill --json` prints. Numbers are as computed; null is what is not known. */
export type DrillReport =
  | {
      readonly kind: "region";
      readonly path: string;
      readonly verdict: Fit;
      readonly plan: DrillPlan;
      readonly forecast: Forecast;
      /** What came of the plan when it was simulated; absent when that was not asked for. */
      readonly run?: DrillRunReport;
    }
  | {
      readonly kind: "all";
      readonly path: string;
      /** The worst of all, each by headroom. */
      readonly verdict: Fit;
      readonly regions: readonly SurvivalRow[];
    }
  | { readonly kind: "failure"; readonly path: string; readonly message: string };

export interface DrillRunReport extends DrillResult {
  /** How long after the failure. */
  readonly simulatedMinutes: number;
  /** Equal for equal runs. */
  readonly hash: string;
}

/** Error-minutes are counted over the first hour, as in the published comparison of policies. */
const simulatedMinutes = 60;

interface ReadFile {
  readonly frame: TrafficSnapshot;
  readonly danglingEdges: number;
}

/** A moment that no reader takes for one, so that it tells files without a time of their own. */
const noMoment = 0;

/** Enough to count what leads nowhere in any real file. */
const diagnosticLimit = 10_000;

/** Computes what the command line asks for on the text of its file. */
export function reportOnDrill(
  request: Extract<DrillCommandLine, { readonly kind: "drill" }>,
  text: string,
): DrillReport {
  const { path, subject, thresholds } = request;
  const file = readFrame(text);
  if (!file.ok) return { kind: "failure", path, message: file.error };
  return subject.kind === "region"
    ? reportOnRegion(path, file.value, subject, thresholds)
    : reportOnAll(path, file.value, { ...subject.options, thresholds });
}

function readFrame(text: string): Result<ReadFile, string> {
  const read = parseVizceral(text, { now: noMoment, diagnosticLimit });
  if (!read.ok) return err(read.error.message);
  const { snapshot, diagnostics } = read.value;
  const danglingEdges = diagnostics.filter(
    ({ kind, found }) => kind === "dropped" && found.includes("is not among the nodes"),
  ).length;
  return ok({ frame: snapshot, danglingEdges });
}

function reportOnRegion(
  path: string,
  { frame, danglingEdges }: ReadFile,
  { plan, isRun }: { readonly plan: DrillPlan; readonly isRun: boolean },
  thresholds: FitThresholds,
): DrillReport {
  const made = makeForecast(frame, [], plan, { thresholds, danglingEdges });
  if (!made.ok) return { kind: "failure", path, message: made.error.message };
  const forecast = made.value;
  const report = { kind: "region", path, verdict: forecast.verdict, plan, forecast } as const;
  if (!isRun) return report;
  const session = startDrill({ frame, history: [], plan, commands: [] });
  if (!session.ok) return { kind: "failure", path, message: session.error.message };
  session.value.advanceTo(simulatedMinutes * 60_000);
  const run = { ...session.value.result(), simulatedMinutes, hash: session.value.hash() };
  // Whoever does not come out of a storm does not survive, whatever the capacities say.
  return { ...report, verdict: run.isStuck ? "does-not-fit" : report.verdict, run };
}

function reportOnAll(
  path: string,
  { frame, danglingEdges }: ReadFile,
  options: Pick<DrillPlan, "capacityFactor" | "internalTraffic"> & { readonly thresholds: FitThresholds },
): DrillReport {
  const table = survivalTable(frame, [], { ...options, danglingEdges });
  if (!table.ok) return { kind: "failure", path, message: table.error.message };
  const regions = table.value;
  return { kind: "all", path, verdict: worstFit(regions.map(fitOfRow)), regions };
}

/** A region without users is no loss; of one that nothing can be said about, it is not known. */
function fitOfRow({ byHeadroom }: SurvivalRow): Fit {
  if (byHeadroom.ok) return byHeadroom.value.verdict;
  return byHeadroom.error.kind === "no-traffic" ? "fits" : "unknown";
}
