import { curvePoint } from "#scene/edge-geometry.ts";
import { changeMarks, emphasisLevels } from "#scene/scene.ts";

import type { Palette } from "../palette.ts";
import { fitText } from "./fit-text.ts";
import type { IconPainter } from "./icon-painter.ts";
import type { PictureInput, PictureTransform } from "./picture-input.ts";
import { font, type Pen } from "./pen.ts";

/** Where along its lane an edge has its mark: beside the middle, which a notice may have, or a printed rate. */
const alongEdge = { usual: 0.42, besideRate: 0.3 } as const;

/** CSS pixels from the middle of a mark to its rim. Where all is small, as on a phone, marks are as well: they must not cover what they mark. */
const markSize = { least: 3.5, edge: 6, node: 9 } as const;

/** Dashes of what is gone, CSS pixels: longer than those of a lane that is merely silent. */
export const ghostDashes: readonly number[] = [7, 5];

/** Whether the node is gone: it is drawn as a ghost. */
export function isGhost({ values: { changes } }: PictureInput, node: number): boolean {
  return changes?.nodes[node] === changeMarks.gone;
}

/**
 * The mark of a comparison, told by shape as well as by colour: a square with a plus is new, a square with a cross gone, a disc with an arrow up hotter, down
 * colder.
 */
function paintChange(pen: Pen, palette: Palette, mark: number, x: number, y: number, size: number): void {
  if (mark === changeMarks.none) return;
  const isSquare = mark === changeMarks.new || mark === changeMarks.gone;
  pen.save();
  pen.beginPath();
  if (isSquare) pen.roundRect(x - size, y - size, 2 * size, 2 * size, size / 4);
  else pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.fillStyle = markColor(palette, mark);
  pen.fill();
  pen.beginPath();
  traceGlyph(pen, mark, x, y, size * 0.55);
  pen.lineCap = "round";
  pen.lineWidth = Math.max(1.25, size / 4.5);
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.restore();
}

function markColor({ changes }: Palette, mark: number): string {
  if (mark === changeMarks.new) return changes.new;
  if (mark === changeMarks.gone) return changes.gone;
  return mark === changeMarks.hotter ? changes.hotter : changes.colder;
}

function traceGlyph(pen: Pen, mark: number, x: number, y: number, reach: number): void {
  if (mark === changeMarks.gone) {
    const side = reach * 0.8;
    pen.moveTo(x - side, y - side);
    pen.lineTo(x + side, y + side);
    pen.moveTo(x + side, y - side);
    pen.lineTo(x - side, y + side);
    return;
  }
  pen.moveTo(x, y - reach);
  pen.lineTo(x, y + reach);
  if (mark === changeMarks.new) {
    pen.moveTo(x - reach, y);
    pen.lineTo(x + reach, y);
    return;
  }
  const tip = mark === changeMarks.hotter ? y - reach : y + reach;
  const wing = mark === changeMarks.hotter ? tip + reach : tip - reach;
  pen.moveTo(x - reach * 0.85, wing);
  pen.lineTo(x, tip);
  pen.lineTo(x + reach * 0.85, wing);
}

/** Marks on lanes; these lie over the dots. */
export function paintEdgeChanges(pen: Pen, input: PictureInput, { zoom, x, y }: PictureTransform): void {
  const { changes } = input.values;
  if (changes === undefined) return;
  const along = input.options.reducedMotion ? alongEdge.besideRate : alongEdge.usual;
  const size = Math.max(markSize.least, Math.min(markSize.edge, 2 + 5 * zoom));
  changes.edges.forEach((mark, edge) => {
    if (mark === changeMarks.none) return;
    const place = curvePoint(input.structure.edges.curves, edge, along);
    pen.globalAlpha = input.emphasis.edges[edge] === emphasisLevels.dimmed ? 0.25 : 1;
    paintChange(pen, input.palette, mark, place.x * zoom + x, place.y * zoom + y, size);
  });
  pen.globalAlpha = 1;
}

/** A node's mark, on its upper left shoulder: a label stands below, a notice on the right. On a small disc it stands beside it. */
export function paintNodeChange(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
): void {
  const mark = input.values.changes?.nodes[node] ?? changeMarks.none;
  if (mark === changeMarks.none) return;
  const size = Math.max(markSize.least, Math.min(markSize.node, radius * 0.36 + 2.4));
  const aside = radius * Math.SQRT1_2 + Math.max(0, size * 0.9 - radius * 0.12);
  paintChange(pen, input.palette, mark, x - aside, y - aside, size);
}

/** A disc that is gone: its dashed outline on calm ground, and what it was. */
export function paintGhostDisc(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
  icons: IconPainter,
): void {
  const { palette, structure } = input;
  paintOutline(pen, palette, x, y, radius, 1.5);
  if (radius >= 8)
    icons.paint(pen, structure.nodes.icon[node] ?? "none", x, y, radius * 1.02, palette.changes.gone);
}

/** A ring that is gone: its dashed outline, its name, and the word. */
export function paintGhostRing(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
  hasName: boolean,
): void {
  const { palette, face, structure, options } = input;
  paintOutline(pen, palette, x, y, radius, 2);
  if (!hasName) return;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = palette.textDim;
  pen.font = font(face, 600, Math.max(10, radius * 0.15));
  pen.fillText(fitText(pen, structure.nodes.label[node]!, radius * 1.25), x, y - radius * 0.36);
  pen.fillStyle = palette.changes.gone;
  pen.font = font(face, 650, radius * 0.3);
  pen.fillText(options.texts.gone, x, y + radius * 0.06, radius * 1.5);
}

function paintOutline(
  pen: Pen,
  { ground, changes }: Palette,
  x: number,
  y: number,
  radius: number,
  width: number,
): void {
  pen.beginPath();
  pen.arc(x, y, radius - width / 2, 0, 2 * Math.PI);
  pen.fillStyle = ground;
  pen.fill();
  pen.setLineDash([...ghostDashes]);
  pen.lineWidth = width;
  pen.strokeStyle = changes.gone;
  pen.stroke();
  pen.setLineDash([]);
}
