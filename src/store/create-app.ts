import { Disposer } from "#base/disposer.ts";
import { frozenAt } from "#base/time-map.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import type { ClipCutter } from "#players/clip/clip-cutter.ts";
import type { ClipService } from "#players/clip/clip-service.ts";
import type { FeedSources } from "#players/feed-sources.ts";
import type { DrillFrames } from "#players/drill-frames.ts";
import type { BookmarkSource } from "#players/recording/bookmark-source.ts";
import type { RecordingSource } from "#players/recording/recording-source.ts";
import type { Player, PlayerState } from "#players/player.ts";
import type { SimulationService } from "#players/simulation-service.ts";
import { createStore } from "zustand/vanilla";

import type { Actions, App } from "./app.ts";
import { patch, type AddressBar, type AppCore } from "./app-core.ts";
import type { AppState, FeedState } from "./app-state.ts";
import { bookmarkDesk } from "./bookmark-desk.ts";
import { clipDesk } from "./clip-actions.ts";
import { noClips } from "./clip-state.ts";
import { allCommands } from "./commands/all-commands.ts";
import { compareDesk } from "./compare-actions.ts";
import { compareAfter, isOtherSource, noComparison } from "./compare-state.ts";
import { exportActions } from "./export-actions.ts";
import { drillDesk, type DrillDesk } from "./drill-actions.ts";
import { sharingActions, tellDrillNews } from "./drill-sharing.ts";
import { noDrill, nothingSurveyed } from "./drill-state.ts";
import { followAddress, linkStateOf, urlStateOf } from "./follow-address.ts";
import { drillAfter } from "./follow-drill.ts";
import { followRecording } from "./follow-recording.ts";
import { followPlan } from "./follow-plan.ts";
import { navigationActions } from "./navigation-actions.ts";
import { fittingCamera, pictureActions } from "./picture-actions.ts";
import { readPins } from "./pins.ts";
import { replayActions, tellNearest } from "./replay-actions.ts";
import { noReplay, replayAfter } from "./replay-state.ts";
import { SceneDirector } from "./scene-director.ts";
import { screenActions } from "./screen-actions.ts";
import { searchActions } from "./search-actions.ts";
import { SeriesStore } from "./series-store.ts";
import { selectTopology } from "./selectors.ts";
import { readSettings, type KeyValueStorage } from "./settings.ts";
import { fill, texts } from "./texts.ts";
import { toastActions } from "./toast-actions.ts";
import { followSources } from "./sources-desk.ts";
import { noSourcesKnown } from "./sources-state.ts";
import { surveyLosses } from "./survey-losses.ts";
import { tourRegions } from "./tour.ts";
import { namesNoMoment, readUrl, writeUrl, type UrlState } from "./url-state.ts";
import { ViewPlaces, type LayoutService } from "./view-places.ts";

/** What the app is given: nothing in it reaches for the browser itself. */
export interface AppEnvironment {
  readonly player: Player & { readonly authorize?: (token: string) => void };
  readonly layout: LayoutService;
  readonly simulation: SimulationService;
  readonly frames: DrillFrames;
  readonly recording: RecordingSource;
  readonly bookmarks: BookmarkSource;
  readonly sources: FeedSources;
  readonly cutter: ClipCutter;
  readonly clips: ClipService;
  readonly clock: Clock;
  readonly storage: KeyValueStorage;
  readonly address: AddressBar;
}

