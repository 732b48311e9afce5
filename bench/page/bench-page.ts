import { RenderClient } from "#renderer/render-client.ts";
import type { EngineChoice, RenderStats } from "#renderer/render-message.ts";
import { strewnScene, testOptions, testPalette } from "#testing/engine-scene.ts";
import { evenRow } from "#testing/flow-scene.ts";

import { countGlCalls, type GlCounts } from "./count-gl-calls.ts";
import { prepareDrill, type PreparedDrill } from "./drill-page.ts";
import { timeLayout } from "./layout-page.ts";
import { prepareUpdates, type PreparedUpdates } from "./update-page.ts";

/** What a bench asks of the page; it stands on `window.bench`. */
export interface BenchPage {
  /** Draws `dots` dots on `edges` edges until the next call; resolves when the first figures have come. `inWorker`: see RenderClient. */
  show(engine: EngineChoice, edges: number, dots: number, inWorker: boolean): Promise<void>;
  /** Figures of the last 120 frames, or of those since `forget` was called. */
  stats(): RenderStats | undefined;
  forget(): void;
  /** Draws so many frames with WebGL2 on this thread, after the first ones, and counts what they ask of the graphics card. */
  countCalls(edges: number, dots: number, frames: number): Promise<GlCounts>;
  /** See layout-page.ts. */
  timeLayout(): Promise<number>;
  /** See drill-page.ts. */
  prepareDrill(speed: number): Promise<PreparedDrill>;
  /** See update-page.ts. */
  prepareUpdates(count: number): Promise<PreparedUpdates>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

let client: RenderClient | undefined;
let latest: RenderStats | undefined;

function start(engine: EngineChoice, edgeCount: number, dots: number, inWorker: boolean): void {
  const canvas = freshCanvas();
  latest = undefined;
  client = new RenderClient(canvas, { engine, fonts: [], inWorker });
  client.onReport((report) => {
    if (report.kind === "stats") latest = report;
    if (report.kind === "failed") document.title = report.message;
  });
  const viewport = { width: innerWidth, height: innerHeight };
  const { structure, values, edges } = strewnScene(edgeCount, viewport.width, viewport.height);
  const seconds = edges.flightMs.reduce((sum, ms) => sum + ms / 1000, 0);
  const now = Date.now();
  const row = evenRow(edgeCount, dots / seconds, 0.004, 0.002, now - 60_000);
  client.send({ kind: "appearance", palette: testPalette, options: testOptions });
  client.send({ kind: "size", viewport, pixelRatio: 1 });
  client.send({
    kind: "camera",
    camera: { x: viewport.width / 2, y: viewport.height / 2, zoom: 1 },
    animateMs: 0,
  });
  client.send({ kind: "pace", fps: undefined, isAdaptive: false });
  client.send({ kind: "scene", structure, values, rows: [row] });
  const map = { wallAt: now, dataAt: now, motionAt: now, speed: 1, holdAt: Infinity };
  client.send({ kind: "time", map, restart: true });
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function freshCanvas(): HTMLCanvasElement {
  client?.dispose();
  client = undefined;
  document.querySelector("canvas")?.remove();
  const canvas = document.createElement("canvas");
  document.body.append(canvas);
  return canvas;
}

window.bench = {
  prepareUpdates: (count) => prepareUpdates(count, freshCanvas()),
  prepareDrill: (speed) => prepareDrill(speed, freshCanvas()),
  timeLayout,
  show: async (engine, edges, dots, inWorker) => {
    start(engine, edges, dots, inWorker);
    // oxlint-disable-next-line no-unmodified-loop-condition -- the renderer's messages set it
    while (latest === undefined) await nextFrame();
  },
  stats: () => latest,
  // A page that comes back into view begins to measure anew.
  forget: () => client?.send({ kind: "visible", isVisible: true }),
  countCalls: async (edges, dots, frames) => {
    const counter = countGlCalls();
    start("webgl2", edges, dots, false);
    // By then the scene is uploaded, and the still picture is painted sharp: frames have nothing new to show.
    for (const until = performance.now() + 2_000; performance.now() < until;) await nextFrame();
    counter.take();
    for (let i = 0; i < frames; i += 1) await nextFrame();
    return { frames, ...counter.take() };
  },
};
