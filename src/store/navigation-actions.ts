import { regionBehind } from "#domain/boundary.ts";
import { canEnter } from "#domain/focus.ts";
import {
  edgeRef,
  nodeRef,
  pathKey,
  pathOf,
  refKey,
  resolvePath,
  type ItemRef,
  type NodePath,
} from "#domain/node-path.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";

import type { Actions, Direction } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import { nodePosition, positionOf } from "./scene-positions.ts";
import { selectTopology } from "./selectors.ts";
import { fill, texts } from "./texts.ts";

type NavigationActions = Pick<
  Actions,
  "enter" | "up" | "select" | "hover" | "setCursor" | "moveCursor" | "openCursor" | "refOf"
>;

export function navigationActions(
  core: AppCore,
  toast: Actions["toast"],
  closeDrill: Actions["closeDrill"],
  stopComparing: Actions["stopComparing"],
): NavigationActions {
  const { store } = core;

  function enter(path: NodePath): void {
    const state = store.getState();
    const { view } = state;
    const topology = selectTopology(state);
    let focus = path;
    let leaf: ItemRef | undefined;
    if (topology !== undefined) {
      const { node, missing } = resolvePath(topology, path);
      const behind = missing.length === 0 ? regionBehind(topology, node) : -1;
      let place = behind === -1 ? node : behind;
      while (!canEnter(topology, place)) place = topology.nodes[place]?.parent ?? 0;
      focus = pathOf(topology, place);
      if (missing[0] !== undefined)
        toast({
          kind: "warning",
          text: fill(texts.badLink.title, { name: missing[0] }),
          tip: texts.badLink.tip,
        });
      // A leaf cannot be entered: it is shown where it is.
      if (missing.length === 0 && behind === -1 && place !== node) leaf = nodeRef(topology, node);
    }
    if (pathKey(focus) === pathKey(view.focus)) {
      if (leaf !== undefined) select(leaf);
      return;
    }
    const cursor =
      view.cursor === undefined ? undefined : view.focus.length > focus.length ? view.focus : undefined;
    patch(core, "view", { focus, selection: leaf, hover: undefined, cursor, isFitted: true });
  }

  function select(ref: ItemRef | undefined): void {
    const before = store.getState().view.selection;
    if (ref !== undefined && before !== undefined && refKey(before) === refKey(ref)) return;
    patch(core, "view", { selection: ref });
  }

  function up(): void {
    const { screen, view, search, drill, compare } = store.getState();
    if (screen.dialog !== undefined) patch(core, "screen", { dialog: undefined });
    else if (drill.isPanelOpen) closeDrill();
    else if (view.selection !== undefined) patch(core, "view", { selection: undefined });
    else if (compare.comparison !== undefined) stopComparing();
    else if (search.find !== "") patch(core, "search", { find: "", match: -1 });
    else if (screen.isTableOpen) patch(core, "screen", { isTableOpen: false });
    else if (screen.kiosk !== undefined) patch(core, "screen", { kiosk: undefined });
    else if (view.focus.length > 0) enter(view.focus.slice(0, -1));
  }

  return {
    enter,
    up,
    select,
    hover: (ref) => {
      const before = store.getState().view.hover;
      if (before === ref || (before !== undefined && ref !== undefined && refKey(before) === refKey(ref)))
        return;
      patch(core, "view", { hover: ref });
    },
    setCursor: (cursor) => patch(core, "view", { cursor }),
    moveCursor: (direction) => {
      const { scene, view } = store.getState();
      if (scene === undefined) return;
      const { structure, topology } = scene;
      const at = nodePosition(view.cursor, structure, topology);
      const selected = positionOf(view.selection, structure, topology).node;
      const from = at >= 0 ? at : selected;
      const next = from < 0 ? startOf(structure) : neighbourIn(structure, from, direction);
      if (next >= 0) patch(core, "view", { cursor: pathOf(topology, structure.nodeIndex[next] ?? 0) });
    },
    openCursor: () => {
      const state = store.getState();
      const { view } = state;
      const topology = selectTopology(state);
      const selected = view.selection?.kind === "node" ? view.selection.path : undefined;
      const path = view.cursor ?? selected;
      if (topology === undefined || path === undefined) return;
      const { node, missing } = resolvePath(topology, path);
      if (missing.length > 0) return;
      if (pathKey(path) !== pathKey(view.focus) && canEnter(topology, node)) enter(path);
      else select({ kind: "node", path });
    },
    refOf: (hit) => {
      const { scene } = store.getState();
      if (scene === undefined) return undefined;
      const { topology } = scene;
      const { nodeIndex, edgeIndex } = scene.structure;
      if (hit.kind === "node") return nodeRef(topology, nodeIndex[hit.node] ?? 0);
      return edgeRef(topology, edgeIndex[hit.edge] ?? 0);
    },
  };
}

/** Where the keyboard begins: the entry, else the first node. */
function startOf({ nodes }: BuiltStructure): number {
  const entry = nodes.role.findIndex((role) => role === "entry" || role === "centre");
  return entry >= 0 ? entry : Math.min(0, nodes.count - 1);
}

/** Unit vectors, y down. */
const directions: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** A step sideways counts this much more than one straight on, so that "right" does not lead up or down. */
const sidewaysCost = 2.4;

/** The nearest node that lies in the direction, seen from one node; -1 when there is none. */
function neighbourIn({ nodes }: BuiltStructure, from: number, direction: Direction): number {
  const [dx, dy] = directions[direction];
  let best = -1;
  let bestCost = Infinity;
  for (let node = 0; node < nodes.count; node += 1) {
    const x = (nodes.x[node] ?? 0) - (nodes.x[from] ?? 0);
    const y = (nodes.y[node] ?? 0) - (nodes.y[from] ?? 0);
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    // Within a right angle around the direction.
    if (node === from || ahead <= 0 || aside > ahead * 2) continue;
    const cost = ahead + aside * sidewaysCost;
    if (cost < bestCost) {
      best = node;
      bestCost = cost;
    }
  }
  return best;
}