export function createApp(environment: AppEnvironment): App {
  const { player, simulation, frames, recording, bookmarks, cutter, clips, clock, storage, address } =
    environment;
  const url = readUrl(address.read());
  const fixed = { feed: url.feed, settings: url.settings };
  const disposer = new Disposer();
  const store = createStore<AppState>(() => initialState(url, storage, clock, player.drills !== undefined));
  const places = new ViewPlaces(environment.layout, clock, () => updateScene());
  const director = new SceneDirector(places);
  const core: AppCore = {
    store,
    player,
    simulation,
    frames,
    recording,
    bookmarks,
    sources: environment.sources,
    cutter,
    clips,
    clock,
    storage,
    places,
    director,
    ports: undefined,
  };
  const series = new SeriesStore();
  const toasts = toastActions(core);
  const marked = bookmarkDesk(core, toasts.toast);
  const compared = compareDesk(core, toasts.toast);
  const files = clipDesk(core, toasts.toast, compared.actions.compareWithMoment);
  const drills = drillDesk(core, toasts.toast);
  const { closeDrill, stopDrill } = drills.actions;
  const navigation = navigationActions(core, toasts.toast, closeDrill, compared.actions.stopComparing);
  const picture = pictureActions(core);
  const actions: Actions = {
    ...toasts,
    ...navigation,
    ...picture,
    ...searchActions(core, picture.panBy),
    ...screenActions(core, stopDrill),
    ...drills.actions,
    ...sharingActions(core, { toast: toasts.toast, closeDrill, search: currentSearch, kept: drills.kept }),
    ...files.actions,
    ...replayActions(core, toasts.toast),
    ...marked.actions,
    ...compared.actions,
    ...exportActions(core, toasts.toast, linkSearch),
    focusFind: () => {
      patch(core, "screen", { isFindOpen: true });
      core.ports?.focusFind();
    },
    focusFilter: () => {
      patch(core, "screen", { isFilterOpen: true });
      core.ports?.focusFilter();
    },
  };

  function currentSearch(): string {
    return writeUrl({ ...urlStateOf(store.getState()), ...fixed });
  }

  function linkSearch(): string {
    return writeUrl({ ...linkStateOf(store.getState()), ...fixed });
  }

  function updateScene(): void {
    const scene = director.update(store.getState());
    if (scene !== store.getState().scene) store.setState({ scene });
  }

  /** A picture that fits goes on fitting when it, or the window, has changed. */
  function keepFitted(state: AppState, before: AppState): void {
    const isOther =
      state.scene?.structure !== before.scene?.structure ||
      state.screen.viewport !== before.screen.viewport ||
      state.screen.insets !== before.screen.insets ||
      state.screen.kiosk !== before.screen.kiosk;
    if (!isOther || !state.view.isFitted || fittingCamera(state) === undefined) return;
    const isOtherView = state.scene?.structure.viewKey !== before.scene?.structure.viewKey;
    picture.fit(isOtherView || before.screen.viewport !== state.screen.viewport ? 0 : 320);
  }

  disposer.add(
    store.subscribe((state, before) => {
      // The address was read before anything was known; now it can be held against what exists.
      checkPlace(state, before, navigation.enter);
      if (state.feed !== before.feed || isSceneInput(state, before)) updateScene();
      keepFitted(store.getState(), before);
    }),
  );
  disposer.add(
    followAddress(
      core,
      address,
      fixed,
      navigation.enter,
      {
        open: (link) => void drills.openLink(link),
        close: closeDrill,
      },
      {
        open: compared.actions.compareWithMoment,
        close: compared.actions.stopComparing,
      },
    ),
  );
  disposer.add(followPlan(core));
  disposer.add(surveyLosses(core));
  disposer.add(followRecording(core));
  disposer.add(followSources(core));
  disposer.add(marked.dispose);
  disposer.add(compared.dispose);
  disposer.add(tellDrillNews(core, toasts.toast));
  disposer.add(drills.dispose);
  disposer.add(files.dispose);
  disposer.add(tourRegions(core, navigation.enter));
  // Of a file that is not here any more the address can say no more than its name.
  if (url.clip !== undefined) actions.openDialog("clip-again");
  else if (url.replay !== undefined) {
    player.replay?.seek(url.replay.at, url.replay);
    disposer.add(tellNearest(core, url.replay.at, toasts.toast));
  }
  disposer.add(player.start((state) => receive(core, series, actions, state)));
  disposer.add(places.dispose);
  if (url.clip === undefined) openFromAddress(url, drills, toasts.toast);
  if (url.compare !== undefined && url.clip === undefined) actions.compareWithMoment(url.compare);
  else if (namesNoMoment(address.read())) {
    actions.toast({ kind: "warning", text: texts.compare.unreadable, tip: texts.compare.unreadableTip });
  }

  return {
    store,
    actions,
    clock,
    commands: allCommands,
    onSceneUpdate: (listener) => director.updates.on(listener),
    seriesOf: (ref) => series.of(ref),
    dispose: disposer.dispose,
  };
}

function isSceneInput(state: AppState, before: AppState): boolean {
  const { view, search, settings, screen } = state;
  return (
    view.focus !== before.view.focus ||
    view.selection !== before.view.selection ||
    view.hover !== before.view.hover ||
    view.cursor !== before.view.cursor ||
    view.pins !== before.view.pins ||
    state.compare.comparison !== before.compare.comparison ||
    search !== before.search ||
    settings.flowMode !== before.settings.flowMode ||
    settings.density !== before.settings.density ||
    screen.viewport !== before.screen.viewport
  );
}

/** Takes over what the player says. */
function receive(core: AppCore, series: SeriesStore, actions: Actions, state: PlayerState): void {
  const { store } = core;
  const before = store.getState().feed;
  const feedName = state.source?.feed;
  if (feedName !== undefined && feedName !== before.source?.feed) {
    patch(core, "view", { pins: readPins(core.storage, feedName) });
  }
  const { current } = state;
  const volumes =
    current === undefined ? undefined : current === before.current ? before.volumes : nodeVolumes(current);
  if (state.generation !== before.generation) series.restart((at, from) => framesBefore(core, at, from));
  if (current !== undefined && volumes !== undefined) series.record(current, volumes);
  const { phase, source, generation, frames, timeMap, clockOffsetMs, gaps } = state;
  const isOther = isOtherSource(before.source, source);
  tellForgotten(core, actions, isOther);
  store.setState(({ drill, replay, compare }) => ({
    feed: { phase, source, generation, frames, current, volumes, timeMap, clockOffsetMs, gaps },
    drill: drillAfter(drill, phase),
    replay: replayAfter(replay, phase),
    compare: isOther
      ? { ...noComparison, revision: compare.revision }
      : compareAfter(compare, { current, volumes }),
  }));
  if (phase.kind === "refused" && phase.cause === "token") actions.openDialog("token");
  tellReconnect(actions, before, state);
  tellBroken(actions, before, state);
}

