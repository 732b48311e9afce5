import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";

/** Air that a newcomer keeps to those who stand, world units, and by how much it steps aside until it has it. */
const air = 14;
const stepAside = 8;

/**
 * The places of a new layout for those who had none; whoever had one keeps it, to the last bit. A layout may come out shifted as a whole, and a ring turns
 * when one more stands on it: newcomers are shifted along, and step outwards where somebody stands already.
 */
export function holdPlaces(
  known: ReadonlyMap<string, Point>,
  keys: readonly string[],
  radii: Float32Array,
  place: (index: number) => Point,
): ReadonlyMap<string, Point> {
  const held = new Map<string, Point>();
  const standing: { readonly x: number; readonly y: number; readonly radius: number }[] = [];
  let [dx, dy] = [0, 0];
  keys.forEach((key, index) => {
    const old = known.get(key);
    if (old === undefined) return;
    held.set(key, old);
    standing.push({ ...old, radius: radii[index] ?? 0 });
    dx += old.x - place(index).x;
    dy += old.y - place(index).y;
  });
  if (standing.length === 0) return new Map(keys.map((key, index) => [key, place(index)]));
  const shift = { x: dx / standing.length, y: dy / standing.length };
  const middle = {
    x: standing.reduce((sum, { x }) => sum + x, 0) / standing.length,
    y: standing.reduce((sum, { y }) => sum + y, 0) / standing.length,
  };
  keys.forEach((key, index) => {
    if (held.has(key)) return;
    const { x, y } = place(index);
    const radius = radii[index] ?? 0;
    const free = outwards({ x: x + shift.x, y: y + shift.y }, middle, (at) =>
      standing.every((other) => Math.hypot(other.x - at.x, other.y - at.y) >= other.radius + radius + air),
    );
    held.set(key, free);
    standing.push({ ...free, radius });
  });
  return new Map(keys.map((key) => [key, must(held.get(key))]));
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
