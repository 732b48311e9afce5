/**
 * How far down an edge has come at a share of its way to the right, both 0 to 1. Edges of a ranked picture leave and arrive level: a
 * cubic Bezier curve whose inner control points stand at 0.42 and 0.58 of the width, as scene/edge-geometry.ts draws it (a test
 * compares the two). Layouts keep edges off discs, so they have to know.
 */
export function levelHeight(share: number): number {
  let t = share;
  // Newton's method on x(t) = share; x is almost t, so three rounds are exact to 1e-9.
  for (let round = 0; round < 3; round += 1) t -= (xAt(t) - share) / slopeOfX(t);
  return t * t * (3 - 2 * t);
}

const pull = 0.42;

function xAt(t: number): number {
  return 3 * pull * t * (1 - t) ** 2 + 3 * (1 - pull) * t * t * (1 - t) + t ** 3;
}

function slopeOfX(t: number): number {
  return 3 * pull * (1 - t) ** 2 + 6 * (1 - 2 * pull) * t * (1 - t) + 3 * pull * t * t;
}
