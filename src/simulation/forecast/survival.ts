import { ok, type Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { compileGraph } from "../graph/compile-graph.ts";
import type { DrillFault } from "../plan/drill-fault.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { usualThresholds, worstFit, type FitThresholds } from "./fit.ts";
import type { Forecast, SaviourForecast } from "./forecast.ts";
import { forecastFor } from "./make-forecast.ts";

/** Would the others survive the loss of this region? */
export interface SurvivalRow {
  /** The region that goes. */
  readonly region: string;
  /** Its traffic divided by headroom, as in the default plan. */
  readonly byHeadroom: Result<Forecast, DrillFault>;
  /** Its traffic divided as users would spread by themselves. */
  readonly byCurrentShare: Result<Forecast, DrillFault>;
}

export interface SurvivalOptions {
  readonly thresholds: FitThresholds;
  readonly capacityFactor: number;
  readonly internalTraffic: DrillPlan["internalTraffic"];
  readonly danglingEdges: number;
}

const usualOptions: SurvivalOptions = {
  thresholds: usualThresholds,
  capacityFactor: 1,
  internalTraffic: "follows",
  danglingEdges: 0,
};

/**
 * The N-1 table: each region lost in turn, all others its saviours. Fails only where no region can be lost at all; what is wrong with one stands in its
 * row. Changes nothing that it is given.
 */
export function survivalTable(
  frame: TrafficSnapshot,
  history: readonly TrafficSnapshot[],
  options: Partial<SurvivalOptions> = {},
): Result<readonly SurvivalRow[], DrillFault> {
  const graph = compileGraph(frame, history);
  if (!graph.ok) return graph;
  const { thresholds, capacityFactor, internalTraffic, danglingEdges } = { ...usualOptions, ...options };
  const forecastOf = (victim: string, split: DrillPlan["split"]) =>
    forecastFor(
      graph.value,
      { victim, saviours: [], split, capacityFactor, internalTraffic },
      { thresholds, danglingEdges },
    );
  return ok(
    graph.value.regions.map(({ name }) => ({
      region: name,
      byHeadroom: forecastOf(name, { kind: "headroom" }),
      byCurrentShare: forecastOf(name, { kind: "current-share" }),
    })),
  );
}

/** The saviour that fits worst, and among these the fullest. */
export function worstSaviour({ saviours }: Pick<Forecast, "saviours">): SaviourForecast {
  const fit = worstFit(saviours.map((saviour) => saviour.fit));
  return saviours
    .filter((saviour) => saviour.fit === fit)
    .reduce((worst, saviour) => (fullness(saviour) > fullness(worst) ? saviour : worst));
}

/** The greater of the region's utilisation and its worst service's, of the careful capacity; 0 where neither is known. */
function fullness({ utilisation, worstService }: SaviourForecast): number {
  const known = [utilisation.high, worstService?.utilisation.high ?? NaN].filter(
    (value) => !Number.isNaN(value),
  );
  return Math.max(0, ...known);
}
