import type { Point } from "#base/point.ts";

import { type CallGraph, createCallGraph, degree, type Neighbours } from "./call-graph.ts";
import type { FreePlaces } from "./free-places.ts";
import type { LayoutInput } from "./layout-input.ts";
import { columnPitch, labelStrip, rowHeight } from "./node-cell.ts";
import { nearestFree, occupied } from "./settle.ts";

type Places = readonly (Point | undefined)[];

/** Where a new node would like to stand, given who has a place already; undefined when it has no opinion yet. */
export type Wish = (node: number, places: Places) => Point | undefined;

/**
 * Gives a place to every node that has none, and moves no other. Nodes whose neighbours have places come first; those that are joined
 * to nobody stand in rows below the picture.
 */
export function joinLayout(input: LayoutInput, places: (Point | undefined)[], wish: Wish): void {
  const free = occupied(input, places, () => true);
  const columns = columnsOf(input, places);
  const bottom = bottomOfJoined(input, places);
  function settle(node: number, place: Point): void {
    places[node] = place;
    free.occupy(place, input.radii[node]!);
  }
  let waiting = places.map((_place, node) => node).filter((node) => places[node] === undefined);
  while (waiting.length > 0) {
    const left: number[] = [];
    for (const node of waiting) {
      const wished = wish(node, places);
      if (wished === undefined) left.push(node);
      else settle(node, placeNear(input, places, free, columns, node, wished));
    }
    const [next, ...others] = left;
    if (left.length < waiting.length || next === undefined) waiting = left;
    else {
      settle(next, placeBelow(free, columns, bottom, input.radii[next]!));
      waiting = others;
    }
  }
}

/** The x that nodes have in common: a new node stands in line with the others where it can. */
function columnsOf(input: LayoutInput, places: Places): readonly number[] {
  const xs = places.flatMap((place) => (place === undefined ? [] : [place.x])).toSorted((a, b) => a - b);
  const least = columnPitch(input.radii) / 2;
  const columns: number[] = [];
  for (const x of xs) if (x - (columns.at(-1) ?? Number.NEGATIVE_INFINITY) >= least) columns.push(x);
  return columns.length === 0 ? [0] : columns;
}

function placeNear(
  input: LayoutInput,
  places: Places,
  free: FreePlaces,
  columns: readonly number[],
  node: number,
  wish: Point,
): Point {
  const limit = leftLimit(input, places, node);
  const pitch = columnPitch(input.radii);
  const near = columns.filter((x) => Math.abs(x - wish.x) <= 2 * pitch && x >= limit);
  const isInLine = near.some((x) => Math.abs(x - wish.x) <= pitch / 2);
  const xs = isInLine ? near : [...near, Math.max(limit, wish.x)];
  return nearestFree(free, wish, input.radii[node]!, xs);
}

/** Nothing comes to stand left of an entry in a ranked picture; an entry itself may. */
function leftLimit(input: LayoutInput, places: Places, node: number): number {
  if (input.view !== "flow" || input.roles[node] === "entry") return Number.NEGATIVE_INFINITY;
  return places.reduce(
    (limit, place, other) =>
      place !== undefined && input.roles[other] === "entry" ? Math.max(limit, place.x) : limit,
    Number.NEGATIVE_INFINITY,
  );
}

/** The lower edge of all that is joined to something. */
function bottomOfJoined(input: LayoutInput, places: Places): number {
  const graph = createCallGraph(input);
  const bottom = places.reduce(
    (most, place, node) =>
      place === undefined || isAlone(graph, node)
        ? most
        : Math.max(most, place.y + input.radii[node]! + labelStrip),
    Number.NEGATIVE_INFINITY,
  );
  return Number.isFinite(bottom) ? bottom + rowHeight(input.radii) / 2 : 0;
}

function isAlone(graph: CallGraph, node: number): boolean {
  return degree(graph.callers, node) + degree(graph.callees, node) === 0;
}

/** The first free place of the first row under everything that is joined. */
function placeBelow(free: FreePlaces, columns: readonly number[], bottom: number, radius: number): Point {
  let best = { x: 0, y: Number.POSITIVE_INFINITY };
  for (const x of columns) {
    const y = free.nearestHeight(x, bottom + radius, radius, bottom + radius);
    if (y < best.y) best = { x, y };
  }
  return best;
}

/** In a ranked picture: right of its callers, left of its callees, at the mean height of both; a new entry left of all. */
export function wishInFlow(input: LayoutInput): Wish {
  const graph = createCallGraph(input);
  const pitch = columnPitch(input.radii);
  return (node, places) => {
    const callers = placesOf(graph.callers, node, places);
    const callees = placesOf(graph.callees, node, places);
    const near = [...callers, ...callees];
    if (near.length === 0) return undefined;
    const y = near.reduce((sum, place) => sum + place.y, 0) / near.length;
    if (input.roles[node] === "entry") return { x: leftmost(places), y };
    const afterCallers = Math.max(...callers.map(({ x }) => x)) + pitch;
    const beforeCallees = leftmost(callees) - pitch;
    if (callees.length === 0) return { x: afterCallers, y };
    if (callers.length === 0) return { x: beforeCallees, y };
    return { x: (afterCallers + beforeCallees) / 2, y };
  };
}

function leftmost(places: Places): number {
  return places.reduce((least, place) => Math.min(least, place?.x ?? least), Number.POSITIVE_INFINITY);
}

function placesOf(side: Neighbours, node: number, places: Places): readonly Point[] {
  const found: Point[] = [];
  for (let i = side.start[node]!; i < side.start[node + 1]!; i += 1) {
    const place = places[side.node[i]!];
    if (place !== undefined) found.push(place);
  }
  return found;
}
