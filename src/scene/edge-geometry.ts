/**
 * Curves of edges. Every edge is a cubic polynomial, so that a dot's place costs a few multiplications in either engine:
 *
 *   P(u) = a + u (b + u (c + u d))       u from 0 (source) to 1 (target), world units
 *   N(u) = n + u m                       across the lane; not quite of length 1 in the middle, which narrows the lane by some per cent
 *
 *   in a flow (ranks from left to right):        between rings:
 *
 *        ┌──                                      two edges between the same pair bend to their own right,
 *     ───┘   leaves and arrives level             so that A > B and B > A are two lanes; a lone one is straight
 */
export const curveStride = 12;

/** Positions inside one edge's numbers. */
export const curveAt = {
  ax: 0,
  ay: 1,
  bx: 2,
  by: 3,
  cx: 4,
  cy: 5,
  dx: 6,
  dy: 7,
  nx: 8,
  ny: 9,
  mx: 10,
  my: 11,
} as const;

export interface Placement {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Distance from the centre at which edges begin and end. */
  readonly rim: Float32Array;
}

export interface EdgeEnds {
  readonly count: number;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
}

export type CurveStyle = "straight" | "level";

/** Curves that stay as they are: those of edges between nodes that have not moved. */
export interface KeptCurves {
  readonly curves: Float32Array;
  /** Per node: 1 when it has moved. */
  readonly moved: Uint8Array;
}

/** Curves of all edges. `level` curves leave and arrive horizontally; an edge that runs backwards bends round instead. */
export function edgeCurves(
  ends: EdgeEnds,
  placement: Placement,
  style: CurveStyle,
  kept?: KeptCurves,
): Float32Array {
  const curves = kept?.curves.slice() ?? new Float32Array(ends.count * curveStride);
  const twoWay = style === "straight" ? pairsWithReturn(ends) : undefined;
  for (let edge = 0; edge < ends.count; edge += 1) {
    const from = ends.source[edge]!;
    const to = ends.target[edge]!;
    if (kept !== undefined && kept.moved[from] === 0 && kept.moved[to] === 0) continue;
    const x0 = placement.x[from]!;
    const y0 = placement.y[from]!;
    const dx = placement.x[to]! - x0;
    const dy = placement.y[to]! - y0;
    const points =
      from === to
        ? selfLoop(x0, y0, placement.rim[from]!)
        : style === "level" && dx - placement.rim[from]! - placement.rim[to]! > levelAtLeast
          ? levelCurve(x0, y0, dx, dy, placement.rim[from]!, placement.rim[to]!)
          : bentCurve(
              x0,
              y0,
              dx,
              dy,
              placement.rim[from]!,
              placement.rim[to]!,
              twoWay?.[edge] === 0 ? 0 : bendShare,
            );
    writeCubic(curves, edge * curveStride, points);
  }
  return curves;
}

/** With less room than this from rim to rim a level curve would fold over itself, or bend too sharply for a lane. */
const levelAtLeast = 32;

/** How far a bent edge leaves the straight line, as a share of its length. */
const bendShare = 0.14;

type ControlPoints = readonly [number, number, number, number, number, number, number, number];

function levelCurve(x0: number, y0: number, dx: number, dy: number, r0: number, r1: number): ControlPoints {
  const ax = x0 + r0;
  const ex = x0 + dx - r1;
  const pull = Math.max((ex - ax) * 0.42, 12);
  return [ax, y0, ax + pull, y0, ex - pull, y0 + dy, ex, y0 + dy];
}

