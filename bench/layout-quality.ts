import { mulberry32 } from "#base/random.ts";
import type { LayoutInput, LayoutResult } from "#layout/layout-input.ts";
import { halfWidth, labelHeight, labelStrip, labelWidth } from "#layout/node-cell.ts";

/** Pairs of edges looked at; all of them where there are fewer. The share is then exact to about 0.03 percentage points. */
const samples = 400_000;

/** Share of the pairs of edges that cross when drawn as straight lines, per cent. Edges that meet in a node do not cross. */
export function crossingShare({ ends }: LayoutInput, { xy }: LayoutResult): number {
  const edges = ends.length / 2;
  const pairs = (edges * (edges - 1)) / 2;
  if (pairs === 0) return 0;
  let crossing = 0;
  if (pairs <= samples) {
    for (let e = 0; e < edges; e += 1)
      for (let f = e + 1; f < edges; f += 1) if (cross(ends, xy, e, f)) crossing += 1;
    return (100 * crossing) / pairs;
  }
  const random = mulberry32(7);
  for (let sample = 0; sample < samples; sample += 1) {
    const e = Math.floor(random() * edges);
    const f = (e + 1 + Math.floor(random() * (edges - 1))) % edges;
    if (cross(ends, xy, e, f)) crossing += 1;
  }
  return (100 * crossing) / samples;
}

function cross(ends: Uint32Array, xy: Float32Array, e: number, f: number): boolean {
  const [a, b, c, d] = [ends[2 * e]!, ends[2 * e + 1]!, ends[2 * f]!, ends[2 * f + 1]!];
  if (a === c || a === d || b === c || b === d) return false;
  return side(xy, a, b, c) * side(xy, a, b, d) < 0 && side(xy, c, d, a) * side(xy, c, d, b) < 0;
}

function side(xy: Float32Array, a: number, b: number, p: number): number {
  const [ax, ay] = [xy[2 * a]!, xy[2 * a + 1]!];
  return (xy[2 * b]! - ax) * (xy[2 * p + 1]! - ay) - (xy[2 * b + 1]! - ay) * (xy[2 * p]! - ax);
}

/** Pairs of discs, and pairs of labels of full width, that overlap. */
export function overlaps(
  input: LayoutInput,
  { xy }: LayoutResult,
): { readonly discs: number; readonly labels: number } {
  let discs = 0;
  let labels = 0;
  for (let a = 0; a < input.keys.length; a += 1) {
    for (let b = a + 1; b < input.keys.length; b += 1) {
      const dx = Math.abs(xy[2 * a]! - xy[2 * b]!);
      const dy = xy[2 * a + 1]! - xy[2 * b + 1]!;
      if (Math.hypot(dx, dy) < input.radii[a]! + input.radii[b]! - 0.01) discs += 1;
      if (dx < labelWidth && Math.abs(dy + input.radii[a]! - input.radii[b]!) < labelHeight) labels += 1;
    }
  }
  return { discs, labels };
}

/** Share of a screen of the asked shape that the picture's rectangle covers when it is fitted in, per cent. */
export function screenFill(input: LayoutInput, { xy }: LayoutResult): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  input.radii.forEach((radius, node) => {
    left = Math.min(left, xy[2 * node]! - halfWidth(radius));
    right = Math.max(right, xy[2 * node]! + halfWidth(radius));
    top = Math.min(top, xy[2 * node + 1]! - radius);
    bottom = Math.max(bottom, xy[2 * node + 1]! + radius + labelStrip);
  });
  const aspect = (right - left) / (bottom - top);
  return 100 * Math.min(aspect / input.aspect, input.aspect / aspect);
}
