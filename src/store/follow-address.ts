import type { Dispose } from "#base/disposer.ts";
import type { Millis } from "#base/time.ts";
import { isBoundary } from "#domain/boundary.ts";
import { canEnter } from "#domain/focus.ts";
import { pathKey, refKey, resolvePath } from "#domain/node-path.ts";

import type { Actions } from "./app.ts";
import { patch, type AddressBar, type AppCore } from "./app-core.ts";
import type { AppState } from "./app-state.ts";
import { linkOf, type DrillLink } from "./drill-link.ts";
import type { DrillState } from "./drill-state.ts";
import { selectTopology } from "./selectors.ts";
import type { Settings } from "./settings.ts";
import type { ReplayState } from "./replay-state.ts";
import { readUrl, writeUrl, type ReplayLink, type UrlState } from "./url-state.ts";

/** The camera is written once it has come to rest; browsers refuse more than a hundred changes in thirty seconds. */
const settleMs = 250;
/** A moment of the past that plays is written this often. */
const goneOnMs = 2_000;

/** How to open and close what an address says of a drill. */
export interface DrillAddress {
  readonly open: (link: DrillLink) => void;
  readonly close: () => void;
}

/** How to open and close what an address says of a comparison. */
export interface CompareAddress {
  readonly open: (at: Millis) => void;
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
  compare: CompareAddress,
): Dispose {
  const { store, clock } = core;
  let written = address.read();
  let cancel: Dispose | undefined;
  let isTravelling = false;

  function write(push: boolean): void {
    cancel?.();
    cancel = undefined;
    const search = writeUrl({ ...urlStateOf(store.getState()), ...fixed });
    if (search === written) return;
    written = search;
    address.write(search, push);
  }

  const stopStore = store.subscribe((state, before) => {
    // A step that is written while one goes back would cut off the way forward.
    if (isTravelling) return;
    if (
      state.view === before.view &&
      state.search === before.search &&
      state.screen === before.screen &&
      !isOtherDrill(state.drill, before.drill) &&
      !isOtherReplay(state.replay, before.replay) &&
      state.clips.wanted === before.clips.wanted &&
      state.feed.source?.file === before.feed.source?.file &&
      state.compare.comparison?.at === before.compare.comparison?.at
    ) {
      // Time goes on: a reload should not lead far back.
      if (state.replay.progress !== before.replay.progress && cancel === undefined)
        cancel = clock.after(goneOnMs, () => write(false));
      return;
    }
    if (isStep(state, before)) write(!wasRedirected(before));
    else {
      cancel?.();
      cancel = clock.after(settleMs, () => write(false));
    }
  });
  /** Whether one is now where the address says. */
  function travel(): boolean {
    written = address.read();
    const url = readUrl(written);
    patch(core, "search", { find: url.find, filter: url.filter, onlyProblems: url.onlyProblems, match: -1 });
    patch(core, "screen", { isTableOpen: url.isTableOpen });
    travelCompare(url);
    enter(url.focus);
    const { focus, selection } = store.getState().view;
    // Where the place is gone, or is a leaf, entering it has led elsewhere and selected what there is to select.
    const isThere = pathKey(focus) === pathKey(url.focus);
    patch(core, "view", {
      selection: isThere ? url.selection : selection,
      isFitted: url.camera === undefined,
    });
    if (url.camera !== undefined) {
      patch(core, "view", { camera: url.camera });
      core.director.moveCamera(url.camera, 0);
    }
    const isSameDrill = travelDrill(url.drill);
    // The moment of the past stays what it is.
    return isSameDrill && isThere && store.getState().replay.progress === undefined;
  }

  /** First of all: a place that is gone is there only while it is compared with a moment at which it was there. */
  function travelCompare(url: UrlState): void {
    const { at } = store.getState().compare.comparison ?? {};
    if (url.clip !== store.getState().feed.source?.file?.name) return;
    if (url.compare === undefined && at !== undefined) compare.close();
    else if (url.compare !== undefined && (at === undefined || Math.ceil(at) !== url.compare))
      compare.open(url.compare);
  }

  /** "Back" out of a plan closes it. A drill that runs is not stopped by travelling: it stays in the address. */
  function travelDrill(link: DrillLink | undefined): boolean {
    const { activity } = store.getState().drill;
    if (activity.kind === "running") return false;
    if (link !== undefined) drill.open(link);
    else if (activity.kind === "planning") drill.close();
    return true;
  }

  const stopTravel = address.onTravel(() => {
    cancel?.();
    cancel = undefined;
    isTravelling = true;
    const isThere = travel();
    isTravelling = false;
    if (!isThere) write(false);
  });

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
    (state.compare.comparison === undefined) !== (before.compare.comparison === undefined) ||
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

/** Whether the address has something new to say of the past that is shown, other than that time goes on. */
function isOtherReplay({ progress: now }: ReplayState, { progress: then }: ReplayState): boolean {
  if (now === then) return false;
  return (
    now === undefined ||
    then === undefined ||
    now.speed !== then.speed ||
    now.isPaused !== then.isPaused ||
    (now.isPaused && now.at !== then.at)
  );
}

function replayLink({ progress }: ReplayState): ReplayLink | undefined {
  if (progress === undefined) return undefined;
  const { at, speed, isPaused } = progress;
  return { at, speed, isPaused };
}

/** The place before did not exist, or cannot be entered: "back" must not lead there again. */
function wasRedirected(state: AppState): boolean {
  const topology = selectTopology(state);
  if (topology === undefined) return false;
  const { node, missing } = resolvePath(topology, state.view.focus);
  return missing.length > 0 || !canEnter(topology, node) || isBoundary(topology, node);
}

function selectionKey({ view: { selection } }: AppState): string {
  return selection === undefined ? "" : refKey(selection);
}

/** What of the state stands in the address. */
export function urlStateOf({
  view,
  search,
  screen,
  drill,
  replay,
  feed,
  clips,
  compare,
}: AppState): Omit<UrlState, "feed" | "settings"> {
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
    replay: replayLink(replay) ?? clips.wanted?.replay,
    clip: feed.source?.file?.name ?? clips.wanted?.name,
    compare: compare.comparison?.at ?? clips.wanted?.compare,
    scenario: undefined,
  };
}

/**
 * What of the state stands in a link for others: what stands in the address, but a comparison with what is live names that moment too. Whoever follows the link
 * later sees the same two; the address itself goes on with what is live.
 */
export function linkStateOf(state: AppState): ReturnType<typeof urlStateOf> {
  const url = urlStateOf(state);
  const { comparison } = state.compare;
  if (comparison?.kind !== "shown" || url.replay !== undefined) return url;
  return { ...url, replay: { at: comparison.after.at, speed: 1, isPaused: true } };
}
