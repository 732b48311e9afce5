import { formatRate, formatShare } from "#scene/number-format.ts";
import { changeMarks, emphasisLevels } from "#scene/scene.ts";

import { classColor } from "../palette.ts";
import { paintLoad, paintShares } from "./arc-painter.ts";
import { isGhost, paintGhostDisc, paintGhostRing, paintNodeChange } from "./change-painter.ts";
import { isLeft, paintGone, paintStages } from "./drill-painter.ts";
import { paintBadge, paintHatch } from "./badge-painter.ts";
import { fitText } from "./fit-text.ts";
import type { IconPainter } from "./icon-painter.ts";
import { fillIn, type PictureInput, type PictureTransform } from "./picture-input.ts";
import { font, type Pen } from "./pen.ts";

/** A ring is large enough to carry its numbers inside from this radius on, CSS pixels. */
export const numbersFromRadius = 40;

/** A smaller one carries its rate alone, and its name below. */
const rateFromRadius = 20;

/** A disc is never smaller than this, CSS pixels, however far one zooms out. */
const leastDisc = 2.5;

/** Rings for regions and for the service in the middle, discs for everything else. */
export function isRing(input: PictureInput, node: number): boolean {
  return input.structure.view === "ring" || input.structure.nodes.role[node] === "centre";
}

/** The radius at which a node is drawn, CSS pixels. */
export function drawnRadius(input: PictureInput, node: number, zoom: number): number {
  const room = input.structure.nodes.radius[node]! * zoom;
  return Math.max(leastDisc, isRing(input, node) ? room : room * input.values.nodeSize[node]!);
}

export function paintNodes(
  pen: Pen,
  input: PictureInput,
  transform: PictureTransform,
  icons: IconPainter,
): void {
  const { nodes } = input.structure;
  const { emphasis } = input;
  // Dimmed nodes first, so that none covers one that matters.
  const order = Array.from({ length: nodes.count }, (_, node) => node).toSorted(
    (a, b) => paintRank(emphasis.nodes[a]!) - paintRank(emphasis.nodes[b]!) || a - b,
  );
  for (const node of order) {
    const x = nodes.x[node]! * transform.zoom + transform.x;
    const y = nodes.y[node]! * transform.zoom + transform.y;
    const radius = drawnRadius(input, node, transform.zoom);
    pen.globalAlpha = emphasis.nodes[node] === emphasisLevels.dimmed ? 0.22 : 1;
    paintNode(pen, input, node, x, y, radius, icons);
    const diagonal = radius * Math.SQRT1_2;
    if (radius > 5) {
      paintBadge(
        pen,
        input,
        input.values.nodeBadge[node]!,
        x + diagonal,
        y - diagonal,
        Math.min(9, radius * 0.5 + 3),
      );
    }
    paintNodeChange(pen, input, node, x, y, radius);
    const isMarked = (input.values.changes?.nodes[node] ?? changeMarks.none) !== changeMarks.none;
    if (nodes.pinned[node] === 1 && radius > 5)
      paintPin(pen, input, x - diagonal, isMarked ? y + diagonal : y - diagonal);
    pen.globalAlpha = 1;
    paintOutline(pen, input, node, x, y, radius);
  }
  paintStages(pen, input, transform);
}

function paintNode(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
  icons: IconPainter,
): void {
  const isGone = isGhost(input, node);
  if (!isRing(input, node)) (isGone ? paintGhostDisc : paintDisc)(pen, input, node, x, y, radius, icons);
  else if (isGone) paintGhostRing(pen, input, node, x, y, radius, radius >= numbersFromRadius);
  else paintRing(pen, input, node, x, y, radius);
}

function paintRank(level: number): number {
  return level === emphasisLevels.dimmed ? 0 : level === emphasisLevels.usual ? 1 : 2;
}

function paintRing(pen: Pen, input: PictureInput, node: number, x: number, y: number, radius: number): void {
  const { palette, values } = input;
  const width = Math.max(2, radius * 0.06);
  const health = values.nodeHealth[node]!;
  pen.fillStyle = palette.disc;
  circle(pen, x, y, radius);
  pen.fill();
  if (health > 0) {
    paintGlow(pen, classColor(palette, input.structure.classes, health), palette.disc, x, y, radius);
  }
  if (values.nodeStaleMs[node]! > 0) paintHatch(pen, x, y, radius - width, palette.textDim);
  if (isLeft(values.drill, node)) paintGone(pen, palette, x, y, radius - width);
  paintShares(pen, input, node, x, y, radius - width / 2, width);
  if (radius >= numbersFromRadius) {
    paintLoad(pen, input, node, x, y, radius - width - 4.5);
    paintNumbers(pen, input, node, x, y, radius);
  } else if (radius >= rateFromRadius) {
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = palette.text;
    pen.font = font(input.face, 650, radius * 0.46);
    pen.fillText(formatRate(values.nodeVolume[node]!), x, y, radius * 1.6);
  }
}

