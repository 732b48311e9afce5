import { regionBehind } from "#domain/boundary.ts";
import { pathKey, pathOf, resolvePath, type NodePath } from "#domain/node-path.ts";

import type { AppState } from "../app-state.ts";
import type { Command } from "../command.ts";
import { texts } from "../texts.ts";

const { commands: titles } = texts;
const zoomStep = 1.35;
const zoomMs = 160;

/** The selected node, when a person has put it in place in this view. */
export function pinnedSelection({ scene, view: { selection, pins } }: AppState): NodePath | undefined {
  if (scene === undefined || selection?.kind !== "node") return undefined;
  const isPinned = pins.get(scene.structure.viewKey)?.has(pathKey(selection.path)) === true;
  return isPinned ? selection.path : undefined;
}

/** The region that the node under the keyboard, or else the selected one, stands for. */
function regionAhead({ feed, view: { cursor, selection } }: AppState): NodePath | undefined {
  const path = cursor ?? (selection?.kind === "node" ? selection.path : undefined);
  const topology = feed.current?.topology;
  if (path === undefined || topology === undefined) return undefined;
  const { node, missing } = resolvePath(topology, path);
  const region = missing.length === 0 ? regionBehind(topology, node) : -1;
  return region === -1 ? undefined : pathOf(topology, region);
}

/** Getting about: up, down, around, nearer, further. */
export const moveCommands: readonly Command[] = [
  { id: "up", title: titles.up, group: "move", keys: ["Escape"], run: ({ actions }) => actions.up() },
  {
    id: "go-top",
    title: titles["go-top"],
    group: "move",
    keys: ["Home"],
    isAvailable: ({ view }) => view.focus.length > 0,
    run: ({ actions }) => actions.enter([]),
  },
  {
    id: "open",
    title: titles.open,
    group: "move",
    keys: ["Enter"],
    isHidden: true,
    run: ({ actions }) => actions.openCursor(),
  },
  {
    id: "details",
    title: titles.details,
    group: "move",
    keys: ["i"],
    isHidden: true,
    isAvailable: ({ view }) => view.cursor !== undefined,
    run: ({ actions, store }) => {
      const { cursor } = store.getState().view;
      if (cursor !== undefined) actions.select({ kind: "node", path: cursor });
    },
  },
  {
    id: "go-region",
    title: titles["go-region"],
    group: "move",
    keys: [],
    isAvailable: (state) => regionAhead(state) !== undefined,
    run: ({ actions, store }) => {
      const path = regionAhead(store.getState());
      if (path !== undefined) actions.enter(path);
    },
  },
  {
    id: "cursor-left",
    title: titles["cursor-left"],
    group: "move",
    keys: ["ArrowLeft"],
    isHidden: true,
    run: ({ actions }) => actions.moveCursor("left"),
  },
  {
    id: "cursor-right",
    title: titles["cursor-right"],
    group: "move",
    keys: ["ArrowRight"],
    isHidden: true,
    run: ({ actions }) => actions.moveCursor("right"),
  },
  {
    id: "cursor-up",
    title: titles["cursor-up"],
    group: "move",
    keys: ["ArrowUp"],
    isHidden: true,
    run: ({ actions }) => actions.moveCursor("up"),
  },
  {
    id: "cursor-down",
    title: titles["cursor-down"],
    group: "move",
    keys: ["ArrowDown"],
    isHidden: true,
    run: ({ actions }) => actions.moveCursor("down"),
  },
  { id: "fit", title: titles.fit, group: "move", keys: ["f"], run: ({ actions }) => actions.fit() },
  {
    id: "zoom-in",
    title: titles["zoom-in"],
    group: "move",
    keys: ["+", "="],
    run: ({ actions }) => actions.zoomBy(zoomStep, undefined, zoomMs),
  },
  {
    id: "zoom-out",
    title: titles["zoom-out"],
    group: "move",
    keys: ["-"],
    run: ({ actions }) => actions.zoomBy(1 / zoomStep, undefined, zoomMs),
  },
  {
    id: "reset-places",
    title: titles["reset-places"],
    group: "move",
    keys: [],
    isAvailable: ({ scene, view }) => scene !== undefined && view.pins.has(scene.structure.viewKey),
    run: ({ actions }) => actions.resetPlaces(),
  },
  {
    id: "unpin",
    title: titles.unpin,
    group: "move",
    keys: [],
    isAvailable: (state) => pinnedSelection(state) !== undefined,
    run: ({ actions, store }) => {
      const path = pinnedSelection(store.getState());
      if (path !== undefined) actions.unpin(path);
    },
  },
];
