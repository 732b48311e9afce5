import type { Actions } from "./app.ts";
import { patch, type AppCore } from "./app-core.ts";
import { writeSettings } from "./settings.ts";

type ScreenActions = Pick<
  Actions,
  | "togglePause"
  | "goLive"
  | "changeSettings"
  | "openDialog"
  | "toggleTable"
  | "toggleFilter"
  | "toggleKiosk"
  | "setPreferences"
  | "setHidden"
  | "setDrawing"
  | "lendPorts"
  | "authorize"
  | "toggleFullscreen"
>;

export function screenActions(core: AppCore, stopDrill: Actions["stopDrill"]): ScreenActions {
  const { store, player } = core;
  return {
    togglePause: () => {
      const { playback } = player;
      if (playback === undefined) return;
      if (playback.isPaused) playback.resume();
      else playback.pause();
    },
    // What is live is behind a drill.
    goLive: () => {
      if (store.getState().feed.phase.kind === "simulated") stopDrill();
      if (player.replay === undefined) player.playback?.resume();
      else player.replay.goLive();
    },
    changeSettings: (change) => {
      patch(core, "settings", change);
      writeSettings(core.storage, store.getState().settings);
    },
    openDialog: (dialog) => patch(core, "screen", { dialog }),
    toggleTable: () => patch(core, "screen", { isTableOpen: !store.getState().screen.isTableOpen }),
    toggleFilter: () => patch(core, "screen", { isFilterOpen: !store.getState().screen.isFilterOpen }),
    toggleKiosk: () => {
      const { kiosk } = store.getState().screen;
      patch(core, "screen", { kiosk: kiosk === undefined ? { rotateMs: undefined } : undefined });
    },
    setHidden: (isHidden) => patch(core, "screen", { isHidden }),
    setPreferences: (prefers) => patch(core, "screen", { prefers }),
    setDrawing: (change) => patch(core, "drawing", change),
    lendPorts: (ports) => {
      core.ports = ports;
    },
    authorize: (token) => {
      patch(core, "screen", { dialog: undefined });
      player.authorize?.(token);
      core.frames.authorize?.(token);
      core.bookmarks.authorize?.(token);
      core.sources.authorize?.(token);
      core.cutter.authorize?.(token);
    },
    toggleFullscreen: () => core.ports?.toggleFullscreen(),
  };
}
