import type { PlayerPhase } from "#players/player.ts";

import type { DrillActivity, DrillRunning, DrillState } from "./drill-state.ts";

/** What becomes of the drill's state when the player says how it is: a run begins, goes on, or has been stopped. */
export function drillAfter(drill: DrillState, phase: PlayerPhase): DrillState {
  if (phase.kind === "simulated") {
    const { drill: progress } = phase;
    const { basis } = progress;
    const { start } = drill;
    const isKnown = start.kind === "frozen" && start.basis.frame === basis.frame;
    return {
      ...drill,
      activity: { kind: "running", plan: progress.asked, progress },
      start: isKnown ? start : { kind: "frozen", basis, hash: undefined, whyNotKept: undefined },
    };
  }
  if (drill.activity.kind !== "running") return drill;
  return {
    ...drill,
    activity: drill.isPanelOpen ? planAgain(drill.activity) : { kind: "none" },
    start: { kind: "now" },
    last: {
      plan: drill.activity.plan,
      result: drill.activity.progress.result,
      elapsedMs: drill.activity.progress.elapsedMs,
    },
  };
}

function planAgain({ plan, progress }: DrillRunning): DrillActivity {
  return {
    kind: "planning",
    plan,
    commands: [],
    forecast: progress.forecast,
    fault: undefined,
    isComputing: false,
  };
}
