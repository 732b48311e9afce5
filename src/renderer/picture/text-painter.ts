import { curvePoint } from "#scene/edge-geometry.ts";
import {
  labelRect,
  placeDetailedLabels,
  placeLabels,
  type DetailedWish,
  type GrantedLabel,
  type LabelWish,
  type Rect,
} from "#scene/label-placement.ts";
import { formatAge, formatRate, formatShare } from "#scene/number-format.ts";
import { emphasisLevels } from "#scene/scene.ts";

import { isGhost } from "./change-painter.ts";
import { dangerShare, drawnRadius, isRing, numbersFromRadius } from "./node-painter.ts";
import { fitText } from "./fit-text.ts";
import { fillIn, type PictureFrame, type PictureInput, type PictureTransform } from "./picture-input.ts";
import { font, type Pen } from "./pen.ts";

/** Where a label was painted, so that a click on it finds its node: CSS pixels of the screen. */
export interface PaintedLabel extends Rect {
  readonly node: number;
}

interface Wish extends DetailedWish {
  readonly nameLines: readonly string[];
  readonly detailLines: readonly string[];
}

interface Label extends LabelWish {
  readonly lines: readonly string[];
}

/** From this zoom on a second line tells the rate. */
const ratesFromZoom = 1.3;

/** Below this zoom only labels that somebody asked for are drawn. */
const labelsFromZoom = 0.16;

const lineHeight = 14;
const longestLabelPx = 132;

/** Measures and draws texts; remembers widths, because measuring costs more than drawing. */
export class TextPainter {
  readonly #fitted = new Map<string, { readonly text: string; readonly width: number }>();

  /** Drops remembered widths: the font has come, or other names are on screen. */
  forget(): void {
    this.#fitted.clear();
  }

  paint(
    pen: Pen,
    input: PictureInput,
    frame: PictureFrame,
    transform: PictureTransform,
  ): readonly PaintedLabel[] {
    const sizePx = transform.zoom < 0.45 ? 11 : 12;
    pen.font = font(input.face, 520, sizePx);
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const wishes = this.#wishes(pen, input, frame, transform);
    const granted = placeDetailedLabels(wishes, discRects(input, frame, transform)).map(labelOf);
    pen.lineJoin = "round";
    for (const label of granted) this.#paintLabel(pen, input, label);
    if (input.options.reducedMotion) this.#paintRates(pen, input, frame, transform, granted);
    pen.globalAlpha = 1;
    return granted.map((label) => ({
      node: label.node,
      left: label.x - label.width / 2 - frame.border,
      right: label.x + label.width / 2 - frame.border,
      top: label.y - frame.border,
      bottom: label.y + label.height - frame.border,
    }));
  }

  #wishes(pen: Pen, input: PictureInput, frame: PictureFrame, transform: PictureTransform): readonly Wish[] {
    const { structure, emphasis, values, options } = input;
    const { nodes } = structure;
    const wishes: Wish[] = [];
    for (let node = 0; node < nodes.count; node += 1) {
      const x = nodes.x[node]! * transform.zoom + transform.x;
      const y = nodes.y[node]! * transform.zoom + transform.y;
      if (x < -80 || y < -40 || x > frame.viewport.width + 2 * frame.border + 80) continue;
      if (y > frame.viewport.height + 2 * frame.border + 40) continue;
      const radius = drawnRadius(input, node, transform.zoom);
      const isAsked = isAskedFor(input, node);
      const isNamedInside = isRing(input, node) && radius >= numbersFromRadius;
      const isStale = values.nodeStaleMs[node]! > 0;
      if (isNamedInside && !isStale) continue;
      if (!isAsked && !isStale && (!options.labels || transform.zoom < labelsFromZoom)) continue;
      const isWhole = isAsked || transform.zoom > 1.8;
      const name = this.#fit(pen, nodes.label[node]!, isWhole ? Infinity : longestLabelPx);
      const nameLines = isNamedInside ? [] : [name.text];
      const detailLines = this.#details(input, node, transform.zoom, isAsked);
      const detailWidths = detailLines.map((line) => this.#fit(pen, line, Infinity).width + 4);
      wishes.push({
        node,
        nameLines,
        detailLines,
        x,
        y: y + radius + 5,
        width: isNamedInside ? 0 : name.width + 4,
        height: nameLines.length * lineHeight,
        priority: priorityOf(input, node),
        isAsked,
        isRequired: isPointedAt(input, node) && emphasis.nodes[node] !== emphasisLevels.dimmed,
        details:
          detailLines.length === 0
            ? undefined
            : { width: Math.max(...detailWidths), height: detailLines.length * lineHeight },
      });
    }
    return wishes;
  }

