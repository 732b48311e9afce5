import { curvePoint } from "#scene/edge-geometry.ts";
import { changeMarks } from "#scene/scene.ts";

import type { Palette } from "../palette.ts";
import type { PictureInput, PictureTransform } from "./picture-input.ts";
import type { Pen } from "./pen.ts";

/** Where along its lane an edge has its mark: beside the middle, which a notice may have. */
const alongEdge = 0.42;

/** The mark of a comparison, told by shape as well as by colour: a square with a plus is new, a disc with an arrow up hotter, down colder. */
export function paintChange(
  pen: Pen,
  palette: Palette,
  mark: number,
  x: number,
  y: number,
  size: number,
): void {
  if (mark === changeMarks.none) return;
  pen.save();
  pen.beginPath();
  if (mark === changeMarks.new) pen.roundRect(x - size, y - size, 2 * size, 2 * size, size / 4);
  else pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.fillStyle =
    mark === changeMarks.new ? palette.text : mark === changeMarks.hotter ? palette.warning : palette.info;
  pen.fill();
  const reach = size * 0.55;
  pen.beginPath();
  pen.moveTo(x, y - reach);
  pen.lineTo(x, y + reach);
  if (mark === changeMarks.new) {
    pen.moveTo(x - reach, y);
    pen.lineTo(x + reach, y);
  } else {
    const tip = mark === changeMarks.hotter ? y - reach : y + reach;
    const wing = mark === changeMarks.hotter ? tip + reach : tip - reach;
    pen.moveTo(x - reach * 0.85, wing);
    pen.lineTo(x, tip);
    pen.lineTo(x + reach * 0.85, wing);
  }
  pen.lineCap = "round";
  pen.lineWidth = Math.max(1.25, size / 4.5);
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.restore();
}

/** Marks on lanes; these lie over the dots. */
export function paintEdgeChanges(pen: Pen, input: PictureInput, { zoom, x, y }: PictureTransform): void {
  const { changes } = input.values;
  if (changes === undefined) return;
  changes.edges.forEach((mark, edge) => {
    if (mark === changeMarks.none) return;
    const place = curvePoint(input.structure.edges.curves, edge, alongEdge);
    paintChange(pen, input.palette, mark, place.x * zoom + x, place.y * zoom + y, 6);
  });
}
