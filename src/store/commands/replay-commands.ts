import { replaySpeeds } from "#players/replay-control.ts";

import type { AppState } from "../app-state.ts";
import type { Command } from "../command.ts";
import { momentShown } from "../replay-actions.ts";
import { texts } from "../texts.ts";

const { commands: titles } = texts;

/** Stretch that is looped where nobody has chosen one: around the moment, half a minute. */
const usualLoopMs = 30_000;
const leastLoopMs = 1_000;

function isReplaying({ feed }: AppState): boolean {
  return feed.phase.kind === "replay";
}

/** Whether there is a past to go to. A drill is in the way. */
export function hasPast({ feed, replay }: AppState): boolean {
  return feed.phase.kind !== "simulated" && replay.recording.kind === "known" && replay.range !== undefined;
}

/** The speed `step` places further along the list; undefined at its ends, and while what is live is shown. */
function otherSpeed({ feed: { phase } }: AppState, step: 1 | -1): number | undefined {
  if (phase.kind !== "replay") return undefined;
  return replaySpeeds[replaySpeeds.indexOf(phase.replay.speed) + step];
}

function toSpeed(step: 1 | -1): Command["run"] {
  return ({ actions, store }) => {
    const speed = otherSpeed(store.getState(), step);
    if (speed !== undefined) actions.setReplaySpeed(speed);
  };
}

/** The loop that a command makes of the one there is: its start or its end comes to the moment that is shown. */
function bounding(side: "from" | "to"): Command["run"] {
  return ({ actions, store, clock }) => {
    const state = store.getState();
    const at = momentShown(state, clock.now());
    if (at === undefined) return;
    const loop = state.replay.progress?.loop;
    if (side === "from") {
      const to = loop !== undefined && loop.to - at >= leastLoopMs ? loop.to : at + usualLoopMs;
      actions.loopReplay({ from: at, to });
    } else {
      const from = loop !== undefined && at - loop.from >= leastLoopMs ? loop.from : at - usualLoopMs;
      actions.loopReplay({ from, to: at });
    }
  };
}

/** Going through the past. */
export const replayCommands: readonly Command[] = [
  {
    id: "replay-step",
    title: titles["replay-step"],
    group: "time",
    keys: ["]"],
    isAvailable: isReplaying,
    run: ({ actions }) => actions.stepReplay(1),
  },
  {
    id: "replay-step-back",
    title: titles["replay-step-back"],
    group: "time",
    keys: ["["],
    isAvailable: (state) => isReplaying(state) || (hasPast(state) && state.scene?.found === undefined),
    run: ({ actions }) => actions.stepReplay(-1),
  },
  {
    id: "replay-faster",
    title: titles["replay-faster"],
    group: "time",
    keys: [">"],
    isAvailable: (state) => otherSpeed(state, 1) !== undefined,
    run: toSpeed(1),
  },
  {
    id: "replay-slower",
    title: titles["replay-slower"],
    group: "time",
    keys: ["<"],
    isAvailable: (state) => otherSpeed(state, -1) !== undefined,
    run: toSpeed(-1),
  },
  {
    id: "previous-mark",
    title: titles["previous-mark"],
    group: "time",
    keys: ["shift+ArrowLeft"],
    isAvailable: hasPast,
    run: ({ actions }) => actions.jumpToMark(-1),
  },
  {
    id: "next-mark",
    title: titles["next-mark"],
    group: "time",
    keys: ["shift+ArrowRight"],
    isAvailable: isReplaying,
    run: ({ actions }) => actions.jumpToMark(1),
  },
  {
    id: "loop",
    title: titles.loop,
    group: "time",
    keys: ["r"],
    isAvailable: isReplaying,
    isOn: ({ replay }) => replay.progress?.loop !== undefined,
    run: ({ actions, store, clock }) => {
      const state = store.getState();
      const at = momentShown(state, clock.now());
      if (state.replay.progress?.loop !== undefined) actions.loopReplay(undefined);
      else if (at !== undefined) actions.loopReplay({ from: at - usualLoopMs / 2, to: at + usualLoopMs / 2 });
    },
  },
  {
    id: "loop-start",
    title: titles["loop-start"],
    group: "time",
    keys: ["{"],
    isAvailable: isReplaying,
    run: bounding("from"),
  },
  {
    id: "loop-end",
    title: titles["loop-end"],
    group: "time",
    keys: ["}"],
    isAvailable: isReplaying,
    run: bounding("to"),
  },
  {
    id: "timeline",
    title: titles.timeline,
    group: "time",
    keys: ["h"],
    isOn: ({ settings }) => settings.timeline,
    run: ({ actions, store }) => actions.changeSettings({ timeline: !store.getState().settings.timeline }),
  },
  {
    id: "utc",
    title: titles.utc,
    group: "time",
    keys: ["z"],
    isOn: ({ settings }) => settings.utc,
    run: ({ actions, store }) => actions.changeSettings({ utc: !store.getState().settings.utc }),
  },
];
