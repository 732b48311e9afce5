import type { EngineChoice } from "./render-message.ts";
import type { EngineKind } from "./renderer.ts";

export interface ChosenEngine {
  readonly engine: EngineKind;
  /** For the legend and for bug reports. */
  readonly why: string;
}

/** Renderers that run on the processor: SwiftShader (Chromium), llvmpipe and softpipe (Mesa), WARP (Windows). */
const softwareRenderers = /swiftshader|llvmpipe|softpipe|software|microsoft basic render|warp/i;

/**
 * Which engine draws: WebGL2 on a graphics card, else the software engine, which is five times as fast as WebGL on a processor
 * (docs/performance.md). `createCanvas` makes a canvas to try on; the one on screen stays untouched, because a canvas that has had one kind of context
 * gives no other.
 */
export function chooseEngine(
  choice: EngineChoice,
  createCanvas: () => HTMLCanvasElement | OffscreenCanvas,
): ChosenEngine {
  if (choice !== "auto") return { engine: choice, why: "asked for" };
  const gl = createCanvas().getContext("webgl2");
  if (gl === null) return { engine: "software", why: "no WebGL2" };
  const name = rendererName(gl);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return softwareRenderers.test(name)
    ? { engine: "software", why: `WebGL2 runs on the processor (${name})` }
    : { engine: "webgl2", why: name };
}

function rendererName(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  return typeof name === "string" ? name : "unknown";
}
