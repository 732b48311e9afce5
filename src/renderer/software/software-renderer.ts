import { frozenAt, motionTimeAt, type TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";
import type { Camera, Viewport } from "#scene/camera.ts";
import type { FlowRow } from "#scene/flow-columns.ts";
import { flowTime } from "#scene/flow-law.ts";
import type { Emphasis, SceneStructure, SceneValues } from "#scene/scene.ts";

import { FlowState } from "../flow-state.ts";
import type { Palette } from "../palette.ts";
import { captureCanvas } from "../picture/capture-canvas.ts";
import type { PictureOptions } from "../picture/picture-input.ts";
import { StillPicture } from "../picture/still-picture.ts";
import type { FrameResult, FrameState, Renderer, Transition } from "../renderer.ts";
import {
  blendOld,
  blendOver,
  blendOverlay,
  copyUnder,
  overlayOf,
  type Overlay,
  type PixelMapping,
} from "./compose.ts";
import { SplatPalette } from "./splat-palette.ts";
import { DotSplatter, type PixelImage, type SplatMoment } from "./splat-dots.ts";

/**
 * Draws without a graphics card: the still picture is copied, the dots are written into memory, nodes and labels are blended over them, and the
 * result is put on the canvas in one go. Meant for a worker; five times as fast as WebGL on a processor (docs/performance.md).
 */
export class SoftwareRenderer implements Renderer {
  readonly kind = "software";
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  readonly #still: StillPicture;
  readonly #flow = new FlowState();
  readonly #splatter = new DotSplatter();
  readonly #colors = new SplatPalette();
  #time: TimeMap = frozenAt(0, 0);
  #wall = 0;
  #data = new ImageData(1, 1);
  #image: PixelImage = { width: 1, height: 1, pixels: new Int32Array(1) };
  #under: PixelImage = this.#image;
  #over: PixelImage = this.#image;
  #overlay: Overlay | undefined;
  #kept: PixelImage | undefined;
  #dots = 0;

  constructor(canvas: HTMLCanvasElement | OffscreenCanvas, now: () => Millis) {
    this.#still = new StillPicture(true, now);
    this.#canvas = canvas;
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (context === null)
      throw new Error("This browser cannot draw in two dimensions: no 2D canvas context.");
    this.#context = context;
  }

  setScene(structure: SceneStructure, values: SceneValues): void {
    this.#still.setScene(structure, values);
    this.#flow.setScene(structure, values, flowTime(motionTimeAt(this.#time, this.#wall)));
    this.#colors.setClasses(structure.classes);
  }

  setEmphasis(emphasis: Emphasis): void {
    this.#still.setEmphasis(emphasis);
    this.#flow.setEmphasis(emphasis);
  }

  setAppearance(palette: Palette, options: PictureOptions): void {
    this.#still.setAppearance(palette, options);
    this.#colors.setPalette(palette);
  }

  fontsChanged(): void {
    this.#still.fontsChanged();
  }

  setFlow(rows: readonly FlowRow[]): void {
    this.#flow.history.setRows(rows);
  }

  addFlow(row: FlowRow, keepFrom: Millis): void {
    this.#flow.history.addRow(row, keepFrom);
  }

  restartFlow(): void {
    this.#flow.restart();
  }

  resize(viewport: Viewport, pixelRatio: number): void {
    this.#still.resize(viewport, pixelRatio);
    const width = Math.max(1, Math.round(viewport.width * pixelRatio));
    const height = Math.max(1, Math.round(viewport.height * pixelRatio));
    if (width === this.#image.width && height === this.#image.height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#data = new ImageData(width, height);
    this.#image = { width, height, pixels: new Int32Array(this.#data.data.buffer) };
    this.#kept = undefined;
  }

  keepLastFrame(): void {
    this.#kept = { ...this.#image, pixels: this.#image.pixels.slice() };
  }

  draw(frame: FrameState): FrameResult {
    this.#time = frame.time;
    this.#wall = frame.wall;
    const labels = this.#still.prepare(frame);
    if (labels !== undefined) this.#readStill();
    const mapping = this.#mapping(frame.camera);
    copyUnder(this.#image, this.#under, mapping, this.#colors.ground);
    if (frame.dots && frame.transition === undefined) this.#drawDots(frame);
    this.#drawOver(mapping);
    if (frame.transition !== undefined && this.#kept !== undefined)
      this.#blendKept(this.#kept, frame.transition);
    this.#context.putImageData(this.#data, 0, 0);
    return { dots: this.#dots, labels };
  }

  capture(): Promise<Blob | undefined> {
    return captureCanvas(this.#canvas);
  }

  dispose(): void {
    this.#kept = undefined;
    this.#overlay = undefined;
  }

  #drawDots(frame: FrameState): void {
    const { pixelRatio } = this.#still;
    this.#flow.history.advance(frame.time, frame.wall);
    const scale = frame.camera.zoom * pixelRatio;
    const moment: SplatMoment = {
      time: flowTime(motionTimeAt(frame.time, frame.wall)),
      rowOf: this.#flow.history.rowOf,
      classes: this.#colors.classes,
      thinning: frame.thinning,
    };
    const style = this.#colors.style(frame.camera.zoom, pixelRatio, this.#image.width, this.#dots);
    this.#dots = this.#splatter.splat(
      this.#image,
      {
        scale,
        offsetX: this.#image.width / 2 - frame.camera.x * scale,
        offsetY: this.#image.height / 2 - frame.camera.y * scale,
      },
      this.#flow,
      moment,
      style,
    );
  }

  #drawOver(mapping: PixelMapping): void {
    const x = Math.round(mapping.offsetX);
    const y = Math.round(mapping.offsetY);
    const borderPx = this.#still.border * this.#still.pixelRatio;
    const isStill = mapping.scale === 1 && x === Math.round(borderPx) && y === Math.round(borderPx);
    if (!isStill) {
      blendOver(this.#image, this.#over, mapping);
      return;
    }
    this.#overlay ??= overlayOf(this.#over, x, y, this.#image.width, this.#image.height);
    blendOverlay(this.#image, this.#overlay);
  }

  #blendKept(kept: PixelImage, transition: Transition): void {
    blendOld(this.#image, kept, keptMapping(transition, this.#still.pixelRatio), 1 - transition.progress);
  }

  /** Screen pixel to pixel of the painted picture. */
  #mapping(camera: Camera): PixelMapping {
    const painted = this.#still.paintedCamera ?? camera;
    const { pixelRatio } = this.#still;
    const scale = painted.zoom / camera.zoom;
    const perWorld = painted.zoom * pixelRatio;
    return {
      scale,
      offsetX: (camera.x - painted.x) * perWorld + this.#under.width / 2 - (this.#image.width / 2) * scale,
      offsetY: (camera.y - painted.y) * perWorld + this.#under.height / 2 - (this.#image.height / 2) * scale,
    };
  }

  #readStill(): void {
    this.#under = this.#still.readUnder();
    this.#over = this.#still.readOver();
    this.#overlay = undefined;
  }
}

/** The old picture grows out of the screen around the anchor while the new one is entered, and shrinks into it when leaving. */
function keptMapping({ progress, anchor, direction }: Transition, pixelRatio: number): PixelMapping {
  const magnified = direction === "enter" ? 1 + progress * 2.5 : 1 - progress * 0.7;
  const scale = 1 / magnified;
  return {
    scale,
    offsetX: anchor.x * pixelRatio * (1 - scale),
    offsetY: anchor.y * pixelRatio * (1 - scale),
  };
}
