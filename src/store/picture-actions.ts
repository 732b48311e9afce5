import { pathKey, pathOf, type NodePath } from "#domain/node-path.ts";
import type { Point } from "#base/point.ts";
import { fitBounds, pan, screenToWorld, zoomAt, type Camera } from "#scene/camera.ts";
import { HitTest } from "#scene/hit-test.ts";
import { pictureBounds } from "#scene/picture-bounds.ts";
import type { SceneStructure } from "#scene/scene.ts";

import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { memo } from "./memo.ts";
import { writePins } from "./pins.ts";

type PictureActions = Pick<
  Actions,
  | "panBy"
  | "zoomBy"
  | "fit"
  | "resize"
  | "hitTest"
  | "dragNode"
  | "endDrag"
  | "unpin"
  | "resetPlaces"
  | "redraw"
>;

/** A small graph is not blown up beyond this. */
const largestFit = 1.7;

/** Between the picture and what surrounds it, CSS pixels. */
const breathingRoom = 14;

/** The camera that shows all of the scene between the bars. */
export function fittingCamera({ scene, screen }: AppState): Camera | undefined {
  if (scene === undefined) return undefined;
  const covered = screen.insets;
  const insets = {
    left: covered.left + breathingRoom,
    top: covered.top + breathingRoom,
    right: covered.right + breathingRoom,
    bottom: covered.bottom + breathingRoom,
  };
  return fitBounds(pictureBounds(scene.structure.nodes), screen.viewport, insets, largestFit);
}

export function pictureActions(core: AppCore): PictureActions {
  const { store, director, places } = core;
  const hitTestOf = memo((structure: SceneStructure) => new HitTest(structure));

  function moveTo(camera: Camera, isFitted: boolean, animateMs: number): void {
    patch(core, "view", { camera, isFitted });
    director.moveCamera(camera, animateMs);
  }

  function fit(animateMs = 320): void {
    const camera = fittingCamera(store.getState());
    if (camera !== undefined) moveTo(camera, true, animateMs);
  }

  /** The path of a node of the scene, and the key of the view that it is in. */
  function keysOf(position: number): { readonly viewKey: string; readonly path: NodePath } | undefined {
    const { scene } = store.getState();
    const node = scene?.structure.nodeIndex[position];
    if (scene === undefined || node === undefined) return undefined;
    return { viewKey: scene.structure.viewKey, path: pathOf(scene.topology, node) };
  }

  return {
    panBy: (dx, dy) => moveTo(pan(store.getState().view.camera, dx, dy), false, 0),
    zoomBy: (factor, at, animateMs = 0) => {
      const { view, screen } = store.getState();
      const point = at ?? { x: screen.viewport.width / 2, y: screen.viewport.height / 2 };
      moveTo(zoomAt(view.camera, screen.viewport, point, factor), false, animateMs);
    },
    fit,
    resize: (viewport, insets) => patch(core, "screen", { viewport, insets }),
    hitTest: (at, isFinger) => {
      const { scene, view, screen } = store.getState();
      if (scene === undefined) return undefined;
      const world = screenToWorld(view.camera, screen.viewport, at);
      return hitTestOf(scene.structure).at(world, view.camera.zoom, scene.values, isFinger);
    },
    dragNode: (position, to) => {
      const { view, screen } = store.getState();
      const keys = keysOf(position);
      if (keys === undefined) return;
      const world = screenToWorld(view.camera, screen.viewport, to);
      places.move(keys.viewKey, pathKey(keys.path), world);
      // A drag must not be followed by a fit, which would pull the picture away under the pointer.
      patch(core, "view", {
        isFitted: false,
        pins: withPin(view.pins, keys.viewKey, pathKey(keys.path), world),
      });
    },
    endDrag: () => writePins(core.storage, store.getState().feed.source?.feed, store.getState().view.pins),
    unpin: (path) => {
      const { scene, view, feed } = store.getState();
      const viewKey = scene?.structure.viewKey;
      if (viewKey === undefined) return;
      const inView = new Map(view.pins.get(viewKey));
      inView.delete(pathKey(path));
      const pins = new Map(view.pins).set(viewKey, inView);
      if (inView.size === 0) pins.delete(viewKey);
      places.forgetNode(viewKey, pathKey(path));
      patch(core, "view", { pins });
      writePins(core.storage, feed.source?.feed, pins);
    },
    resetPlaces: () => {
      const { scene, view } = store.getState();
      if (scene === undefined) return;
      const pins = new Map(view.pins);
      pins.delete(scene.structure.viewKey);
      places.forget(scene.structure.viewKey);
      patch(core, "view", { pins, isFitted: true });
      writePins(core.storage, store.getState().feed.source?.feed, pins);
    },
    redraw: () => director.retell(store.getState()),
  };
}

function withPin(
  pins: AppState["view"]["pins"],
  viewKey: string,
  nodeKey: string,
  point: Point,
): AppState["view"]["pins"] {
  return new Map(pins).set(viewKey, new Map(pins.get(viewKey)).set(nodeKey, point));
}
