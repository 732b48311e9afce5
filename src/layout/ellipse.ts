import type { Point } from "#base/point.ts";

/** Finer than a pixel on any ring that fits a screen. */
const steps = 1440;

/**
 * Points on an ellipse around (0, 0), each with its own share of the way round, from the bottom counter-clockwise (y grows downwards).
 * An odd number starts with a point at the bottom, an even one with a gap there: so the picture is alike left and right.
 */
export function pointsOnEllipse(width: number, height: number, shares: readonly number[]): readonly Point[] {
  const table = new Float64Array(steps + 1);
  const at = (step: number): Point => {
    const angle = (2 * Math.PI * step) / steps;
    return { x: (width / 2) * Math.sin(angle), y: (height / 2) * Math.cos(angle) };
  };
  for (let step = 1; step <= steps; step += 1) {
    const from = at(step - 1);
    const to = at(step);
    table[step] = table[step - 1]! + Math.hypot(to.x - from.x, to.y - from.y);
  }
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let way = shares.length % 2 === 1 ? -(shares[0] ?? 0) / 2 : 0;
  return shares.map((share) => {
    const middle = ((way + share / 2) / whole) * table[steps]!;
    way += share;
    return at(stepAfter(table, middle));
  });
}

/** The fractional step after which this length of the way is done. */
function stepAfter(table: Float64Array, way: number): number {
  let low = 0;
  let high = steps;
  while (high - low > 1) {
    const half = (low + high) >> 1;
    if (table[half]! <= way) low = half;
    else high = half;
  }
  const length = table[high]! - table[low]!;
  return length === 0 ? low : low + (way - table[low]!) / length;
}
