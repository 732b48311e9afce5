import { RenderClient } from "#renderer/render-client.ts";
import type { EngineChoice, RenderStats } from "#renderer/render-message.ts";
import { strewnScene, testOptions, testPalette } from "#testing/engine-scene.ts";
import { evenRow } from "#testing/flow-scene.ts";

import { timeUpdates } from "./update-page.ts";

/** What a bench asks of the page; it stands on `window.bench`. */
export interface BenchPage {
  /** Draws `dots` dots on `edges` edges until the next call; resolves when the first figures have come. */
  show(engine: EngineChoice, edges: number, dots: number): Promise<void>;
  /** Figures of the last second. */
  stats(): RenderStats | undefined;
  /** Moves the camera once per frame for a while, as panning and zooming do. */
  move(ms: number): Promise<number>;
  /** See update-page.ts. */
  timeUpdates(count: number): Promise<readonly number[]>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

let client: RenderClient | undefined;
let latest: RenderStats | undefined;

function start(engine: EngineChoice, edgeCount: number, dots: number): void {
  const canvas = freshCanvas();
  latest = undefined;
  client = new RenderClient(canvas, { engine, fonts: [], inWorker: true });
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
  timeUpdates: (count) => timeUpdates(count, freshCanvas()),
  show: async (engine, edges, dots) => {
    start(engine, edges, dots);
    // oxlint-disable-next-line no-unmodified-loop-condition -- the renderer's messages set it
    while (latest === undefined) await nextFrame();
  },
  stats: () => latest,
  move: async (ms) => {
    const began = performance.now();
    let frames = 0;
    const middle = { x: innerWidth / 2, y: innerHeight / 2 };
    while (performance.now() - began < ms) {
      const t = (performance.now() - began) / 1000;
      const camera = {
        x: middle.x + Math.sin(t * 2) * 120,
        y: middle.y + Math.cos(t * 1.7) * 80,
        zoom: 1 + 0.4 * Math.sin(t),
      };
      client?.send({ kind: "camera", camera, animateMs: 0 });
      frames += 1;
      await nextFrame();
    }
    return frames / (ms / 1000);
  },
};
