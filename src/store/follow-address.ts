import type { Dispose } from "#base/disposer.ts";
import { pathKey, refKey, resolvePath } from "#domain/node-path.ts";

import type { Actions } from "./app.ts";
import { patch, type AddressBar, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { linkOf, type DrillLink } from "./drill-link.ts";
import type { DrillState } from "./drill-state.ts";
import type { Settings } from "./settings.ts";
import { readUrl, writeUrl, type UrlState } from "./url-state.ts";

/** The camera is written once it has come to rest; browsers refuse more than a hundred changes in thirty seconds. */
const settleMs = 250;

/** How to open and close what an address says of a drill. */
export interface DrillAddress {
  readonly open: (link: DrillLink) => void;
  readonly close: () => void;
}

/**
 * Keeps the address and the state in step. What one enters or selects is a step that "back" returns from; what one types, drags or zooms
 * rewrites the present one.
 */
export function followAddress(
  core: AppCore,
  address: AddressBar,
  fixed: Pick<UrlState, "feed"> & { readonly settings: Partial<Settings> },
  enter: Actions["enter"],
  drill: DrillAddress,
): Dispose {
  const { store, clock } = core;
  let written = address.read();
  let cancel: Dispose | undefined;

  function write(push: boolean): void {
    cancel?.();
    cancel = undefined;
    const search = writeUrl({ ...urlStateOf(store.getState()), ...fixed });
    if (search === written) return;
    written = search;
    address.write(search, push);
  }

  const stopStore = store.subscribe((state, before) => {
    if (
      state.view === before.view &&
      state.search === before.search &&
      state.screen === before.screen &&
      !isOtherDrill(state.drill, before.drill)
    ) {
      return;
    }
    if (isStep(state, before)) write(!wasRedirected(before));
    else {
      cancel?.();
      cancel = clock.after(settleMs, () => write(false));
    }
  });
  const stopTravel = address.onTravel(() => {
    const url = readUrl(address.read());
    written = address.read();
    patch(core, "search", { find: url.find, filter: url.filter, onlyProblems: url.onlyProblems, match: -1 });
    patch(core, "screen", { isTableOpen: url.isTableOpen });
    enter(url.focus);
    patch(core, "view", { selection: url.selection, isFitted: url.camera === undefined });
    if (url.camera !== undefined) {
      patch(core, "view", { camera: url.camera });
      core.director.moveCamera(url.camera, 0);
    }
    travelDrill(url.drill);
    cancel?.();
    written = address.read();
  });

  /** "Back" out of a plan closes it. A drill that runs is not stopped by travelling: it stays in the address. */
  function travelDrill(link: DrillLink | undefined): void {
    const { activity } = store.getState().drill;
    if (activity.kind === "running") cancel = clock.after(settleMs, () => write(false));
    else if (link !== undefined) drill.open(link);
    else if (activity.kind === "planning") drill.close();
  }

  return () => {
    cancel?.();
    stopStore();
    stopTravel();
  };
}

function isStep(state: AppState, before: AppState): boolean {
  return (
    pathKey(state.view.focus) !== pathKey(before.view.focus) ||
    selectionKey(state) !== selectionKey(before) ||
    state.screen.isTableOpen !== before.screen.isTableOpen ||
    (linkOf(state.drill) === undefined) !== (linkOf(before.drill) === undefined)
  );
}

/** Whether the address has something new to say. That time goes on in a run is nothing new: it is written when something else is. */
function isOtherDrill(drill: DrillState, before: DrillState): boolean {
  if (drill.start !== before.start || drill.isPanelOpen !== before.isPanelOpen) return true;
  const [now, then] = [drill.activity, before.activity];
  if (now.kind === "none" || then.kind === "none") return now.kind !== then.kind;
  if (now.kind !== then.kind || now.plan !== then.plan) return true;
  if (now.kind !== "running" || then.kind !== "running") return false;
  return (
    now.progress.speed !== then.progress.speed ||
    now.progress.isPaused !== then.progress.isPaused ||
    now.progress.isComputing !== then.progress.isComputing ||
    now.progress.commands !== then.progress.commands
  );
}

/** The place before did not exist: "back" must not lead there again. */
function wasRedirected({ view, feed }: AppState): boolean {
  return feed.current !== undefined && resolvePath(feed.current.topology, view.focus).missing.length > 0;
}

function selectionKey({ view: { selection } }: AppState): string {
  return selection === undefined ? "" : refKey(selection);
}

/** What of the state stands in the address. */
export function urlStateOf({ view, search, screen, drill }: AppState): Omit<UrlState, "feed" | "settings"> {
  return {
    focus: view.focus,
    selection: view.selection,
    find: search.find,
    filter: search.filter,
    onlyProblems: search.onlyProblems,
    isTableOpen: screen.isTableOpen,
    camera: view.isFitted ? undefined : view.camera,
    isKiosk: screen.kiosk !== undefined,
    rotateMs: screen.kiosk?.rotateMs,
    fps: screen.fps,
    drill: linkOf(drill),
    drillFault: undefined,
    scenario: undefined,
  };
}
