import { defaultPlan } from "#simulation/plan/default-plan.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";

import type { DrillState } from "./drill-state.ts";

/** Every plan has the same seed unless somebody chooses another: what differs between two runs is then what they differ in. */
export const usualSeed = 1;

/** What of a drill stands in an address. */
export interface DrillLink {
  readonly plan: DrillPlan;
  /** Hash of the frame that it starts from, as the server keeps it; undefined: the traffic of whenever it is run. */
  readonly frame: string | undefined;
  /** What is done in it: a person did it, or a scenario wants it. Sorted by time. */
  readonly commands: readonly DrillCommand[];
  /** Where in a run one is. Only with a frame: without it nobody could come to the same place. */
  readonly run: DrillLinkRun | undefined;
}

export interface DrillLinkRun {
  /** Simulated milliseconds since the failure. */
  readonly atMs: number;
  readonly speed: number;
  readonly isPaused: boolean;
}

/** The plan that the button proposes for a region. */
export function usualPlan(victim: string): DrillPlan {
  return defaultPlan(victim, usualSeed);
}

/** The link to what is planned or runs now. */
export function linkOf({ activity, start, isPanelOpen }: DrillState): DrillLink | undefined {
  if (activity.kind === "none") return undefined;
  const frame = start.kind === "now" ? undefined : start.hash;
  if (activity.kind === "planning") {
    const { plan, commands } = activity;
    return isPanelOpen ? { plan, frame, commands, run: undefined } : undefined;
  }
  const { elapsedMs, speed, isPaused, commands } = activity.progress;
  return {
    plan: activity.plan,
    frame,
    // They are moments of one run: on other traffic they would mean something else.
    commands: frame === undefined ? [] : commands,
    run: frame === undefined ? undefined : { atMs: elapsedMs, speed, isPaused },
  };
}
