import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";
import type { LayoutInput } from "#layout/layout-input.ts";

/** Air that a newcomer keeps to those who stand, as a share of its own radius, and by how much it steps aside until it has it, world units. */
const airShare = 0.7;
const stepAside = 8;

type Places = ReadonlyMap<string, Point>;
type Held = Pick<LayoutInput, "view" | "keys" | "roles" | "radii" | "previous">;

interface Disc extends Point {
  readonly radius: number;
}

/**
 * The places of a new layout for those who had none; whoever had one keeps it, to the last bit. A layout may come out shifted as a whole: newcomers are shifted
 * along, and step outwards where somebody stands already. On a ring, which would turn for one more, they stand in the widest gap.
 */
export function holdPlaces(input: Held, xy: Float32Array): Places {
  const { keys, radii, previous } = input;
  const placeOf = (index: number): Point => ({ x: xy[2 * index] ?? 0, y: xy[2 * index + 1] ?? 0 });
  const standing = keys.flatMap((key, index): readonly Disc[] => {
    const old = previous.get(key);
    return old === undefined ? [] : [{ ...old, radius: radii[index] ?? 0 }];
  });
  if (standing.length === 0) return new Map(keys.map((key, index) => [key, placeOf(index)]));
  const held = keys.flatMap((key, index) => (previous.has(key) ? [index] : []));
  const shift = {
    x: mean(held.map((index, i) => must(standing[i]).x - placeOf(index).x)),
    y: mean(held.map((index, i) => must(standing[i]).y - placeOf(index).y)),
  };
  const middle = middleOf(input, standing);
  return new Map(
    keys.map((key, index) => {
      const old = previous.get(key);
      if (old !== undefined) return [key, old];
      const { x, y } = placeOf(index);
      const wish = input.view === "ring" ? inWidestGap(standing, middle) : { x: x + shift.x, y: y + shift.y };
      const radius = radii[index] ?? 0;
      const free = outwards(wish, middle, (at) => isClear(standing, at, radius));
      standing.push({ ...free, radius });
      return [key, free];
    }),
  );
}

/** The entries, about which a ring is drawn; else the middle of all. */
function middleOf({ view, keys, roles, previous }: Held, standing: readonly Disc[]): Point {
  const entries = keys.flatMap((key, i) => (roles[i] === "entry" ? (previous.get(key) ?? []) : []));
  const about = view === "ring" && entries.length > 0 ? entries : standing;
  return { x: mean(about.map(({ x }) => x)), y: mean(about.map(({ y }) => y)) };
}

/** A step from the middle towards where nobody stands for the widest angle; upwards where nobody stands at all. */
function inWidestGap(standing: readonly Disc[], middle: Point): Point {
  const turns = standing
    .filter(({ x, y }) => Math.hypot(x - middle.x, y - middle.y) > 1)
    .map(({ x, y }) => Math.atan2(y - middle.y, x - middle.x))
    .toSorted((a, b) => a - b);
  let turn = -Math.PI / 2;
  let widest = 0;
  turns.forEach((from, i) => {
    const gap = (turns[i + 1] ?? must(turns[0]) + 2 * Math.PI) - from;
    if (gap <= widest + 1e-6) return;
    widest = gap;
    turn = from + gap / 2;
  });
  return { x: middle.x + stepAside * Math.cos(turn), y: middle.y + stepAside * Math.sin(turn) };
}

function isClear(standing: readonly Disc[], at: Point, radius: number): boolean {
  return standing.every(
    (other) => Math.hypot(other.x - at.x, other.y - at.y) >= other.radius + radius * (1 + airShare),
  );
}

/** The first place that is free on the way from the middle through the wish and on; it ends, because who stands is bounded. */
function outwards(wish: Point, middle: Point, isFree: (at: Point) => boolean): Point {
  const [dx, dy] = [wish.x - middle.x, wish.y - middle.y];
  const length = Math.hypot(dx, dy);
  // Who wishes to stand in the very middle goes down.
  const [ux, uy] = length < 1 ? [0, 1] : [dx / length, dy / length];
  let at = wish;
  while (!isFree(at)) at = { x: at.x + ux * stepAside, y: at.y + uy * stepAside };
  return at;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
