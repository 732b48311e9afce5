import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";

import { levelHeight } from "./level-curve.ts";
import { cellGap, distanceBelow, labelStrip } from "./node-cell.ts";

/** Neighbours on one side of a centre at (0, 0), in columns that bend around it. */
export interface Side {
  /** Radii of the neighbours, the most important first: it stands nearest. */
  readonly radii: readonly number[];
  readonly columns: number;
  /** Where edges leave the centre. */
  readonly rim: number;
  /** Distance of the first column from the centre, and of the columns from one another. */
  readonly start: number;
  readonly pitch: number;
  /** Height that the columns may fill; more when they must. */
  readonly height: number;
}

/** How far the ends of a column lean towards the centre, as a share of the column's half height, and at most. */
const lean = 0.2;
export const mostLean = 70;
/** Rows further apart than this look lost. */
const tallestRow = 130;

/**
 * Places on the right of the centre, in the order of `radii`. Further columns are moved up or down until as few edges as possible run over
 * the discs and labels of nearer ones.
 */
export function placeSide(side: Side): readonly Point[] {
  const count = side.radii.length;
  const perColumn = Math.ceil(count / side.columns);
  const points: Point[] = [];
  for (let column = 0, first = 0; first < count; column += 1) {
    const size = Math.ceil((count - first) / (side.columns - column));
    const radii = side.radii.slice(first, first + size);
    points.push(...placeColumn(side, column, radii, perColumn, points));
    first += size;
  }
  return points;
}

function placeColumn(
  side: Side,
  column: number,
  radii: readonly number[],
  perColumn: number,
  nearer: readonly Point[],
): readonly Point[] {
  const widest = Math.max(...radii);
  const least = distanceBelow(widest, widest);
  const row = Math.max(least, Math.min(tallestRow, side.height / perColumn));
  const x = side.start + column * side.pitch;
  let best: readonly Point[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  const tried = column === 0 ? [0] : side.radii.length > mostSearched ? [(column % 2) / 2] : shifts;
  for (const shift of tried) {
    const heights = fromTheMiddle(radii.length).map((place) => (place + shift) * row);
    const reach = Math.max(...heights.map(Math.abs), 1);
    const points = heights.map((y) => ({ x: x - Math.min(mostLean, lean * reach) * (y / reach) ** 2, y }));
    const passes = tried.length === 1 ? 0 : countPasses(side, points, nearer);
    if (passes < fewest) {
      fewest = passes;
      best = points;
    }
  }
  return best;
}

/** Beyond this many neighbours edges run over discs whatever one does, and looking for the best would take seconds. */
const mostSearched = 300;
/** Shares of a row, tried in this order. */
const shifts = [0, 0.5, 0.25, -0.25, 0.375, -0.375, 0.125, -0.125];

/** Places 0, 1, 2 ... of a column from its middle outwards: 0, 1, -1, 2, -2 or 0.5, -0.5, 1.5, -1.5. */
function fromTheMiddle(count: number): readonly number[] {
  const places = Array.from({ length: count }, (_, i) => i - (count - 1) / 2);
  return places.toSorted((a, b) => Math.abs(a) - Math.abs(b) || a - b);
}

/** How many edges from the centre to these points run over discs or labels of the nearer ones. */
function countPasses(side: Side, points: readonly Point[], nearer: readonly Point[]): number {
  let passes = 0;
  for (const { x, y } of points) {
    nearer.forEach((other, i) => {
      const below = y * levelHeight((other.x - side.rim) / (x - side.rim)) - other.y;
      const radius = must(side.radii[i]);
      if (below > -radius - clearance && below < radius + labelStrip)
        passes += below < radius + clearance ? 2 : 1;
    });
  }
  return passes;
}

const clearance = cellGap / 2;
