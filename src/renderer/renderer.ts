import type { TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";
import type { Camera, Viewport } from "#scene/camera.ts";
import type { FlowRow } from "#scene/flow-columns.ts";
import type { Emphasis, SceneStructure, SceneValues } from "#scene/scene.ts";

import type { Palette } from "./palette.ts";
import type { PictureOptions } from "./picture/picture-input.ts";
import type { PaintedLabel } from "./picture/text-painter.ts";

/** `webgl2` on a graphics card, `software` where there is none. */
export type EngineKind = "webgl2" | "software";

/**
 * One engine that draws on one canvas. Whoever owns it calls the setters when something has changed and `draw` once per frame; a
 * call of `draw` after which nothing has changed and time stands still draws the same picture again.
 */
export interface Renderer {
  readonly kind: EngineKind;
  /** Structure and values belong together (equal versions). */
  setScene(structure: SceneStructure, values: SceneValues): void;
  setEmphasis(emphasis: Emphasis): void;
  setAppearance(palette: Palette, options: PictureOptions): void;
  fontsChanged(): void;
  /** The rows of the frames around now, oldest first, all of the current structure. */
  setFlow(rows: readonly FlowRow[]): void;
  /** One more row, newer than all others; rows that no data time from `keepFrom` on can need may go. */
  addFlow(row: FlowRow, keepFrom: Millis): void;
  /** Forgets which rates held for the dots under way: after a seek, a pause or another structure. */
  restartFlow(): void;
  resize(viewport: Viewport, pixelRatio: number): void;
  /** Keeps the frame on screen for a transition; called before the scene of another view is set. */
  keepLastFrame(): void;
  /** Draws one frame; allocates nothing that grows. */
  draw(frame: FrameState): FrameResult;
  /** The picture on the canvas as a PNG. */
  capture(): Promise<Blob | undefined>;
  dispose(): void;
}

export interface FrameState {
  readonly wall: Millis;
  readonly time: TimeMap;
  /** Where the camera is, and where it comes to rest; they differ during a transition. */
  readonly camera: Camera;
  readonly restCamera: Camera;
  /** Whether the camera has moved within the last moments: the still picture is then moved, not repainted. */
  readonly isMoving: boolean;
  /** Share of the dots to draw, 0 to 1: less than 1 only where the machine cannot keep up, which the legend then says. */
  readonly thinning: number;
  readonly dots: boolean;
  readonly transition: Transition | undefined;
}

/** The way from one picture to another. The old one is the last frame that was drawn. */
export interface Transition {
  /** 0: the old picture, 1: the new one. */
  readonly progress: number;
  /** The new picture grows out of this place of the old one when entering, the old one shrinks into this place of the new one when leaving. */
  readonly anchor: { readonly x: number; readonly y: number };
  readonly direction: "enter" | "leave";
}

export interface FrameResult {
  readonly dots: number;
  /** Set when the still picture was repainted. */
  readonly labels: readonly PaintedLabel[] | undefined;
}
