import type { Viewport } from "#scene/camera.ts";
import type { SceneUpdate } from "#scene/scene-update.ts";

import type { Palette } from "./palette.ts";
import type { PictureOptions } from "./picture/picture-input.ts";
import type { PaintedLabel } from "./picture/text-painter.ts";
import type { EngineKind } from "./renderer.ts";

/** What the page tells the thread that draws. Typed arrays are transferred, not copied, where the page has no more use for them. */
export type RenderCommand =
  | SceneUpdate
  | { readonly kind: "appearance"; readonly palette: Palette; readonly options: PictureOptions }
  | { readonly kind: "size"; readonly viewport: Viewport; readonly pixelRatio: number }
  | { readonly kind: "pace"; readonly fps: number | undefined; readonly isAdaptive: boolean }
  | { readonly kind: "visible"; readonly isVisible: boolean }
  | { readonly kind: "fonts" }
  | { readonly kind: "capture"; readonly id: number }
  | { readonly kind: "dispose" };

export type RenderReport =
  | { readonly kind: "ready"; readonly engine: EngineKind; readonly why: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "labels"; readonly version: number; readonly labels: readonly PaintedLabel[] }
  | ({ readonly kind: "stats" } & RenderStats)
  | { readonly kind: "captured"; readonly id: number; readonly image: Blob | undefined }
  | { readonly kind: "context"; readonly isLost: boolean };

export interface RenderStats {
  readonly framesPerSecond: number;
  /** Time that this thread spent on a frame: median of the last second. */
  readonly drawMs: number;
  readonly dots: number;
  /** Share of the dots that is drawn; below 1 the machine cannot keep up. */
  readonly thinning: number;
}

/** First message to a render worker. */
export interface RenderStart {
  readonly kind: "start";
  readonly canvas: OffscreenCanvas;
  readonly engine: EngineChoice;
  readonly fonts: readonly FontSource[];
}

export type EngineChoice = EngineKind | "auto";

/** A typeface that a worker has to load for itself. */
export interface FontSource {
  readonly family: string;
  readonly url: string;
  readonly weight: string;
}
