import type { AppState } from "../app-state.ts";
import type { Command } from "../command.ts";
import { texts } from "../texts.ts";
import { hasPast } from "./replay-commands.ts";

const { commands: titles } = texts;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function isMeasured({ feed: { current } }: AppState): boolean {
  return current !== undefined && current.simulated === undefined;
}

/** Setting two moments beside each other. */
export const compareCommands: readonly Command[] = [
  {
    id: "compare-mark",
    title: titles["compare-mark"],
    group: "time",
    keys: ["m"],
    isAvailable: isMeasured,
    run: ({ actions }) => actions.markMoment(),
  },
  {
    id: "compare",
    title: titles.compare,
    group: "time",
    keys: ["v"],
    isAvailable: (state) =>
      state.compare.comparison !== undefined || (isMeasured(state) && state.compare.marked !== undefined),
    isOn: ({ compare }) => compare.comparison !== undefined,
    run: ({ actions, store }) => {
      if (store.getState().compare.comparison === undefined) actions.compareWithMarked();
      else actions.stopComparing();
    },
  },
  {
    id: "compare-hour",
    title: titles["compare-hour"],
    group: "time",
    keys: [],
    isAvailable: (state) => hasPast(state) && isMeasured(state),
    run: ({ actions }) => actions.compareWithBefore(hourMs),
  },
  {
    id: "compare-day",
    title: titles["compare-day"],
    group: "time",
    keys: [],
    isAvailable: (state) => hasPast(state) && isMeasured(state),
    run: ({ actions }) => actions.compareWithBefore(dayMs),
  },
];
