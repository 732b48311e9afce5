import { createContext, useContext, useRef, useSyncExternalStore } from "react";

import { must } from "#base/assert.ts";
import type { Dispose } from "#base/disposer.ts";
import type { Clock } from "#base/time.ts";
import type { App } from "#store/app.ts";
import type { AppState } from "#store/app-state.ts";

import type { RecentChoices } from "./command-palette/recent-choices.ts";

/** The picture as a PNG; undefined where the browser cannot make one. */
export type CapturePicture = () => Promise<Blob | undefined>;

/** What every component can reach. */
export interface AppServices {
  readonly app: App;
  readonly clock: Clock;
  /** Whoever draws lends its picture to "save the picture"; the newest one counts until it is taken back. */
  readonly registerCapture: (capture: CapturePicture) => Dispose;
  readonly recentChoices: RecentChoices;
}

export const AppContext = createContext<AppServices | undefined>(undefined);

export function useServices(): AppServices {
  return must(useContext(AppContext), "a component stands outside of <Shell>");
}

export function useApp(): App {
  return useServices().app;
}

/**
 * A part of the state, kept up to date. The component renders again only when the part is another one: by identity, or as `isEqual` says for
 * selectors that build a new value each time.
 */
export function useAppState<T>(
  selector: (state: AppState) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
): T {
  const { store } = useApp();
  const last = useRef<{ readonly value: T } | undefined>(undefined);
  const select = (): T => {
    const value = selector(store.getState());
    if (last.current !== undefined && isEqual(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  };
  return useSyncExternalStore(store.subscribe, select);
}
