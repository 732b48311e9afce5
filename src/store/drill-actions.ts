import { err, ok, type Result } from "#base/result.ts";
import { drillSpeeds, usualDrillSpeed, type DrillBasis, type DrillStart } from "#players/drill-control.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";

import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import type { FeedState } from "./app-state.ts";
import { compareRuns } from "./compare-runs.ts";
import { usualPlan, type DrillLink } from "./drill-link.ts";
import { likelyVictim } from "./drill-regions.ts";
import { noDrill, type DrillPlanning } from "./drill-state.ts";
import { patchPlanning, startBasis } from "./follow-plan.ts";
import { texts } from "./texts.ts";

type DrillActions = Pick<
  Actions,
  | "openDrill"
  | "closeDrill"
  | "changePlan"
  | "startFromNow"
  | "runDrill"
  | "setDrillSpeed"
  | "pauseDrill"
  | "seekDrill"
  | "stepDrill"
  | "failBack"
  | "stopDrill"
  | "restartDrill"
  | "compareWith"
  | "openScenario"
>;

export interface DrillDesk {
  readonly actions: DrillActions;
  /** Opens what an address names: a plan, or a run at one of its moments. */
  readonly openLink: (link: DrillLink) => Promise<void>;
  /** The server has been asked to keep the frame that the run started from, and has answered. */
  readonly kept: () => Promise<void>;
  readonly dispose: () => void;
}

