import { ok } from "#base/result.ts";
import { makeForecast } from "#simulation/forecast/make-forecast.ts";
import { survivalTable } from "#simulation/forecast/survival.ts";
import { startDrill } from "#simulation/session/start-drill.ts";

import type { SimulationEngine } from "./simulation-desk.ts";

/** The simulation of this program. */
export const simulationEngine: SimulationEngine = {
  startDrill,
  makeForecast: ({ frame, history }, plan) => makeForecast(frame, history, plan),
  survival: ({ frame, history }) => {
    const table = survivalTable(frame, history);
    return table.ok
      ? ok(table.value.map(({ region, byHeadroom }) => ({ victim: region, forecast: byHeadroom })))
      : table;
  },
};
