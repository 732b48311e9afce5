import type { Millis } from "#base/time.ts";
import type { Camera, Viewport } from "#scene/camera.ts";
import type { Emphasis, SceneStructure, SceneValues } from "#scene/scene.ts";

import type { Palette } from "../palette.ts";
import type { FrameState } from "../renderer.ts";
import type { PixelImage } from "../software/splat-dots.ts";
import type { PictureOptions } from "./picture-input.ts";
import { typefaces, type Pen, type Surface } from "./pen.ts";
import { PicturePainter } from "./picture-painter.ts";
import type { PaintedLabel } from "./text-painter.ts";

/** While the camera moves, a picture that takes longer than this is moved; a cheaper one is painted anew each frame and stays sharp. */
const cheapPaintMs = 6;

/** Share of the screen that is painted beyond each side, for panning to bring in. */
const borderShare = 0.15;

/** The two surfaces of the still picture, and the knowledge whether they are still right. */
export class StillPicture {
  readonly #painter: PicturePainter;
  readonly #now: () => Millis;
  #structure: SceneStructure | undefined;
  #values: SceneValues | undefined;
  #emphasis: Emphasis | undefined;
  #options: PictureOptions | undefined;
  #viewport: Viewport = { width: 1, height: 1 };
  #isDirty = true;
  #face: string = typefaces.before;
  #lastPaintMs = 0;
  palette: Palette | undefined;
  pixelRatio = 1;
  border = 0;
  paintedCamera: Camera | undefined;

  /** `now` measures how long painting takes. */
  constructor(forReading: boolean, now: () => Millis) {
    this.#now = now;
    this.#painter = new PicturePainter(forReading);
  }

  get under(): Surface {
    return this.#painter.under;
  }

  get over(): Surface {
    return this.#painter.over;
  }

  setScene(structure: SceneStructure, values: SceneValues): void {
    const isOther = this.#structure !== structure;
    this.#structure = structure;
    this.#values = values;
    if (isOther && this.#emphasis?.nodes.length !== structure.nodes.count) this.#emphasis = undefined;
    this.#isDirty = true;
  }

  setEmphasis(emphasis: Emphasis): void {
    this.#emphasis = emphasis;
    this.#isDirty = true;
  }

  setAppearance(palette: Palette, options: PictureOptions): void {
    this.palette = palette;
    this.#options = options;
    this.#isDirty = true;
  }

  fontsChanged(): void {
    this.#face = typefaces.after;
    this.#painter.fontsChanged();
    this.#isDirty = true;
  }

  resize(viewport: Viewport, pixelRatio: number): void {
    this.#viewport = viewport;
    this.pixelRatio = pixelRatio;
    const border = Math.round(Math.min(viewport.width, viewport.height) * borderShare);
    // Whole pixels, so that a still camera copies rows.
    this.border = Math.round(border * pixelRatio) / pixelRatio;
    this.#isDirty = true;
  }

  /** The surfaces must be painted again: what was made of them is gone. */
  repaint(): void {
    this.#isDirty = true;
  }

  /** Paints when something has changed and the camera allows it; returns the labels when it did. */
  prepare(frame: FrameState): readonly PaintedLabel[] | undefined {
    const structure = this.#structure;
    const values = this.#values;
    const { palette } = this;
    if (
      structure === undefined ||
      values === undefined ||
      palette === undefined ||
      this.#options === undefined
    )
      return undefined;
    const hasMoved = !sameCamera(this.paintedCamera, frame.restCamera);
    if (!this.#isDirty && !hasMoved) return undefined;
    if (frame.isMoving && this.#lastPaintMs > cheapPaintMs && this.paintedCamera !== undefined)
      return undefined;
    const emphasis = this.#emphasis ?? usualEmphasis(structure);
    const input = { structure, values, emphasis, palette, options: this.#options, face: this.#face };
    const began = this.#now();
    const labels = this.#painter.paint(input, {
      camera: frame.restCamera,
      viewport: this.#viewport,
      border: this.border,
      pixelRatio: this.pixelRatio,
    });
    this.#lastPaintMs = this.#now() - began;
    this.paintedCamera = frame.restCamera;
    this.#isDirty = false;
    return labels;
  }

  readUnder(): PixelImage {
    return readPixels(this.#painter.under, this.#painter.underPen);
  }

  readOver(): PixelImage {
    return readPixels(this.#painter.over, this.#painter.overPen);
  }
}

function readPixels(surface: Surface, pen: Pen): PixelImage {
  const { width, height } = surface;
  return { width, height, pixels: new Int32Array(pen.getImageData(0, 0, width, height).data.buffer) };
}

function sameCamera(a: Camera | undefined, b: Camera): boolean {
  return a !== undefined && a.x === b.x && a.y === b.y && a.zoom === b.zoom;
}

function usualEmphasis(structure: SceneStructure): Emphasis {
  return {
    nodes: new Uint8Array(structure.nodes.count),
    edges: new Uint8Array(structure.edges.count),
    hoveredNode: -1,
    selectedNode: -1,
    focusedNode: -1,
    hoveredEdge: -1,
    selectedEdge: -1,
  };
}
