import { pathOf } from "#domain/node-path.ts";
import { worldToScreen } from "#scene/camera.ts";

import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";

type SearchActions = Pick<
  Actions,
  "setFind" | "closeFind" | "setFilter" | "toggleOnlyProblems" | "nextMatch"
>;

export function searchActions(core: AppCore, panBy: Actions["panBy"]): SearchActions {
  const { store } = core;
  return {
    setFind: (find) => patch(core, "search", { find, match: -1 }),
    closeFind: () => {
      patch(core, "search", { find: "", match: -1 });
      patch(core, "screen", { isFindOpen: false });
    },
    setFilter: (filter) => patch(core, "search", { filter }),
    toggleOnlyProblems: () =>
      patch(core, "search", { onlyProblems: !store.getState().search.onlyProblems, match: -1 }),
    nextMatch: (step) => {
      const { scene, search, view, screen } = store.getState();
      if (scene?.found === undefined || scene.found.size === 0) return;
      const matches = [...scene.found].toSorted((a, b) => a - b);
      const from = search.match < 0 && step < 0 ? 0 : search.match;
      const match = (from + step + matches.length) % matches.length;
      const position = matches[match] ?? 0;
      const { nodes, nodeIndex } = scene.structure;
      patch(core, "search", { match });
      const path = pathOf(scene.topology, nodeIndex[position] ?? 0);
      patch(core, "view", { selection: { kind: "node", path }, cursor: path });
      // Brings the match into sight when it lies outside.
      const at = worldToScreen(view.camera, screen.viewport, {
        x: nodes.x[position] ?? 0,
        y: nodes.y[position] ?? 0,
      });
      const { width, height } = screen.viewport;
      if (at.x < 40 || at.y < 60 || at.x > width - 40 || at.y > height - 40)
        panBy(width / 2 - at.x, height / 2 - at.y);
    },
  };
}
