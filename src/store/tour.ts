import type { Dispose } from "#base/disposer.ts";
import { canEnter } from "#domain/focus.ts";
import { pathKey, pathOf, type NodePath } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";

import type { Actions } from "./app.ts";
import type { AppCore } from "./app-core.ts";

/** In kiosk mode with a rest time: visits the whole, then each of its regions in turn, for ever. */
export function tourRegions(core: AppCore, enter: Actions["enter"]): Dispose {
  const { store, clock } = core;
  let cancel: Dispose | undefined;
  let resting: number | undefined;

  function plan(): void {
    const rotateMs = store.getState().screen.kiosk?.rotateMs;
    if (rotateMs === resting) return;
    resting = rotateMs;
    cancel?.();
    cancel = rotateMs === undefined ? undefined : clock.after(rotateMs, goOn);
  }

  function goOn(): void {
    const { feed, view } = store.getState();
    if (feed.current !== undefined) enter(nextStop(feed.current.topology, view.focus));
    resting = undefined;
    plan();
  }

  plan();
  const stop = store.subscribe(plan);
  return () => {
    stop();
    cancel?.();
  };
}

/** The stop after this one; the whole after the last, and after any place that is not on the tour. */
function nextStop(topology: Topology, focus: NodePath): NodePath {
  const regions = (topology.children[0] ?? []).filter((node) => canEnter(topology, node));
  const stops = [[], ...regions.map((node) => pathOf(topology, node))];
  const at = stops.findIndex((stop) => pathKey(stop) === pathKey(focus));
  return at < 0 ? [] : (stops[(at + 1) % stops.length] ?? []);
}
