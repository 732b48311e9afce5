import { curveLength, curvePoint, curveStride } from "#scene/edge-geometry.ts";
import { changeMarks, emphasisLevels } from "#scene/scene.ts";

import type { Palette } from "../palette.ts";
import { paintBadge } from "./badge-painter.ts";
import { ghostDashes } from "./change-painter.ts";
import type { PictureInput, PictureTransform } from "./picture-input.ts";
import type { Pen } from "./pen.ts";

/**
 * Lanes are stroked in groups of equal style, one path a group: a stroke per edge costs 20 us without a graphics card, and overlapping strokes
 * would add up to a white tangle in the middle.
 */
interface LaneStyle {
  readonly color: string;
  readonly alpha: number;
  readonly width: number;
  /** CSS pixels drawn and left out; none: a whole line. */
  readonly dashes: readonly number[];
}

/** Of a lane on which nothing flows. */
const silentDashes: readonly number[] = [2, 5];
const whole: readonly number[] = [];

/** Widths are rounded to these steps, CSS pixels, so that there are few groups. */
const widthSteps = [1, 1.5, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 84, 110, 144, 190, 250];

/** From this width on a lane is drawn as a band that fades towards its sides: (share of the width, share of the alpha) of each stroke. */
const softFrom = 9;
const soft = [
  [1.15, 0.22],
  [0.92, 0.24],
  [0.7, 0.26],
  [0.46, 0.28],
] as const;
const hard = [[1, 1]] as const;

/** Shares of failed or degraded requests from which a lane is tinted. */
const tintFrom = 0.01;