function bentCurve(
  x0: number,
  y0: number,
  dx: number,
  dy: number,
  r0: number,
  r1: number,
  share: number,
): ControlPoints {
  const length = Math.max(1, Math.hypot(dx, dy));
  const bend = share * length;
  // To the right of the direction of travel on a screen whose y grows downwards.
  const mx = x0 + dx / 2 - (dy / length) * bend;
  const my = y0 + dy / 2 + (dx / length) * bend;
  const [ax, ay] = towards(x0, y0, mx, my, Math.min(r0, length / 3));
  const [ex, ey] = towards(x0 + dx, y0 + dy, mx, my, Math.min(r1, length / 3));
  return [
    ax,
    ay,
    ax + ((mx - ax) * 2) / 3,
    ay + ((my - ay) * 2) / 3,
    ex + ((mx - ex) * 2) / 3,
    ey + ((my - ey) * 2) / 3,
    ex,
    ey,
  ];
}

function selfLoop(x: number, y: number, r: number): ControlPoints {
  const reach = r * 2 + 26;
  return [x + r * 0.6, y - r * 0.8, x + reach, y - reach, x - reach, y - reach, x - r * 0.6, y - r * 0.8];
}

function towards(x: number, y: number, tx: number, ty: number, distance: number): readonly [number, number] {
  const length = Math.max(1, Math.hypot(tx - x, ty - y));
  return [x + ((tx - x) / length) * distance, y + ((ty - y) / length) * distance];
}

/** Bezier control points to polynomial coefficients, with the normals at both ends. */
function writeCubic(curves: Float32Array, at: number, points: ControlPoints): void {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = points;
  const n0 = normal(x1 - x0, y1 - y0, x3 - x0, y3 - y0);
  const n1 = normal(x3 - x2, y3 - y2, x3 - x0, y3 - y0);
  const ab = [x0, y0, 3 * (x1 - x0), 3 * (y1 - y0)];
  const cd = [
    3 * (x2 - 2 * x1 + x0),
    3 * (y2 - 2 * y1 + y0),
    x3 - 3 * x2 + 3 * x1 - x0,
    y3 - 3 * y2 + 3 * y1 - y0,
  ];
  const nm = [n0[0], n0[1], n1[0] - n0[0], n1[1] - n0[1]];
  curves.set([...ab, ...cd, ...nm], at);
}

function normal(dx: number, dy: number, elseX: number, elseY: number): readonly [number, number] {
  const length = Math.hypot(dx, dy);
  if (length > 1e-6) return [-dy / length, dx / length];
  const other = Math.hypot(elseX, elseY);
  return other > 1e-6 ? [-elseY / other, elseX / other] : [0, 1];
}

/** 1 for each edge whose opposite exists as well. */
function pairsWithReturn(ends: EdgeEnds): Uint8Array {
  const seen = new Set<number>();
  const width =
    1 +
    ends.source.reduce(
      (most, node) => Math.max(most, node),
      ends.target.reduce((most, node) => Math.max(most, node), 0),
    );
  for (let edge = 0; edge < ends.count; edge += 1) seen.add(ends.source[edge]! * width + ends.target[edge]!);
  return Uint8Array.from({ length: ends.count }, (_, edge) =>
    seen.has(ends.target[edge]! * width + ends.source[edge]!) ? 1 : 0,
  );
}

/** A point of a curve, world units. */
export function curvePoint(
  curves: Float32Array,
  edge: number,
  u: number,
): { readonly x: number; readonly y: number } {
  const at = edge * curveStride;
  return {
    x: curves[at]! + u * (curves[at + 2]! + u * (curves[at + 4]! + u * curves[at + 6]!)),
    y: curves[at + 1]! + u * (curves[at + 3]! + u * (curves[at + 5]! + u * curves[at + 7]!)),
  };
}

/** Length along the curve, from `steps` chords; 12 are within 1 % for the curves above. */
export function curveLength(curves: Float32Array, edge: number, steps = 12): number {
  let length = 0;
  let last = curvePoint(curves, edge, 0);
  for (let step = 1; step <= steps; step += 1) {
    const next = curvePoint(curves, edge, step / steps);
    length += Math.hypot(next.x - last.x, next.y - last.y);
    last = next;
  }
  return length;
}