  #details(input: PictureInput, node: number, zoom: number, isAsked: boolean): readonly string[] {
    const { values } = input;
    const stale = values.nodeStaleMs[node]!;
    const { texts } = input.options;
    const lines = stale > 0 ? [fillIn(texts.stale, formatAge(stale))] : [];
    const isTold = zoom >= ratesFromZoom || isAsked || input.structure.nodes.role[node] === "instance";
    if (isGhost(input, node)) lines.push(texts.gone);
    else if (isTold && !isRing(input, node) && values.nodeVolume[node]! >= 0) {
      const errors = dangerShare(input, node);
      lines.push(
        `${formatRate(values.nodeVolume[node]!)}/s${errors >= 0.001 ? ` · ${formatShare(errors)}` : ""}`,
      );
    }
    return lines;
  }

  #paintLabel(pen: Pen, input: PictureInput, label: Label): void {
    const { palette, emphasis, values } = input;
    const isDimmed = emphasis.nodes[label.node] === emphasisLevels.dimmed;
    const severity = input.structure.classes[values.nodeHealth[label.node]!]?.severity ?? "normal";
    pen.globalAlpha = isDimmed ? 0.3 : 1;
    label.lines.forEach((line, index) => {
      const y = label.y + index * lineHeight;
      pen.lineWidth = 3.5;
      pen.strokeStyle = palette.ground;
      pen.strokeText(line, label.x, y);
      const isName = index === 0;
      pen.fillStyle = !isName
        ? palette.textDim
        : severity === "danger"
          ? palette.danger
          : severity === "warning"
            ? palette.warning
            : palette.text;
      pen.fillText(line, label.x, y);
    });
  }

  /** Rates along the lanes, where dots may not move. */
  #paintRates(
    pen: Pen,
    input: PictureInput,
    frame: PictureFrame,
    transform: PictureTransform,
    labels: readonly Label[],
  ): void {
    const { structure, values, palette, emphasis } = input;
    const rates: Label[] = [];
    for (let edge = 0; edge < structure.edges.count; edge += 1) {
      const rate = values.edgeRate[edge]!;
      if (!(rate > 0) || emphasis.edges[edge] === emphasisLevels.dimmed) continue;
      const middle = curvePoint(structure.edges.curves, edge, 0.5);
      const { text, width } = this.#fit(pen, fillIn(input.options.texts.rate, formatRate(rate)), Infinity);
      rates.push({
        node: edge,
        lines: [text],
        x: middle.x * transform.zoom + transform.x,
        y: middle.y * transform.zoom + transform.y - lineHeight / 2,
        width: width + 8,
        height: lineHeight,
        priority: rate,
        isRequired: false,
      });
    }
    const taken = [...discRects(input, frame, transform), ...labels.map(labelRect)];
    pen.globalAlpha = 1;
    for (const label of placeLabels(rates, taken)) {
      pen.lineWidth = 4;
      pen.strokeStyle = palette.ground;
      pen.strokeText(label.lines[0] ?? "", label.x, label.y);
      pen.fillStyle = palette.textDim;
      pen.fillText(label.lines[0] ?? "", label.x, label.y);
    }
  }

  #fit(pen: Pen, text: string, room: number): { readonly text: string; readonly width: number } {
    const key = `${room === Infinity ? "" : "…"}${pen.font}${text}`;
    let fitted = this.#fitted.get(key);
    if (fitted === undefined) {
      const kept = room === Infinity ? text : fitText(pen, text, room);
      fitted = { text: kept, width: pen.measureText(kept).width };
      // Rates change every second: without a bound their widths would pile up.
      if (this.#fitted.size > 20_000) this.#fitted.clear();
      this.#fitted.set(key, fitted);
    }
    return fitted;
  }
}

/** The node that somebody points at, has selected, or is on with the keyboard: its name is drawn whatever it covers. */
function isPointedAt({ emphasis }: PictureInput, node: number): boolean {
  return node === emphasis.hoveredNode || node === emphasis.selectedNode || node === emphasis.focusedNode;
}

function isAskedFor(input: PictureInput, node: number): boolean {
  return isPointedAt(input, node) || input.emphasis.nodes[node] === emphasisLevels.raised;
}

function labelOf({ wish, hasDetails }: GrantedLabel<Wish>): Label {
  const { nameLines, detailLines, details } = wish;
  if (!hasDetails || details === undefined) return { ...wish, lines: nameLines };
  const width = Math.max(wish.width, details.width);
  return { ...wish, lines: [...nameLines, ...detailLines], width, height: wish.height + details.height };
}

/** What is ill is named before what is large. */
function priorityOf({ values, emphasis, structure }: PictureInput, node: number): number {
  const volume = values.nodeVolume[node]!;
  const isDimmed = emphasis.nodes[node] === emphasisLevels.dimmed;
  return (
    (volume > 0 ? Math.log10(1 + volume) : 0) +
    (values.nodeHealth[node]! > 0 ? 20 : 0) +
    (values.nodeBadge[node]! > 0 ? 10 : 0) +
    (structure.nodes.role[node] === "entry" ? 30 : 0) -
    (isDimmed ? 100 : 0)
  );
}

/** Discs that a label should not cover; only where there are few enough for it to matter. */
function discRects(input: PictureInput, frame: PictureFrame, transform: PictureTransform): readonly Rect[] {
  const { nodes } = input.structure;
  const rects: Rect[] = [];
  for (let node = 0; node < nodes.count; node += 1) {
    const x = nodes.x[node]! * transform.zoom + transform.x;
    const y = nodes.y[node]! * transform.zoom + transform.y;
    const r = drawnRadius(input, node, transform.zoom) * 0.8;
    if (x + r < 0 || x - r > frame.viewport.width + 2 * frame.border) continue;
    rects.push({ left: x - r, top: y - r, right: x + r, bottom: y + r });
  }
  return rects;
}
