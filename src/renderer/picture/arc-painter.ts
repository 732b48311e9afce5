import { classColor } from "../palette.ts";
import type { PictureInput } from "./picture-input.ts";
import type { Pen } from "./pen.ts";

/** An error is seen however small its share: its arc is at least this long, in radians. */
const leastArc = 0.04;

/** One request in ten thousand: below it the ring would cry wolf. */
const negligible = 1e-4;

const top = -Math.PI / 2;

/**
 * The shares of the classes as arcs of one ring, clockwise from the top: what is bad first, so that it always begins at twelve o'clock, the rest in the
 * colour of normal traffic.
 */
export function paintShares(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
  width: number,
): void {
  const { structure, values, palette } = input;
  const { classes } = structure;
  pen.lineWidth = width;
  pen.lineCap = "butt";
  strokeArc(pen, x, y, radius, 0, 2 * Math.PI, palette.track, 1);
  if (!(values.nodeVolume[node]! > 0)) return;
  let from = 0;
  for (let c = classes.length - 1; c >= 1; c -= 1) {
    const share = values.nodeShares[node * classes.length + c]!;
    if (!(share > negligible)) continue;
    const length = Math.min(2 * Math.PI - from, Math.max(leastArc, share * 2 * Math.PI));
    strokeArc(pen, x, y, radius, from, length, classColor(palette, classes, c), 1);
    from += length;
  }
  if (from < 2 * Math.PI - 0.01) {
    strokeArc(pen, x, y, radius, from, 2 * Math.PI - from, classColor(palette, classes, 0), 0.55);
  }
}

/** How much of the greatest known volume passes now, as a thin arc; beyond it the arc is whole and shows danger. */
export function paintLoad(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
): void {
  const load = input.values.nodeLoad[node]!;
  if (Number.isNaN(load)) return;
  const { palette } = input;
  // In a drill the saviours' arcs are what one watches.
  const isSaviour = input.values.drill?.saviours.includes(node) === true;
  pen.lineWidth = isSaviour ? Math.max(4, radius * 0.07) : 2;
  pen.lineCap = "round";
  if (isSaviour) strokeArc(pen, x, y, radius, 0, 2 * Math.PI, palette.track, 1);
  const calm = isSaviour ? palette.simulated : palette.textDim;
  const color = load > 1 ? palette.danger : load > 0.9 ? palette.warning : calm;
  strokeArc(pen, x, y, radius, 0, Math.min(1, load) * 2 * Math.PI, color, 0.9);
}

function strokeArc(
  pen: Pen,
  x: number,
  y: number,
  radius: number,
  from: number,
  length: number,
  color: string,
  alpha: number,
): void {
  if (radius <= 0 || length <= 0) return;
  const before = pen.globalAlpha;
  pen.globalAlpha = before * alpha;
  pen.strokeStyle = color;
  pen.beginPath();
  pen.arc(x, y, radius, top + from, top + from + length);
  pen.stroke();
  pen.globalAlpha = before;
}
