import type { SimulationService } from "#players/simulation-service.ts";

const nothing = (): void => undefined;

/** Never answers: for a page in which nothing is simulated. */
export const idleSimulation: SimulationService = {
  forecast: () => nothing,
  survival: () => nothing,
  outcome: () => nothing,
  run: () => ({ advanceTo: nothing, failBack: nothing, dispose: nothing }),
};