/** What was marked, or compared, was of a source that is not shown any more. */
function tellForgotten({ store }: AppCore, actions: Actions, isOther: boolean): void {
  const { marked, comparison } = store.getState().compare;
  if (!isOther || (marked ?? comparison) === undefined) return;
  actions.toast({
    kind: "info",
    text: comparison === undefined ? texts.compare.markForgotten : texts.compare.ended,
    tip: texts.compare.otherSource,
  });
}

/** Frames before a moment as far as they are at hand: of the recording while that is shown, else the last seconds. */
function framesBefore({ store, player }: AppCore, at: Millis, from: Millis): readonly TrafficSnapshot[] {
  const { phase, frames } = store.getState().feed;
  const recorded = phase.kind === "replay" ? player.replay?.framesBefore?.(at, from) : undefined;
  return recorded ?? frames.filter((frame) => frame.at < at && frame.at >= from);
}

/** Opens what the address says of a drill, or says what is wrong with that. */
function openFromAddress(url: UrlState, drills: DrillDesk, toast: Actions["toast"]): void {
  const { drill, drillFault, scenario } = url;
  if (drillFault !== undefined) {
    toast({ kind: "warning", text: `${texts.drill.badLink}: ${drillFault.message}` });
  }
  if (drill !== undefined) void drills.openLink(drill);
  else if (scenario !== undefined) void drills.actions.openScenario(scenario);
}

function tellReconnect(actions: Actions, before: FeedState, state: PlayerState): void {
  if (before.phase.kind !== "reconnecting" || state.phase.kind !== "live") return;
  const gap = state.gaps.at(-1);
  if (gap !== undefined && gap !== before.gaps.at(-1)) {
    const count = gap.toSeq - gap.fromSeq + 1;
    actions.toast({ kind: "warning", text: fill(texts.feed.missed, { count }) });
  } else {
    actions.toast({ kind: "info", text: texts.feed.caughtUp });
  }
}

/** A simulation that breaks off says so once; the picture stands at what it came to. */
function tellBroken(actions: Actions, before: FeedState, { phase }: PlayerState): void {
  const wasBroken = before.phase.kind === "simulated" && before.phase.drill.fault !== undefined;
  if (phase.kind !== "simulated" || phase.drill.fault === undefined || wasBroken) return;
  actions.toast({ kind: "error", text: phase.drill.fault.message });
}

/** Leaves a place that does not, or no longer, exist; unless it may be of the moment that is being fetched to compare with. */
function checkPlace(state: AppState, before: AppState, enter: Actions["enter"]): void {
  const isSame =
    selectTopology(state)?.revision === selectTopology(before)?.revision &&
    isFetching(state) === isFetching(before);
  if (isSame || isFetching(state) || state.view.focus.length === 0) return;
  enter(state.view.focus);
}

function isFetching({ compare }: AppState): boolean {
  return compare.comparison?.kind === "loading";
}

function initialState(url: UrlState, storage: KeyValueStorage, clock: Clock, isOffered: boolean): AppState {
  return {
    feed: {
      phase: { kind: "connecting" },
      source: undefined,
      generation: 0,
      frames: [],
      current: undefined,
      volumes: undefined,
      timeMap: frozenAt(0, clock.now()),
      clockOffsetMs: 0,
      gaps: [],
    },
    view: {
      focus: url.focus,
      selection: url.selection,
      hover: undefined,
      cursor: undefined,
      camera: url.camera ?? { x: 0, y: 0, zoom: 1 },
      isFitted: url.camera === undefined,
      pins: new Map(),
    },
    search: { find: url.find, filter: url.filter, onlyProblems: url.onlyProblems, match: -1 },
    settings: { ...readSettings(storage), ...url.settings },
    screen: {
      viewport: { width: 1, height: 1 },
      insets: { left: 0, top: 0, right: 0, bottom: 0 },
      dialog: undefined,
      isTableOpen: url.isTableOpen,
      isFilterOpen: url.filter !== "",
      isFindOpen: url.find !== "",
      kiosk: url.isKiosk ? { rotateMs: url.rotateMs } : undefined,
      fps: url.fps,
      prefers: { dark: true, highContrast: false, reducedMotion: false },
      isHidden: false,
    },
    scene: undefined,
    drawing: {
      engine: undefined,
      why: "",
      framesPerSecond: 0,
      drawMs: 0,
      dots: 0,
      thinning: 1,
      isDrawn: false,
      isContextLost: false,
      failure: undefined,
    },
    drill: { ...noDrill, isOffered },
    survival: nothingSurveyed,
    sources: noSourcesKnown,
    replay: noReplay,
    clips: {
      ...noClips,
      wanted:
        url.clip === undefined ? undefined : { name: url.clip, replay: url.replay, compare: url.compare },
    },
    compare: {
      ...noComparison,
      ...(url.compare === undefined || url.clip !== undefined
        ? {}
        : { comparison: { kind: "loading", at: url.compare } }),
    },
    toasts: [],
  };
}
