import type { Point } from "#base/point.ts";
import type { ItemRef } from "#domain/node-path.ts";
import type { PaintedLabel } from "#renderer/picture/text-painter.ts";
import { worldToScreen } from "#scene/camera.ts";
import type { Hit } from "#scene/hit-test.ts";
import type { App } from "#store/app.ts";

import type { PointerTarget } from "./pointer-input.ts";

/** Labels that are on screen, and the scene that they belong to. */
export interface LabelsOnScreen {
  readonly version: number;
  readonly labels: readonly PaintedLabel[];
}

/**
 * What pointers do to the picture: look, select, enter, drag, move, zoom. `labels` tells where labels are, which belong to their nodes; `place` puts the
 * tooltip beside what is hovered; `cursor` sets the mouse's look.
 */
export function pictureTarget(
  app: App,
  labels: () => LabelsOnScreen,
  place: (at: Point) => void,
  cursor: (look: string) => void,
): PointerTarget {
  const { actions, store } = app;
  let grabbed = -1;
  let tapped: ItemRef | undefined;

  function hitAt(at: Point, kind: "mouse" | "finger"): Hit | undefined {
    const hit = actions.hitTest(at, kind === "finger");
    if (hit?.kind === "node") return hit;
    const { scene } = store.getState();
    const { version, labels: painted } = labels();
    const label =
      scene?.structure.version === version
        ? painted.find(
            ({ left, right, top, bottom }) => at.x >= left && at.x <= right && at.y >= top && at.y <= bottom,
          )
        : undefined;
    return label === undefined ? hit : { kind: "node", node: label.node };
  }

  function placeBeside(hit: Hit, at: Point): void {
    const { scene, view, screen } = store.getState();
    if (hit.kind === "edge" || scene === undefined) {
      place(at);
      return;
    }
    const { nodes } = scene.structure;
    const world = { x: nodes.x[hit.node] ?? 0, y: nodes.y[hit.node] ?? 0 };
    const middle = worldToScreen(view.camera, screen.viewport, world);
    const radius = (nodes.radius[hit.node] ?? 0) * view.camera.zoom;
    place({ x: middle.x + radius * 0.7, y: middle.y - radius * 0.7 });
  }

  return {
    hover: (at) => {
      const hit = at === undefined ? undefined : hitAt(at, "mouse");
      if (at !== undefined && hit !== undefined) placeBeside(hit, at);
      cursor(hit === undefined ? "grab" : "pointer");
      actions.hover(hit === undefined ? undefined : actions.refOf(hit));
    },
    tap: (at, kind) => {
      const hit = hitAt(at, kind);
      tapped = hit === undefined ? undefined : actions.refOf(hit);
      actions.select(tapped);
      actions.setCursor(undefined);
    },
    // The first tap has opened the panel, and the picture has made room for it: what is meant is what lay under the first.
    doubleTap: (at) => {
      if (tapped === undefined) actions.zoomBy(1.8, at, 200);
      else if (tapped.kind === "node") actions.enter(tapped.path);
    },
    grab: (at, kind) => {
      const hit = hitAt(at, kind);
      // A finger moves the picture; dragging nodes by finger would make it stick to every one.
      grabbed = kind === "mouse" && hit?.kind === "node" ? hit.node : -1;
      cursor("grabbing");
      return grabbed >= 0;
    },
    dragTo: (at) => actions.dragNode(grabbed, at),
    drop: () => {
      actions.endDrag(grabbed);
      grabbed = -1;
      cursor("grab");
    },
    pan: (dx, dy) => actions.panBy(dx, dy),
    zoom: (factor, at) => actions.zoomBy(factor, at),
  };
}