/** What ails a ring shines in from its rim and leaves the numbers on calm ground: a flat tint of amber over blue would be grey. */
function paintGlow(pen: Pen, color: string, disc: string, x: number, y: number, radius: number): void {
  const glow = pen.createRadialGradient(x, y, radius * 0.45, x, y, radius);
  glow.addColorStop(0, disc);
  glow.addColorStop(1, color);
  const before = pen.globalAlpha;
  pen.globalAlpha = before * 0.45;
  pen.fillStyle = glow;
  circle(pen, x, y, radius);
  pen.fill();
  pen.globalAlpha = before;
}

/** Name, requests per second and error rate inside a ring; sizes are shares of its radius. */
function paintNumbers(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
): void {
  const { palette, values, structure } = input;
  const room = radius * 1.5;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = palette.textDim;
  pen.font = font(input.face, 600, Math.max(10, radius * 0.15));
  pen.fillText(fitText(pen, structure.nodes.label[node]!, radius * 1.25), x, y - radius * 0.36);
  pen.fillStyle = palette.text;
  pen.font = font(input.face, 650, radius * 0.38);
  pen.fillText(formatRate(values.nodeVolume[node]!), x, y + radius * 0.06, room);
  pen.fillStyle = palette.textDim;
  pen.font = font(input.face, 450, Math.max(9, radius * 0.125));
  pen.fillText(input.options.texts.unit, x, y + radius * 0.25, room);
  const errors = dangerShare(input, node);
  pen.fillStyle = errors >= 0.01 ? palette.danger : palette.textDim;
  pen.font = font(input.face, 550, Math.max(9, radius * 0.135));
  if (values.nodeVolume[node]! > 0)
    pen.fillText(fillIn(input.options.texts.errors, formatShare(errors)), x, y + radius * 0.5, room);
  paintInside(pen, input, node, x, y, radius);
}

/** px; in smaller rings a fourth line would stand on the third. */
const insideFromRadius = 54;

/** How many things have changed below a node that is compared; a ring that is too small for it says so in its card and its details. */
function paintInside(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
): void {
  const changed = input.values.changes?.inside[node] ?? 0;
  if (changed === 0 || radius < insideFromRadius) return;
  const { changedInside, changedBriefly } = input.options.texts;
  const text = [changedInside, changedBriefly]
    .map((words) => fillIn(words, String(changed)))
    .find((words) => pen.measureText(words).width <= radius * 1.2);
  if (text === undefined) return;
  pen.fillStyle = input.palette.text;
  pen.fillText(text, x, y + radius * 0.69);
}

function paintDisc(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
  icons: IconPainter,
): void {
  const { palette, values, structure } = input;
  const health = values.nodeHealth[node]!;
  pen.fillStyle = palette.disc;
  circle(pen, x, y, radius);
  pen.fill();
  if (health > 0) {
    const before = pen.globalAlpha;
    pen.globalAlpha = before * 0.28;
    pen.fillStyle = classColor(palette, structure.classes, health);
    pen.fill();
    pen.globalAlpha = before;
  }
  const width = Math.max(1.25, radius * 0.17);
  paintShares(pen, input, node, x, y, radius - width / 2, width);
  if (values.nodeStaleMs[node]! > 0) paintHatch(pen, x, y, radius - width, palette.textDim);
  const icon = structure.nodes.icon[node] ?? "none";
  if (radius >= 8) icons.paint(pen, icon, x, y, radius * 1.02, palette.icon);
}

function paintOutline(
  pen: Pen,
  input: PictureInput,
  node: number,
  x: number,
  y: number,
  radius: number,
): void {
  const { emphasis, palette } = input;
  if (node === emphasis.selectedNode) strokeCircle(pen, x, y, radius + 4, palette.accent, 2.25);
  else if (node === emphasis.hoveredNode) strokeCircle(pen, x, y, radius + 3.5, palette.text, 1.25);
  if (node === emphasis.focusedNode) {
    pen.setLineDash([5, 3]);
    strokeCircle(pen, x, y, radius + 7.5, palette.focus, 2);
    pen.setLineDash([]);
  }
}

function strokeCircle(pen: Pen, x: number, y: number, radius: number, color: string, width: number): void {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  circle(pen, x, y, radius);
  pen.stroke();
}

/** A node that a person put where it stands. */
function paintPin(pen: Pen, input: PictureInput, x: number, y: number): void {
  pen.fillStyle = input.palette.accent;
  circle(pen, x, y, 3);
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = input.palette.ground;
  pen.stroke();
}

function circle(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Share of the node's traffic that failed, 0 to 1. */
export function dangerShare(input: PictureInput, node: number): number {
  const { classes } = input.structure;
  let share = 0;
  for (let c = 0; c < classes.length; c += 1) {
    if (classes[c]?.severity === "danger") share += input.values.nodeShares[node * classes.length + c]!;
  }
  return share;
}