export function paintLanes(pen: Pen, input: PictureInput, transform: PictureTransform): void {
  const { structure, emphasis } = input;
  const groups = new Map<string, { style: LaneStyle; edges: number[] }>();
  for (let edge = 0; edge < structure.edges.count; edge += 1) {
    const style = laneStyle(input, edge, transform.zoom);
    const key = `${style.color}|${style.alpha}|${style.width}|${style.dashes.length === 0 ? "" : style.dashes[0]}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { style, edges: [edge] });
    else group.edges.push(edge);
  }
  pen.save();
  pen.lineCap = "butt";
  // Faint and wide lanes first: what matters lies on top.
  const ordered = [...groups.values()].toSorted(
    (a, b) => a.style.alpha - b.style.alpha || b.style.width - a.style.width,
  );
  for (const { style, edges } of ordered) {
    pen.beginPath();
    for (const edge of edges) traceCurve(pen, structure.edges.curves, edge, transform);
    pen.setLineDash([...style.dashes]);
    pen.strokeStyle = style.color;
    for (const [width, alpha] of style.width < softFrom ? hard : soft) {
      pen.globalAlpha = Math.min(1, style.alpha * alpha);
      pen.lineWidth = style.width * width;
      pen.stroke();
    }
  }
  pen.setLineDash([]);
  for (const edge of new Set([emphasis.selectedEdge, emphasis.hoveredEdge])) {
    if (edge >= 0) paintCore(pen, input, edge, transform, edge === emphasis.selectedEdge);
  }
  if (input.options.reducedMotion) paintChevrons(pen, input, transform);
  pen.restore();
}

function laneStyle(input: PictureInput, edge: number, zoom: number): LaneStyle {
  const { values, emphasis, palette, options } = input;
  const level = emphasis.edges[edge] ?? emphasisLevels.usual;
  if (values.changes?.edges[edge] === changeMarks.gone) return ghostStyle(palette, level, zoom);
  const isSilent = !(values.edgeRate[edge]! > 0);
  const danger = values.edgeDanger[edge]! >= tintFrom;
  const warning = values.edgeWarning[edge]! >= tintFrom;
  const color = danger ? palette.danger : warning ? palette.warning : palette.lane;
  const raised = level === emphasisLevels.raised;
  const base = (danger || warning ? 0.24 : 0.13) * (options.highContrast ? 2.2 : 1);
  const wanted = isSilent ? 1 : Math.max(1, values.edgeWidth[edge]! * zoom);
  const usual = wanted < 3 ? base * 1.5 : base;
  const alpha = level === emphasisLevels.dimmed ? 0.035 : raised ? Math.min(1, usual * 2.4) : usual;
  return {
    color,
    alpha: isSilent ? Math.max(alpha, raised ? 0.5 : alpha) : alpha,
    width: widthSteps.find((step) => step >= wanted) ?? wanted,
    dashes: isSilent ? silentDashes : whole,
  };
}

/** What is gone, seen from far: many thin lines must not bury what is there. */
function ghostStyle(palette: Palette, level: number, zoom: number): LaneStyle {
  const isFar = zoom < 0.5;
  const alpha = level === emphasisLevels.dimmed ? 0.2 : isFar ? 0.5 : 0.9;
  return { color: palette.changes.gone, alpha, width: isFar ? 1 : 1.5, dashes: ghostDashes };
}

/** A bright line along the middle of a lane that is hovered or selected. */
function paintCore(
  pen: Pen,
  input: PictureInput,
  edge: number,
  transform: PictureTransform,
  isSelected: boolean,
): void {
  pen.beginPath();
  traceCurve(pen, input.structure.edges.curves, edge, transform);
  pen.globalAlpha = isSelected ? 0.95 : 0.6;
  pen.strokeStyle = isSelected ? input.palette.accent : input.palette.text;
  pen.lineWidth = isSelected ? 2 : 1.25;
  pen.stroke();
}

/** Adds an edge's curve to the current path: polynomial coefficients back to the control points of a Bezier curve. */
function traceCurve(pen: Pen, curves: Float32Array, edge: number, { zoom, x, y }: PictureTransform): void {
  const at = edge * curveStride;
  const ax = curves[at]! * zoom + x;
  const ay = curves[at + 1]! * zoom + y;
  const bx = (curves[at + 2]! * zoom) / 3;
  const by = (curves[at + 3]! * zoom) / 3;
  const cx = (curves[at + 4]! * zoom) / 3;
  const cy = (curves[at + 5]! * zoom) / 3;
  const dx = curves[at + 6]! * zoom;
  const dy = curves[at + 7]! * zoom;
  pen.moveTo(ax, ay);
  pen.bezierCurveTo(
    ax + bx,
    ay + by,
    ax + 2 * bx + cx,
    ay + 2 * by + cy,
    ax + 3 * bx + 3 * cx + dx,
    ay + 3 * by + 3 * cy + dy,
  );
}

/** Marks of notices in the middle of their lanes; these lie over the dots. */
export function paintEdgeBadges(pen: Pen, input: PictureInput, { zoom, x, y }: PictureTransform): void {
  const { structure, values, emphasis } = input;
  for (let edge = 0; edge < structure.edges.count; edge += 1) {
    const badge = values.edgeBadge[edge]!;
    if (badge === 0) continue;
    const middle = curvePoint(structure.edges.curves, edge, 0.5);
    pen.globalAlpha = emphasis.edges[edge] === emphasisLevels.dimmed ? 0.25 : 1;
    paintBadge(pen, input, badge, middle.x * zoom + x, middle.y * zoom + y, 7);
  }
  pen.globalAlpha = 1;
}

/** Distance between chevrons on a lane, CSS pixels. */
const chevronSpacing = 46;

function paintChevrons(pen: Pen, input: PictureInput, transform: PictureTransform): void {
  const { structure, values, emphasis, palette } = input;
  pen.lineWidth = 1.6;
  pen.lineCap = "round";
  pen.strokeStyle = palette.normal;
  for (let edge = 0; edge < structure.edges.count; edge += 1) {
    if (!(values.edgeRate[edge]! > 0)) continue;
    pen.globalAlpha = emphasis.edges[edge] === emphasisLevels.dimmed ? 0.12 : 0.75;
    const screenLength = curveLength(structure.edges.curves, edge, 4) * transform.zoom;
    const count = Math.min(12, Math.max(1, Math.floor(screenLength / chevronSpacing)));
    pen.beginPath();
    for (let i = 0; i < count; i += 1)
      traceChevron(pen, structure.edges.curves, edge, (i + 0.5) / count, transform);
    pen.stroke();
  }
}

/**
 *   \
 *    >   points along the edge, 4 px to either side
 *   /
 */
function traceChevron(
  pen: Pen,
  curves: Float32Array,
  edge: number,
  u: number,
  { zoom, x, y }: PictureTransform,
): void {
  const tip = curvePoint(curves, edge, u);
  const behind = curvePoint(curves, edge, u - 0.01);
  const length = Math.hypot(tip.x - behind.x, tip.y - behind.y);
  if (length === 0) return;
  const dx = ((tip.x - behind.x) / length) * 4;
  const dy = ((tip.y - behind.y) / length) * 4;
  const tx = tip.x * zoom + x;
  const ty = tip.y * zoom + y;
  pen.moveTo(tx - dx - dy, ty - dy + dx);
  pen.lineTo(tx, ty);
  pen.lineTo(tx - dx + dy, ty - dy - dx);
}
