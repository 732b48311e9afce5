import { halfWidth, labelStrip } from "./node-cell.ts";

/** The places moved so that the rectangle of all discs and labels is centred on (0, 0). */
export function centred(xy: Float32Array, radii: Float32Array, hasLabels: boolean): Float32Array {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  radii.forEach((radius, node) => {
    const reach = hasLabels ? halfWidth(radius) : radius;
    left = Math.min(left, xy[2 * node]! - reach);
    right = Math.max(right, xy[2 * node]! + reach);
    top = Math.min(top, xy[2 * node + 1]! - radius);
    bottom = Math.max(bottom, xy[2 * node + 1]! + radius + (hasLabels ? labelStrip : 0));
  });
  return xy.map((value, i) => value - (i % 2 === 0 ? left + right : top + bottom) / 2);
}
