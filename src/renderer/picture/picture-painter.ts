import { paintEdgeChanges } from "./change-painter.ts";
import { IconPainter } from "./icon-painter.ts";
import { paintEdgeBadges, paintLanes } from "./lane-painter.ts";
import { paintNodes } from "./node-painter.ts";
import { pictureTransform, type PictureFrame, type PictureInput } from "./picture-input.ts";
import { createSurface, penOf, type Pen, type Surface } from "./pen.ts";
import { TextPainter, type PaintedLabel } from "./text-painter.ts";

/**
 * Paints what stands still: the ground and the lanes on one surface, which goes under the dots, and nodes and labels on another, which goes over them.
 * Both engines show the same two surfaces, and repaint them only when something has changed.
 *
 *     labels, nodes   over   (transparent)
 *     dots
 *     lanes, ground   under  (opaque)
 */
export class PicturePainter {
  readonly under: Surface;
  readonly over: Surface;
  readonly #underPen: Pen;
  readonly #overPen: Pen;
  readonly #icons = new IconPainter();
  readonly #texts = new TextPainter();

  /** `forReading`: the engine reads the pixels back after each painting. */
  constructor(forReading: boolean) {
    this.under = createSurface(1, 1);
    this.over = createSurface(1, 1);
    this.#underPen = penOf(this.under, forReading);
    this.#overPen = penOf(this.over, forReading);
  }

  get underPen(): Pen {
    return this.#underPen;
  }

  get overPen(): Pen {
    return this.#overPen;
  }

  /** The typeface has been loaded: what was measured before no longer holds. */
  fontsChanged(): void {
    this.#texts.forget();
  }

  /** Paints both surfaces; returns where the labels are. */
  paint(input: PictureInput, frame: PictureFrame): readonly PaintedLabel[] {
    const width = Math.round((frame.viewport.width + 2 * frame.border) * frame.pixelRatio);
    const height = Math.round((frame.viewport.height + 2 * frame.border) * frame.pixelRatio);
    resize(this.under, width, height);
    resize(this.over, width, height);
    const transform = pictureTransform(frame);
    this.#underPen.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
    paintGround(this.#underPen, input, frame);
    paintLanes(this.#underPen, input, transform);
    this.#overPen.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
    this.#overPen.clearRect(0, 0, width, height);
    paintEdgeBadges(this.#overPen, input, transform);
    paintEdgeChanges(this.#overPen, input, transform);
    paintNodes(this.#overPen, input, transform, this.#icons);
    return this.#texts.paint(this.#overPen, input, frame, transform);
  }
}

function resize(surface: Surface, width: number, height: number): void {
  if (surface.width !== width) surface.width = width;
  if (surface.height !== height) surface.height = height;
}

function paintGround(pen: Pen, { palette }: PictureInput, { viewport, border }: PictureFrame): void {
  pen.globalAlpha = 1;
  pen.fillStyle = palette.ground;
  pen.fillRect(0, 0, viewport.width + 2 * border, viewport.height + 2 * border);
}
