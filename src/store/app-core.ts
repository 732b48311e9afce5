import type { Clock } from "#base/time.ts";
import type { StoreApi } from "zustand/vanilla";
import type { ClipCutter } from "#players/clip/clip-cutter.ts";
import type { ClipService } from "#players/clip/clip-service.ts";
import type { FeedSources } from "#players/feed-sources.ts";
import type { DrillFrames } from "#players/drill-frames.ts";
import type { BookmarkSource } from "#players/recording/bookmark-source.ts";
import type { RecordingSource } from "#players/recording/recording-source.ts";
import type { Player } from "#players/player.ts";
import type { SimulationService } from "#players/simulation-service.ts";

import type { Ports } from "./app.ts";
import type { AppState } from "./app-state.ts";
import type { SceneDirector } from "./scene-director.ts";
import type { KeyValueStorage } from "./settings.ts";
import type { ViewPlaces } from "./view-places.ts";

/** The address bar: what a person can share, and where back and forward lead. */
export interface AddressBar {
  /** The query, "?in=…" or "". */
  read(): string;
  /** `push` makes a step that "back" returns from; otherwise the present step is rewritten. */
  write(search: string, push: boolean): void;
  /** Calls back when "back" or "forward" has changed it. */
  onTravel(listener: () => void): () => void;
}

/** What the parts of the app share. */
export interface AppCore {
  readonly store: StoreApi<AppState>;
  readonly player: Player & { readonly authorize?: (token: string) => void };
  readonly simulation: SimulationService;
  readonly frames: DrillFrames;
  readonly recording: RecordingSource;
  readonly bookmarks: BookmarkSource;
  /** How the systems are that feeds are put together from. */
  readonly sources: FeedSources;
  /** Cuts clips from the recordings of the server. */
  readonly cutter: ClipCutter;
  readonly clips: ClipService;
  readonly clock: Clock;
  readonly storage: KeyValueStorage;
  readonly places: ViewPlaces;
  readonly director: SceneDirector;
  ports: Ports | undefined;
}

type Section =
  | "feed"
  | "view"
  | "search"
  | "screen"
  | "drawing"
  | "settings"
  | "drill"
  | "survival"
  | "replay"
  | "clips"
  | "sources"
  | "compare";

/** Replaces some fields of one section of the state; does nothing where all of them are so already. */
export function patch<S extends Section>(
  core: Pick<AppCore, "store">,
  section: S,
  change: Partial<AppState[S]>,
): void {
  const before = core.store.getState()[section];
  for (const key in change) {
    if (Object.is(before[key], change[key])) continue;
    core.store.setState((state) => ({ ...state, [section]: { ...state[section], ...change } }));
    return;
  }
}
