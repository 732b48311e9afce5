import type { Dispose } from "#base/disposer.ts";
import type { Millis } from "#base/time.ts";
import type { DrillBasis } from "#players/drill-control.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";

import { patch, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import type { DrillPlanning, DrillStartFrame } from "./drill-state.ts";

/** How often the forecast follows the traffic. */
const leastGapMs = 5_000;

/**
 * The traffic that the plan would start from: the frozen frame of a link, else the frame that is shown now. Without a history: the link to the run names
 * one frame, and must show the same.
 */
export function startBasis(core: Pick<AppCore, "store" | "player">): DrillBasis | undefined {
  const { start } = core.store.getState().drill;
  if (start.kind === "frozen") return start.basis;
  if (start.kind === "loading") return undefined;
  const frame = core.player.drills?.basis?.frame;
  return frame === undefined ? undefined : { frame, history: [] };
}

export function patchPlanning(core: Pick<AppCore, "store">, change: Partial<DrillPlanning>): void {
  const { activity } = core.store.getState().drill;
  if (activity.kind === "planning") patch(core, "drill", { activity: { ...activity, ...change } });
}

/** Keeps the forecast of the plan up to date: at once when the plan changes, and every few seconds as the traffic does. */
export function followPlan(core: AppCore): Dispose {
  const { store, clock } = core;
  let asked: { plan: DrillPlan; start: DrillStartFrame; basis: DrillBasis; at: Millis } | undefined;
  let cancel: Dispose | undefined;

  function follow({ drill, screen }: AppState): void {
    const { activity, start } = drill;
    if (activity.kind !== "planning") {
      cancel?.();
      asked = undefined;
      return;
    }
    const { plan } = activity;
    const isOther = asked?.plan !== plan || asked.start !== start;
    const isDue = asked !== undefined && clock.now() - asked.at >= leastGapMs && !screen.isHidden;
    if (!isOther && !isDue) return;
    const basis = startBasis(core);
    if (basis === undefined || (!isOther && asked?.basis.frame === basis.frame)) return;
    cancel?.();
    asked = { plan, start, basis, at: clock.now() };
    patchPlanning(core, { isComputing: true });
    cancel = core.simulation.forecast(basis, plan, (answer) => {
      patchPlanning(
        core,
        answer.ok
          ? { forecast: answer.value, fault: undefined, isComputing: false }
          : { forecast: undefined, fault: answer.error, isComputing: false },
      );
    });
  }

  const stop = store.subscribe(follow);
  return () => {
    stop();
    cancel?.();
  };
}
