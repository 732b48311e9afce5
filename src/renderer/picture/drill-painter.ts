import type { SceneDrill } from "#scene/scene.ts";

import type { Palette } from "../palette.ts";
import { paintHatch } from "./badge-painter.ts";
import { fillIn, type PictureInput, type PictureTransform } from "./picture-input.ts";
import { font, type Pen } from "./pen.ts";

/** Whether the node is the region that goes, and is not as it was. */
export function isLeft(drill: SceneDrill | undefined, node: number): boolean {
  return drill?.victim === node && drill.stage !== "before" && drill.stage !== "restored";
}

/** A ring that is being left: darker, and hatched in the colour of what is simulated. */
export function paintGone(pen: Pen, palette: Palette, x: number, y: number, radius: number): void {
  const before = pen.globalAlpha;
  pen.globalAlpha = before * 0.55;
  pen.fillStyle = palette.ground;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.globalAlpha = before;
  paintHatch(pen, x, y, radius, palette.simulated);
}

/** How far a drill is, as tags on the rings that it is about; above everything else. */
export function paintStages(pen: Pen, input: PictureInput, transform: PictureTransform): void {
  const { drill } = input.values;
  if (drill === undefined) return;
  const { stages } = input.options.texts;
  if (drill.stage === "scaling") {
    for (const saviour of drill.saviours) paintTag(pen, input, transform, saviour, [stages.scaling]);
  } else paintTag(pen, input, transform, drill.victim, linesOf(drill, input));
}

function linesOf(drill: SceneDrill, { options: { texts } }: PictureInput): readonly string[] {
  const { stage, passedOn, remark } = drill;
  const lines = [texts.stages[stage]];
  if (stage === "proxying") lines.push(fillIn(texts.passedOn, `${Math.round(passedOn * 100)} %`));
  else if (remark !== undefined) lines.push(remark);
  return lines;
}

/** CSS pixels. */
const tag = {
  height: 20,
  padding: 9,
  text: 11,
  gap: 4,
  /** Smaller rings have their names below them: their tag stands above, and says no more than a word. */
  belowFromRadius: 40,
} as const;

/** The first line as a pill on the rim, the second below it where there is room. */
function paintTag(
  pen: Pen,
  input: PictureInput,
  transform: PictureTransform,
  node: number,
  [word = "", remark]: readonly string[],
): void {
  const { palette, face, structure } = input;
  const { nodes } = structure;
  const radius = nodes.radius[node]! * transform.zoom;
  const isLarge = radius >= tag.belowFromRadius;
  const middle = nodes.x[node]! * transform.zoom + transform.x;
  const y = nodes.y[node]! * transform.zoom + transform.y + (isLarge ? radius : -radius);
  pen.save();
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = font(face, 650, tag.text);
  const width = pen.measureText(word).width + 2 * tag.padding;
  // The mark of a notice has the right shoulder of the ring.
  const x = isLarge ? middle : middle + radius * 0.2 - width / 2;
  pen.beginPath();
  pen.roundRect(x - width / 2, y - tag.height / 2, width, tag.height, tag.height / 2);
  pen.lineWidth = 4;
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.fillStyle = palette.simulated;
  pen.fill();
  pen.fillStyle = palette.ground;
  pen.fillText(word, x, y + 0.5);
  if (isLarge && remark !== undefined) {
    pen.font = font(face, 550, tag.text);
    pen.lineJoin = "round";
    const below = y + tag.height + tag.gap;
    pen.strokeText(remark, x, below);
    pen.fillStyle = palette.text;
    pen.fillText(remark, x, below);
  }
  pen.restore();
}
