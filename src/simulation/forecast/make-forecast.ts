import { err, ok, type Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { chooseRegions } from "../graph/choose-regions.ts";
import { compileGraph } from "../graph/compile-graph.ts";
import type { DrillGraph } from "../graph/drill-graph.ts";
import type { DrillFault } from "../plan/drill-fault.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { caveatsOf } from "./caveats.ts";
import { usualThresholds, utilisationOf, worstFit, type FitThresholds } from "./fit.ts";
import type { Forecast, Interval, SaviourForecast } from "./forecast.ts";
import { lostFunctions } from "./lost-functions.ts";
import { forecastSaviour } from "./saviour-forecast.ts";
import { splitTraffic } from "./split-traffic.ts";

export interface ForecastOptions {
  readonly thresholds: FitThresholds;
  /** How many connections of the file led nowhere and were left out, for a caveat. */
  readonly danglingEdges: number;
}

const usualOptions: ForecastOptions = { thresholds: usualThresholds, danglingEdges: 0 };

/** What a plan's forecast needs of the plan. */
export type ForecastPlan = Pick<
  DrillPlan,
  "victim" | "saviours" | "split" | "capacityFactor" | "internalTraffic"
>;

/**
 * Would the others survive the loss of the plan's victim? From volumes and errors of one frame, and of the frames before it (the oldest first; may be
 * none), by the gains of the calls; nothing is simulated. Changes nothing that it is given.
 */
export function makeForecast(
  frame: TrafficSnapshot,
  history: readonly TrafficSnapshot[],
  plan: ForecastPlan,
  options: Partial<ForecastOptions> = {},
): Result<Forecast, DrillFault> {
  const graph = compileGraph(frame, history);
  return graph.ok ? forecastFor(graph.value, plan, options) : graph;
}

/** The same on a graph that is compiled already: many plans on one frame. */
export function forecastFor(
  graph: DrillGraph,
  plan: ForecastPlan,
  options: Partial<ForecastOptions> = {},
): Result<Forecast, DrillFault> {
  const { thresholds, danglingEdges } = { ...usualOptions, ...options };
  const chosen = chooseRegions(graph, plan);
  if (!chosen.ok) return err(chosen.error);
  const { victim, saviours } = chosen.value;
  const shares = splitTraffic(chosen.value, plan);
  if (!shares.ok) return err(shares.error);
  const forecasts = saviours.map((saviour) =>
    forecastSaviour(graph, { victim, saviour, share: shares.value.get(saviour.name) ?? 0 }, plan, thresholds),
  );
  const total = totalOf(forecasts);
  const { internalTraffic, capacityFactor } = plan;
  return ok({
    victim: victim.name,
    moved: victim.users,
    saviours: forecasts,
    total,
    verdict: worstFit(forecasts.map(({ fit }) => fit)),
    shed: Math.max(0, total.after - (Number.isNaN(total.capacity.low) ? Infinity : total.capacity.low)),
    lost: lostFunctions(victim, saviours, shares.value, internalTraffic),
    caveats: caveatsOf({ graph, chosen: chosen.value, internalTraffic, capacityFactor, danglingEdges }),
  });
}

function totalOf(saviours: readonly SaviourForecast[]): Forecast["total"] {
  const sum = (valueOf: (saviour: SaviourForecast) => number) =>
    saviours.reduce((total, saviour) => total + valueOf(saviour), 0);
  const after = sum((saviour) => saviour.after);
  const capacity: Interval = {
    low: sum((saviour) => saviour.capacity.low),
    high: sum((saviour) => saviour.capacity.high),
  };
  return { after, capacity, utilisation: utilisationOf(after, capacity) };
}
