import { texts } from "#store/texts.ts";

import { momentWords } from "../drill/drill-words.ts";
import type { ShownDrill } from "./shown-drill.ts";

/** CSS pixels of the smallest picture that the sizes below are meant for. */
const usualWidth = 1440;

/** The picture with a striped frame and the word in it: what leaves the page has to say by itself that it was not measured. */
export async function markPicture(picture: Blob, drill: ShownDrill): Promise<Blob | undefined> {
  const image = await createImageBitmap(picture);
  const { width, height } = image;
  const note = `${drill.victim} · ${texts.stages[drill.stage]} · ${momentWords(drill.seconds * 1000)}`;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (pen === null) return undefined;
  pen.drawImage(image, 0, 0);
  image.close();
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const unit = Math.max(1, Math.min(width, height * 1.6) / usualWidth);
  paintStripes(pen, { width, height, unit, color: token("--sim"), ground: token("--sim-ground") });
  const word = texts.simulated.title;
  pen.font = `750 ${22 * unit}px ${token("--font")}`;
  pen.textBaseline = "middle";
  const room = pen.measureText(word).width + 28 * unit;
  pen.fillStyle = token("--sim");
  pen.fillRect(24 * unit, 24 * unit, room, 40 * unit);
  pen.fillStyle = token("--on-sim");
  pen.fillText(word, 38 * unit, 45 * unit);
  pen.font = `550 ${15 * unit}px ${token("--font")}`;
  pen.fillStyle = token("--text");
  pen.fillText(note, 38 * unit + room, 45 * unit);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/png"));
}

interface Stripes {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly color: string;
  readonly ground: string;
}

function paintStripes(pen: CanvasRenderingContext2D, { width, height, unit, color, ground }: Stripes): void {
  const border = 10 * unit;
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.rect(border, border, width - 2 * border, height - 2 * border);
  pen.clip("evenodd");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  pen.beginPath();
  for (let x = -height; x < width; x += 28 * unit) {
    pen.moveTo(x, height);
    pen.lineTo(x + height, 0);
  }
  pen.lineWidth = 10 * unit;
  pen.strokeStyle = color;
  pen.stroke();
  pen.restore();
}
