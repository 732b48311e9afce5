import { err, ok } from "#base/result.ts";
import type { DrillFrames } from "#players/drill-frames.ts";
import { createDrillPlayer } from "#players/drill-player.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { DrillPlanning, DrillRunning, DrillState } from "#store/drill-state.ts";

import { twoRegions } from "./builders.ts";
import { directSimulation, type DirectSimulation } from "./direct-simulation.ts";
import { testStart } from "./manual-clock.ts";
import { noFrames } from "./no-frames.ts";
import { createTestApp, type TestApp } from "./test-app.ts";
import { turns } from "./turns.ts";

/** The frame that a drill app shows at first. */
export const drillFrame = twoRegions(testStart);

/** A server that keeps one frame, `drillFrame`, under the hash "0f". */
export const keepingFrames: DrillFrames = {
  ...noFrames,
  freeze: () => Promise.resolve(ok("0f")),
  fetch: (hash) => Promise.resolve(hash === "0f" ? ok(drillFrame) : err("It is gone.")),
};

export interface DrillApp extends TestApp {
  readonly simulation: DirectSimulation;
  readonly drill: () => DrillState;
  /** @throws when nothing is planned. */
  readonly planning: () => DrillPlanning;
  /** @throws when nothing runs. */
  readonly running: () => DrillRunning;
  readonly toasts: () => readonly string[];
  /** Opens the plan for a region and runs it. */
  readonly run: (region?: string) => Promise<void>;
}

/** An app in which drills run at once, with the tiny engine. */
export function createDrillApp(
  search = "",
  frames: DrillFrames = keepingFrames,
  snapshot: TrafficSnapshot | "none yet" = drillFrame,
): DrillApp {
  const simulation = directSimulation();
  const test = createTestApp(snapshot === "none yet" ? undefined : snapshot, search, {
    simulation: simulation.service,
    frames,
    playing: (player, clock) => createDrillPlayer(player, { simulation: simulation.service, clock }),
  });
  const { store, actions } = test.app;
  // Losses are looked at once there is a picture.
  actions.setDrawing({ isDrawn: true });
  const drill = () => store.getState().drill;
  return {
    ...test,
    simulation,
    drill,
    planning: () => {
      const { activity } = drill();
      if (activity.kind !== "planning") throw new Error(`nothing is planned: ${activity.kind}`);
      return activity;
    },
    running: () => {
      const { activity } = drill();
      if (activity.kind !== "running") throw new Error(`nothing runs: ${activity.kind}`);
      return activity;
    },
    toasts: () => store.getState().toasts.map(({ text }) => text),
    run: async (region = "east") => {
      actions.openDrill(region);
      await actions.runDrill();
      await turns();
    },
  };
}
