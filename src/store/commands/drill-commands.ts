import { drillSpeeds } from "#players/drill-control.ts";

import type { AppState } from "../app-state.ts";
import type { Command } from "../command.ts";
import { regionsOf } from "../drill-regions.ts";
import { maySteerShared } from "../drill-sharing.ts";
import { texts } from "../texts.ts";

const { commands: titles } = texts;

function isRunning({ drill }: AppState): boolean {
  return drill.activity.kind === "running";
}

function canRun({ drill: { activity, start } }: AppState): boolean {
  return activity.kind === "planning" && activity.fault === undefined && start.kind !== "loading";
}

/** Traffic can come back once, and only after it has gone. */
function canFailBack({ drill: { activity } }: AppState): boolean {
  if (activity.kind !== "running") return false;
  const { commands, elapsedMs } = activity.progress;
  return elapsedMs >= 0 && !commands.some(({ kind }) => kind === "fail-back");
}

function isOffered({ drill, feed }: AppState): boolean {
  return drill.isOffered && feed.current !== undefined && regionsOf(feed.current.topology).length > 0;
}

/** The speed `step` places further along the list; undefined at its ends, and while no drill runs. */
function otherSpeed({ drill: { activity } }: AppState, step: 1 | -1): number | undefined {
  if (activity.kind !== "running") return undefined;
  return drillSpeeds[drillSpeeds.indexOf(activity.progress.speed) + step];
}

function toSpeed(step: 1 | -1): Command["run"] {
  return ({ actions, store }) => {
    const speed = otherSpeed(store.getState(), step);
    if (speed !== undefined) actions.setDrillSpeed(speed);
  };
}

/** Failing over a region. */
export const drillCommands: readonly Command[] = [
  {
    id: "drill",
    title: titles.drill,
    group: "drill",
    keys: ["d"],
    isOn: ({ drill }) => drill.isPanelOpen,
    isAvailable: (state) => isRunning(state) || isOffered(state),
    run: ({ actions, store }) => {
      if (store.getState().drill.isPanelOpen) actions.closeDrill();
      else actions.openDrill();
    },
  },
  {
    id: "drill-run",
    title: titles["drill-run"],
    group: "drill",
    keys: ["mod+Enter"],
    isAvailable: canRun,
    run: ({ actions }) => actions.runDrill(),
  },
  {
    id: "drill-step",
    title: titles["drill-step"],
    group: "drill",
    keys: ["]"],
    isAvailable: isRunning,
    run: ({ actions }) => actions.stepDrill(1),
  },
  {
    id: "drill-step-back",
    title: titles["drill-step-back"],
    group: "drill",
    keys: ["["],
    isAvailable: isRunning,
    run: ({ actions }) => actions.stepDrill(-1),
  },
  {
    id: "drill-faster",
    title: titles["drill-faster"],
    group: "drill",
    keys: [">"],
    isAvailable: (state) => otherSpeed(state, 1) !== undefined,
    run: toSpeed(1),
  },
  {
    id: "drill-slower",
    title: titles["drill-slower"],
    group: "drill",
    keys: ["<"],
    isAvailable: (state) => otherSpeed(state, -1) !== undefined,
    run: toSpeed(-1),
  },
  {
    id: "drill-fail-back",
    title: titles["drill-fail-back"],
    group: "drill",
    keys: ["b"],
    isAvailable: canFailBack,
    run: ({ actions }) => actions.failBack(),
  },
  {
    id: "drill-restart",
    title: titles["drill-restart"],
    group: "drill",
    keys: [],
    isAvailable: isRunning,
    run: ({ actions }) => actions.restartDrill(),
  },
  {
    id: "drill-stop",
    title: titles["drill-stop"],
    group: "drill",
    keys: ["x"],
    isAvailable: isRunning,
    run: ({ actions }) => actions.stopDrill(),
  },
  {
    id: "drill-link",
    title: titles["drill-link"],
    group: "drill",
    keys: [],
    isAvailable: ({ drill }) => drill.activity.kind !== "none",
    run: ({ actions }) => actions.copyDrillLink(),
  },
  {
    id: "drill-share",
    title: titles["drill-share"],
    group: "drill",
    keys: [],
    isAvailable: (state) =>
      canRun(state) && maySteerShared(state) && state.feed.source?.sharedDrill === undefined,
    run: ({ actions }) => actions.shareDrill(),
  },
  {
    id: "drill-share-stop",
    title: titles["drill-share-stop"],
    group: "drill",
    keys: [],
    isAvailable: (state) => maySteerShared(state) && state.feed.source?.sharedDrill !== undefined,
    run: ({ actions }) => actions.steerSharedDrill("stop"),
  },
];
