import { Disposer, type Dispose } from "#base/disposer.ts";
import type { Clock } from "#base/time.ts";
import { RenderClient } from "#renderer/render-client.ts";
import type { FontSource, RenderReport } from "#renderer/render-message.ts";
import type { PictureOptions } from "#renderer/picture/picture-input.ts";
import type { App } from "#store/app.ts";
import type { AppState } from "#store/app-state.ts";
import { isHighContrast, isReducedMotion } from "#store/commands/look-commands.ts";
import { texts } from "#store/texts.ts";

import { listenToPointers } from "./pointer-input.ts";
import { pictureTarget, type LabelsOnScreen } from "./picture-target.ts";
import { readPalette } from "./read-palette.ts";

/** How long a lost graphics context may take to come back before the software engine takes over. */
const contextPatienceMs = 4_000;

/** Frames per second while the window is not the one that a person works in. */
const unattendedFps = 30;

export interface CanvasSession {
  readonly capture: () => Promise<Blob | undefined>;
  readonly dispose: Dispose;
}

export interface CanvasSessionInput {
  readonly app: App;
  readonly clock: Clock;
  /** The element that the canvas fills. */
  readonly host: HTMLElement;
  readonly engine: "auto" | "webgl2" | "software";
  readonly fonts: readonly FontSource[];
  /** Called when this engine cannot go on; another one should be tried. */
  readonly onGiveUp: (message: string) => void;
}

/** One canvas with its renderer, from first frame to last. A canvas that was given away cannot be taken back, so each session makes its own. */
export function startCanvasSession({
  app,
  clock,
  host,
  engine,
  fonts,
  onGiveUp,
}: CanvasSessionInput): CanvasSession {
  const disposer = new Disposer();
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  host.append(canvas);
  disposer.add(() => canvas.remove());
  const client = new RenderClient(canvas, { engine, fonts, inWorker: true });
  disposer.add(() => client.dispose());
  let labels: LabelsOnScreen = { version: -1, labels: [] };
  let stopWaiting: Dispose | undefined;

  function onReport(report: RenderReport): void {
    switch (report.kind) {
      case "ready":
        host.dataset["engine"] = report.engine;
        app.actions.setDrawing({ engine: report.engine, why: report.why, failure: undefined });
        return;
      case "failed":
        onGiveUp(report.message);
        return;
      case "labels":
        labels = report;
        host.dataset["drawn"] = String(report.version);
        app.actions.setDrawing({ isDrawn: true });
        return;
      case "stats": {
        const { framesPerSecond, drawMs, dots, thinning } = report;
        host.dataset["dots"] = String(dots);
        host.dataset["fps"] = framesPerSecond.toFixed(1);
        app.actions.setDrawing({ framesPerSecond, drawMs, dots, thinning });
        return;
      }
      case "context":
        app.actions.setDrawing({ isContextLost: report.isLost });
        stopWaiting?.();
        stopWaiting = report.isLost
          ? clock.after(contextPatienceMs, () => onGiveUp(texts.contextLost))
          : undefined;
        return;
      case "captured":
        return;
    }
  }

  disposer.add(client.onReport(onReport));
  disposer.add(() => stopWaiting?.());
  disposer.add(app.onSceneUpdate((update) => client.send(update)));
  disposer.add(followAppearance(app, client));
  disposer.add(followSize(app, host, client));
  disposer.add(followAttention(app, client));
  const place = ({ x, y }: { readonly x: number; readonly y: number }) => {
    host.parentElement?.style.setProperty("--hover-x", `${x}px`);
    host.parentElement?.style.setProperty("--hover-y", `${y}px`);
  };
  const cursor = (look: string) => {
    host.style.cursor = look;
  };
  disposer.add(
    listenToPointers(
      host,
      pictureTarget(app, () => labels, place, cursor),
    ),
  );
  app.actions.redraw();
  return { capture: () => client.capture(), dispose: disposer.dispose };
}

/** Colours, labels, motion: from the theme's tokens and the settings. */
function followAppearance(app: App, client: RenderClient): Dispose {
  const root = document.documentElement;
  const send = () => {
    client.send({
      kind: "appearance",
      palette: readPalette(root),
      options: pictureOptions(app.store.getState()),
    });
  };
  send();
  const observer = new MutationObserver(send);
  observer.observe(root, { attributeFilter: ["data-theme", "data-contrast", "data-simulated"] });
  const stop = app.store.subscribe((state, before) => {
    if (state.settings !== before.settings || state.screen.prefers !== before.screen.prefers) send();
  });
  return () => {
    observer.disconnect();
    stop();
  };
}

function pictureOptions(state: AppState): PictureOptions {
  return {
    labels: state.settings.labels,
    reducedMotion: isReducedMotion(state),
    highContrast: isHighContrast(state),
    texts: texts.picture,
  };
}

function followSize(app: App, host: HTMLElement, client: RenderClient): Dispose {
  const measure = () => {
    const viewport = { width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) };
    client.send({ kind: "size", viewport, pixelRatio: window.devicePixelRatio });
    app.actions.resize(viewport, app.store.getState().screen.insets);
  };
  measure();
  const observer = new ResizeObserver(measure);
  observer.observe(host);
  return () => observer.disconnect();
}

/** Less work while nobody looks: none in a hidden tab, half in a window that is not the active one. A kiosk is looked at without being active. */
function followAttention(app: App, client: RenderClient): Dispose {
  const send = () => {
    const { fps, kiosk } = app.store.getState().screen;
    const isAttended = document.hasFocus() || kiosk !== undefined;
    client.send({ kind: "visible", isVisible: document.visibilityState === "visible" });
    client.send({ kind: "pace", fps: fps ?? (isAttended ? undefined : unattendedFps), isAdaptive: true });
  };
  send();
  document.addEventListener("visibilitychange", send);
  window.addEventListener("focus", send);
  window.addEventListener("blur", send);
  const stop = app.store.subscribe((state, before) => {
    if (state.screen.kiosk !== before.screen.kiosk || state.screen.fps !== before.screen.fps) send();
  });
  return () => {
    document.removeEventListener("visibilitychange", send);
    window.removeEventListener("focus", send);
    window.removeEventListener("blur", send);
    stop();
  };
}
