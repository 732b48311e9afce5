import { chooseEngine } from "./choose-engine.ts";
import { threadTiming } from "./frame-loop.ts";
import { RenderHost } from "./render-host.ts";
import type { EngineChoice, RenderReport } from "./render-message.ts";
import type { Renderer } from "./renderer.ts";
import { SoftwareRenderer } from "./software/software-renderer.ts";
import { WebglRenderer } from "./webgl2/webgl-renderer.ts";

/** Makes the renderer for a canvas, and the host that drives it, on this thread. Reports `ready`, or `failed` and answers undefined. */
export function createEngine(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  choice: EngineChoice,
  createCanvas: () => HTMLCanvasElement | OffscreenCanvas,
  report: (report: RenderReport) => void,
): RenderHost | undefined {
  const { engine, why } = chooseEngine(choice, createCanvas);
  let host: RenderHost | undefined;
  function onContext(isLost: boolean): void {
    report({ kind: "context", isLost });
    if (!isLost) host?.redraw();
  }
  try {
    const renderer: Renderer =
      engine === "webgl2"
        ? new WebglRenderer(canvas, threadTiming.now, onContext)
        : new SoftwareRenderer(canvas, threadTiming.now);
    host = new RenderHost(renderer, threadTiming, report);
  } catch (error: unknown) {
    report({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
  report({ kind: "ready", engine, why });
  return host;
}
