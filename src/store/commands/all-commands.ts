import type { Command } from "../command.ts";
import { hasSources } from "../sources-state.ts";
import { texts } from "../texts.ts";
import { bookmarkCommands } from "./bookmark-commands.ts";
import { compareCommands } from "./compare-commands.ts";
import { drillCommands } from "./drill-commands.ts";
import { lookCommands } from "./look-commands.ts";
import { moveCommands } from "./move-commands.ts";
import { hasPast, replayCommands } from "./replay-commands.ts";

const { commands: titles } = texts;

const findCommands: readonly Command[] = [
  { id: "find", title: titles.find, group: "find", keys: ["/"], run: ({ actions }) => actions.focusFind() },
  {
    id: "next-match",
    title: titles["next-match"],
    group: "find",
    keys: ["]"],
    isAvailable: ({ scene }) => scene?.found !== undefined,
    run: ({ actions }) => actions.nextMatch(1),
  },
  {
    id: "previous-match",
    title: titles["previous-match"],
    group: "find",
    keys: ["["],
    isAvailable: ({ scene }) => scene?.found !== undefined,
    run: ({ actions }) => actions.nextMatch(-1),
  },
  {
    id: "filter",
    title: titles.filter,
    group: "find",
    keys: ["\\"],
    run: ({ actions }) => actions.focusFilter(),
  },
  {
    id: "only-problems",
    title: titles["only-problems"],
    group: "find",
    keys: ["!"],
    isOn: ({ search }) => search.onlyProblems,
    run: ({ actions }) => actions.toggleOnlyProblems(),
  },
  {
    id: "problems",
    title: titles.problems,
    group: "find",
    keys: [],
    isAvailable: ({ feed }) => (feed.source?.problems.length ?? 0) > 0,
    run: ({ actions }) => actions.openDialog("problems"),
  },
  {
    id: "sources",
    title: titles.sources,
    group: "find",
    keys: [],
    isAvailable: hasSources,
    run: ({ actions }) => actions.openDialog("sources"),
  },
];

const timeCommands: readonly Command[] = [
  {
    id: "pause",
    title: titles.pause,
    group: "time",
    keys: [" "],
    isOn: ({ feed: { phase } }) =>
      phase.kind === "paused" ||
      (phase.kind === "simulated" && phase.drill.isPaused) ||
      (phase.kind === "replay" && phase.replay.isPaused),
    run: ({ actions }) => actions.togglePause(),
  },
  { id: "live", title: titles.live, group: "time", keys: ["l"], run: ({ actions }) => actions.goLive() },
];

const shareCommands: readonly Command[] = [
  {
    id: "open-clip",
    title: titles["open-clip"],
    group: "share",
    keys: ["o"],
    run: ({ actions }) => actions.chooseClip(),
  },
  {
    id: "cut-clip",
    title: titles["cut-clip"],
    group: "share",
    keys: ["e"],
    isAvailable: hasPast,
    run: ({ actions }) => actions.openDialog("clip-cut"),
  },
  {
    id: "copy-link",
    title: titles["copy-link"],
    group: "share",
    keys: ["c"],
    run: ({ actions }) => actions.copyLink(),
  },
  {
    id: "export-picture",
    title: titles["export-picture"],
    group: "share",
    keys: [],
    run: ({ actions }) => actions.exportPicture(),
  },
  {
    id: "export-vizceral",
    title: titles["export-vizceral"],
    group: "share",
    keys: [],
    isAvailable: ({ feed }) => feed.current !== undefined,
    run: ({ actions }) => actions.exportSnapshot("vizceral"),
  },
  {
    id: "export-spillway",
    title: titles["export-spillway"],
    group: "share",
    keys: [],
    isAvailable: ({ feed }) => feed.current !== undefined,
    run: ({ actions }) => actions.exportSnapshot("spillway"),
  },
];

const helpCommands: readonly Command[] = [
  {
    id: "palette",
    title: titles.palette,
    group: "help",
    keys: ["mod+k"],
    isHidden: true,
    run: ({ actions }) => actions.openDialog("palette"),
  },
  {
    id: "settings",
    title: titles.settings,
    group: "help",
    keys: ["s"],
    run: ({ actions }) => actions.openDialog("settings"),
  },
  {
    id: "help",
    title: titles.help,
    group: "help",
    keys: ["?"],
    run: ({ actions }) => actions.openDialog("help"),
  },
];

/** In the order in which the palette and the help sheet show them. */
export const allCommands: readonly Command[] = [
  ...moveCommands,
  // Before those of "find": while a drill runs or the past is shown, [ and ] step through it.
  ...drillCommands,
  ...timeCommands,
  ...replayCommands,
  ...bookmarkCommands,
  ...compareCommands,
  ...findCommands,
  ...lookCommands,
  ...shareCommands,
  ...helpCommands,
];
