import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";

import { createFreePlaces, type FreePlaces } from "./free-places.ts";
import type { LayoutInput } from "./layout-input.ts";

/** Discs that stand closer than this to a pinned one make way, world units. */
const leastAir = 2;
/** Who makes way looks straight up and down first, then this far to either side. */
const sidesteps = [0, 40, -40, 80, -80, 120, -120, 160, -160] as const;

/** A place as a person or an earlier layout left it; undefined when there is none, or what is kept is not a place. */
export function keptPlace(kept: ReadonlyMap<string, Point>, key: string): Point | undefined {
  const place = kept.get(key);
  return place !== undefined && Number.isFinite(place.x) && Number.isFinite(place.y) ? place : undefined;
}

/**
 * Puts pinned nodes where they are pinned, to the last bit. Whoever stands under a pin that is new here makes way, as little as possible;
 * nobody else moves. `isNewPin` says which pins are new: one that has been there before has had its room made.
 */
export function makeWayForPins(
  input: LayoutInput,
  places: (Point | undefined)[],
  isNewPin: (node: number) => boolean,
): void {
  const pinned = input.keys
    .map((_key, node) => node)
    .filter((node) => keptPlace(input.pins, must(input.keys[node])));
  if (pinned.length === 0) return;
  const isPinned = new Set(pinned);
  for (const node of pinned) places[node] = keptPlace(input.pins, must(input.keys[node]));
  const newcomers = pinned.filter(isNewPin);
  const movers = new Set<number>();
  places.forEach((place, node) => {
    if (place === undefined || isPinned.has(node)) return;
    const radius = input.radii[node]!;
    const isUnder = newcomers.some((pin) => {
      const { x, y } = must(places[pin]);
      return Math.hypot(place.x - x, place.y - y) < radius + input.radii[pin]! + leastAir;
    });
    if (isUnder) movers.add(node);
  });
  if (movers.size === 0) return;
  const free = occupied(input, places, (node) => !movers.has(node));
  for (const node of movers) {
    const old = must(places[node]);
    const place = nearestFree(
      free,
      old,
      input.radii[node]!,
      sidesteps.map((step) => old.x + step),
    );
    places[node] = place;
    free.occupy(place, input.radii[node]!);
  }
}

export function occupied(
  input: LayoutInput,
  places: readonly (Point | undefined)[],
  counts: (node: number) => boolean,
): FreePlaces {
  const free = createFreePlaces();
  places.forEach((place, node) => {
    if (place !== undefined && counts(node)) free.occupy(place, input.radii[node]!);
  });
  return free;
}

/** The free place nearest to the wish among those at the given x. */
export function nearestFree(free: FreePlaces, wish: Point, radius: number, xs: readonly number[]): Point {
  let best: Point = wish;
  let least = Number.POSITIVE_INFINITY;
  for (const x of xs) {
    const y = free.nearestHeight(x, wish.y, radius);
    const distance = Math.hypot(x - wish.x, y - wish.y);
    if (distance < least) {
      least = distance;
      best = { x, y };
    }
  }
  return best;
}
