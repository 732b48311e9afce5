import type { Command } from "../command.ts";
import { texts } from "../texts.ts";

const { commands: titles } = texts;
const zoomStep = 1.35;
const zoomMs = 160;

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
];
