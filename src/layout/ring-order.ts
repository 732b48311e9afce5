import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";

import type { LayoutInput } from "./layout-input.ts";

/**
 * The order of the members around the ring, from the bottom counter-clockwise. By name, but changed where that keeps edges between
 * members out of the middle. Members that had places keep their order among themselves; a new one goes next to its neighbour by name.
 */
export function arrangeRing(input: LayoutInput, members: readonly number[]): readonly number[] {
  const byName = members.toSorted((a, b) => (must(input.keys[a]) < must(input.keys[b]) ? -1 : 1));
  const known = byName.filter((node) => input.previous.has(must(input.keys[node])));
  return known.length === 0 ? untangle(input, byName) : joinRing(input, byName, known);
}

function joinRing(
  input: LayoutInput,
  byName: readonly number[],
  known: readonly number[],
): readonly number[] {
  const middle = middleOf(input, known);
  const turns = new Map(known.map((node) => [node, turnOf(placeOf(input, node), middle)]));
  const ring = known.toSorted((a, b) => must(turns.get(a)) - must(turns.get(b)));
  byName.forEach((node, i) => {
    if (turns.has(node)) return;
    const before = byName[i - 1];
    ring.splice(before === undefined ? 0 : ring.indexOf(before) + 1, 0, node);
  });
  return ring;
}

function placeOf(input: LayoutInput, node: number): Point {
  return must(input.previous.get(must(input.keys[node])));
}

/** Where the ring was turned about: the entries if there are any, else the middle of those who stood on it. */
function middleOf(input: LayoutInput, known: readonly number[]): Point {
  const entries = input.keys.filter((key, node) => input.roles[node] === "entry" && input.previous.has(key));
  const places =
    entries.length > 0
      ? entries.map((key) => must(input.previous.get(key)))
      : known.map((node) => placeOf(input, node));
  return {
    x: places.reduce((sum, { x }) => sum + x, 0) / places.length,
    y: places.reduce((sum, { y }) => sum + y, 0) / places.length,
  };
}

/** How far round from the bottom a place is, counter-clockwise, in radians from 0; y grows downwards. */
function turnOf(place: Point, middle: Point): number {
  const turn = Math.atan2(place.x - middle.x, place.y - middle.y);
  // A hair before the bottom is the bottom: it comes first, not last.
  return turn < -bottomTolerance ? turn + 2 * Math.PI : turn;
}

const bottomTolerance = 1e-3;

/** Swaps two members as long as that brings edges between members out of the middle. */
function untangle(input: LayoutInput, byName: readonly number[]): readonly number[] {
  const ring = [...byName];
  const edges = memberEdges(input, ring);
  if (edges.length === 0) return ring;
  const seat = new Map(ring.map((node, i) => [node, i]));
  const cost = () =>
    edges.reduce((sum, [a, b]) => sum + depth(must(seat.get(a)), must(seat.get(b)), ring.length), 0);
  function swap(i: number, j: number): void {
    const first = must(ring[i]);
    const second = must(ring[j]);
    ring[i] = second;
    ring[j] = first;
    seat.set(second, i).set(first, j);
  }
  let least = cost();
  for (let round = 0; round < swapRounds; round += 1) {
    const before = least;
    for (let i = 0; i < ring.length; i += 1) {
      for (let j = i + 1; j < ring.length; j += 1) {
        swap(i, j);
        const now = cost();
        if (now < least - costTolerance) least = now;
        else swap(i, j);
      }
    }
    if (least === before) break;
  }
  return ring;
}

/** Enough for forty members; each round is 780 swaps then. */
const swapRounds = 4;
const costTolerance = 1e-9;

function memberEdges(input: LayoutInput, members: readonly number[]): readonly (readonly [number, number])[] {
  const isMember = new Set(members);
  const edges = Array.from(
    { length: input.ends.length / 2 },
    (_, e) => [input.ends[2 * e]!, input.ends[2 * e + 1]!] as const,
  );
  return edges.filter(([a, b]) => a !== b && isMember.has(a) && isMember.has(b));
}

/** How deep into the middle a chord between two seats reaches; nothing for the shorter ones, which pass well beside it. */
function depth(a: number, b: number, seats: number): number {
  const apart = Math.abs(a - b);
  return Math.max(0, Math.min(apart, seats - apart) / seats - shallow);
}

/** A chord over a third of the ring passes at half the radius. */
const shallow = 0.34;