export function drillDesk(core: AppCore, toast: Actions["toast"]): DrillDesk {
  const { store, player } = core;
  const comparison = compareRuns(core);
  let speed = usualDrillSpeed;
  let keeping: Promise<void> = Promise.resolve();

  function plan(next: DrillPlan, commands: readonly DrillCommand[] = []): void {
    comparison.close();
    const activity: DrillPlanning = {
      kind: "planning",
      plan: next,
      commands,
      forecast: undefined,
      fault: undefined,
      isComputing: false,
    };
    patch(core, "drill", { isPanelOpen: true, activity });
  }

  /** Asks the server to keep the frame that the run started from, so that a link can name it. */
  async function keep({ frame }: DrillBasis): Promise<void> {
    const feed = store.getState().feed.source?.feed;
    if (feed === undefined) return;
    const answer =
      store.getState().feed.source?.file === undefined
        ? await core.frames.freeze(feed, frame.at)
        : err(texts.clips.drillNotKept);
    const { start } = store.getState().drill;
    if (start.kind !== "frozen" || start.basis.frame !== frame) return;
    patch(core, "drill", {
      start: answer.ok
        ? { ...start, hash: answer.value, whyNotKept: undefined }
        : { ...start, whyNotKept: answer.error },
    });
  }

  async function begin(start: DrillStart): Promise<void> {
    patchPlanning(core, { isComputing: true, fault: undefined });
    const { drills } = player;
    const started: Result<void, DrillFault> =
      drills === undefined ? ok(undefined) : await drills.start(start);
    patchPlanning(core, started.ok ? { isComputing: false } : { isComputing: false, fault: started.error });
    const { drill } = store.getState();
    if (
      drill.activity.kind === "running" &&
      drill.start.kind === "frozen" &&
      drill.start.hash === undefined
    ) {
      keeping = keep(start.basis);
    }
  }

  async function openLink({ plan: linked, frame: hash, commands, run }: DrillLink): Promise<void> {
    plan(linked, commands);
    patch(core, "drill", { start: hash === undefined ? { kind: "now" } : { kind: "loading", hash } });
    if (hash === undefined) return;
    const frame = await core.frames.fetch(hash);
    const { start } = store.getState().drill;
    // Meanwhile a person may have turned to something else.
    if (start.kind !== "loading" || start.hash !== hash) return;
    if (!frame.ok) {
      patch(core, "drill", { start: { kind: "gone", hash, message: frame.error } });
      const { frameGone, frameGoneTip } = texts.drill;
      toast({ kind: "warning", text: `${frameGone}: ${frame.error}`, tip: frameGoneTip });
      return;
    }
    const basis: DrillBasis = { frame: frame.value, history: [] };
    patch(core, "drill", { start: { kind: "frozen", basis, hash, whyNotKept: undefined } });
    if (run !== undefined) await begin({ basis, plan: linked, commands, ...run });
  }

  function closeDrill(): void {
    const { activity, last } = store.getState().drill;
    if (activity.kind === "running") {
      patch(core, "drill", { isPanelOpen: false });
      toast({ kind: "info", text: texts.drill.goesOn });
    } else {
      comparison.close();
      patch(core, "drill", { ...noDrill, last });
    }
  }

  const actions: DrillActions = {
    openDrill: (region) => {
      const state = store.getState();
      const { activity } = state.drill;
      if (activity.kind === "running") {
        patch(core, "drill", { isPanelOpen: true });
        return;
      }
      const victim = region ?? likelyVictim(state);
      if (victim === undefined) {
        const { current } = state.feed;
        toast({ kind: "warning", text: current === undefined ? texts.drill.notYet : texts.drill.noRegions });
      } else if (activity.kind === "planning") actions.changePlan({ victim });
      else plan(usualPlan(victim));
    },
    closeDrill,
    changePlan: (change) => {
      const { activity } = store.getState().drill;
      if (activity.kind !== "planning") return;
      comparison.close();
      patchPlanning(core, { plan: changedPlan(activity.plan, change) });
    },
    startFromNow: () => patch(core, "drill", { start: { kind: "now" } }),
    runDrill: async () => {
      const { drill, feed } = store.getState();
      if (drill.activity.kind !== "planning") return;
      const basis = startBasis(core);
      if (basis === undefined) toast({ kind: "warning", text: texts.drill.notYet });
      else if (basis.frame.simulated !== undefined || isSharedNow(feed)) {
        toast({ kind: "warning", text: texts.drill.alreadySimulated });
      } else {
        // Stopping the drill leads back to the moment that it was started from.
        if (feed.phase.kind === "replay") player.playback?.pause();
        const { plan: planned, commands } = drill.activity;
        {
          await begin({ basis, plan: planned, commands, speed });
          // What is selected dims the rest of the picture; from here on all of it matters.
          if (store.getState().drill.activity.kind === "running") {
            patch(core, "view", { selection: undefined, cursor: undefined });
          }
        }
      }
    },
    setDrillSpeed: (next) => {
      speed = drillSpeeds.reduce(
        (best, one) => (Math.abs(one - next) < Math.abs(best - next) ? one : best),
        1,
      );
      player.drills?.setSpeed(speed);
    },
    pauseDrill: () => {
      const { activity } = store.getState().drill;
      if (activity.kind !== "running") return;
      if (activity.progress.isPaused) player.drills?.resume();
      else player.drills?.pause();
    },
    seekDrill: (elapsedMs) => player.drills?.seek(elapsedMs),
    stepDrill: (direction) => player.drills?.step(direction),
    failBack: () => player.drills?.failBack(),
    stopDrill: () => {
      if (store.getState().drill.activity.kind !== "running") return;
      player.drills?.stop();
      toast({ kind: "info", text: texts.drill.stopped });
    },
    restartDrill: () => player.drills?.restart(),
    compareWith: (policy) => {
      if (policy === undefined) comparison.close();
      else comparison.open(policy);
    },
    openScenario: async (name) => {
      const scenario = await core.frames.scenario(name);
      if (scenario.ok) await openLink({ ...scenario.value, run: undefined });
      else toast({ kind: "error", text: `${texts.drill.scenarioGone}: ${scenario.error}` });
    },
  };
  return { actions, openLink, kept: () => keeping, dispose: comparison.close };
}

/** What is live is simulated. The past is not. */
function isSharedNow({ phase, source }: FeedState): boolean {
  return phase.kind !== "replay" && source?.sharedDrill !== undefined;
}

/** The plan after a change. Shares that were set by hand are those of the regions that took part; they go when these are others. */
function changedPlan(before: DrillPlan, change: Partial<DrillPlan>): DrillPlan {
  const after = { ...before, ...change };
  const isOtherVictim = after.victim !== before.victim;
  const saviours = isOtherVictim && change.saviours === undefined ? [] : after.saviours;
  const isOtherCast = isOtherVictim || change.saviours !== undefined;
  const dropsShares = isOtherCast && change.split === undefined && after.split.kind === "manual";
  return { ...after, saviours, split: dropsShares ? { kind: "headroom" } : after.split };
}
