import type { Point } from "#base/point.ts";

import { distanceBelow, halfWidth } from "./node-cell.ts";

/** Who stands where, and where there is room beside them. */
export interface FreePlaces {
  /** Takes a place, free or not. */
  occupy(place: Point, radius: number): void;
  /** The height nearest to `y`, but not less than `least`, at which a disc with its label fits in at `x`. */
  nearestHeight(x: number, y: number, radius: number, least?: number): number;
}

interface Occupant extends Point {
  readonly radius: number;
}

/** Air between two labels side by side, world units. */
const sideGap = 6;
/** Occupants are kept in strips of this width, about a column's; few strips have to be looked at. */
const stripWidth = 160;

export function createFreePlaces(): FreePlaces {
  const strips = new Map<number, Occupant[]>();
  let widest = 0;
  return {
    occupy({ x, y }, radius) {
      const strip = Math.floor(x / stripWidth);
      const others = strips.get(strip);
      if (others === undefined) strips.set(strip, [{ x, y, radius }]);
      else others.push({ x, y, radius });
      widest = Math.max(widest, halfWidth(radius));
    },
    nearestHeight(x, y, radius, least = Number.NEGATIVE_INFINITY) {
      const reach = halfWidth(radius) + widest + sideGap;
      const taken: (readonly [number, number])[] = [];
      for (let s = Math.floor((x - reach) / stripWidth); s <= Math.floor((x + reach) / stripWidth); s += 1) {
        for (const other of strips.get(s) ?? []) {
          if (Math.abs(other.x - x) >= halfWidth(radius) + halfWidth(other.radius) + sideGap) continue;
          taken.push([
            other.y - distanceBelow(radius, other.radius),
            other.y + distanceBelow(other.radius, radius),
          ]);
        }
      }
      return nearestGap(taken, y, least);
    },
  };
}

/** The number nearest to `wish`, from `least` on, that lies inside none of the intervals; their ends are free. */
function nearestGap(taken: readonly (readonly [number, number])[], wish: number, least: number): number {
  const sorted = taken.toSorted((a, b) => a[0] - b[0]);
  let best = Number.POSITIVE_INFINITY;
  // Free stretches lie before the first interval, between merged ones, and after the last.
  let from = least;
  for (const [start, end] of [...sorted, [Infinity, Infinity] as const]) {
    if (start >= from) {
      const nearest = Math.max(from, Math.min(start, wish));
      if (Math.abs(nearest - wish) < Math.abs(best - wish)) best = nearest;
    }
    from = Math.max(from, end);
  }
  return best;
}
