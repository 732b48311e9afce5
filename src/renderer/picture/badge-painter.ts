import type { PictureInput } from "./picture-input.ts";
import type { Pen } from "./pen.ts";

/** A notice's mark. Severity is told by shape as well: information a disc, a warning a triangle, an error a diamond. `badge` is severity + 1. */
export function paintBadge(
  pen: Pen,
  input: PictureInput,
  badge: number,
  x: number,
  y: number,
  size: number,
): void {
  if (badge === 0) return;
  const { palette } = input;
  pen.save();
  pen.beginPath();
  if (badge === 1) pen.arc(x, y, size, 0, 2 * Math.PI);
  else if (badge === 2) tracePolygon(pen, x, y + size * 0.12, size * 1.25, 3, -Math.PI / 2);
  else tracePolygon(pen, x, y, size * 1.25, 4, -Math.PI / 2);
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = palette.ground;
  pen.stroke();
  pen.fillStyle = badge === 1 ? palette.info : badge === 2 ? palette.warning : palette.danger;
  pen.fill();
  // The mark inside is drawn, not written: at this size a letter's place depends on the font.
  pen.fillStyle = palette.ground;
  const unit = size / 7;
  if (badge === 1) {
    pen.fillRect(x - unit, y - 1 * unit, 2 * unit, 5 * unit);
    pen.fillRect(x - unit, y - 4 * unit, 2 * unit, 2 * unit);
  } else {
    pen.fillRect(x - unit, y - 4 * unit, 2 * unit, 5 * unit);
    pen.fillRect(x - unit, y + 2.2 * unit, 2 * unit, 2 * unit);
  }
  pen.restore();
}

function tracePolygon(pen: Pen, x: number, y: number, radius: number, corners: number, from: number): void {
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = from + (corner / corners) * 2 * Math.PI;
    const px = x + Math.cos(angle) * radius;
    const py = y + Math.sin(angle) * radius;
    if (corner === 0) pen.moveTo(px, py);
    else pen.lineTo(px, py);
  }
  pen.closePath();
}

/** Diagonal lines over a disc: its data are old. */
export function paintHatch(pen: Pen, x: number, y: number, radius: number, color: string): void {
  pen.save();
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.clip();
  pen.beginPath();
  for (let offset = -2 * radius; offset <= 2 * radius; offset += 7) {
    pen.moveTo(x + offset - radius, y + radius);
    pen.lineTo(x + offset + radius, y - radius);
  }
  pen.lineWidth = 1.5;
  pen.strokeStyle = color;
  pen.globalAlpha *= 0.32;
  pen.stroke();
  pen.restore();
}
