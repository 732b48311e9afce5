import { assert, must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";

import { startFlow } from "./flow-layout.ts";
import { joinLayout, type Wish, wishInFlow } from "./join-layout.ts";
import type { LayoutInput, LayoutResult } from "./layout-input.ts";
import { layoutNeighbourhood } from "./neighbourhood-layout.ts";
import { layoutRing } from "./ring-layout.ts";
import { keptPlace, makeWayForPins } from "./settle.ts";
import type { StagedLayout } from "./staged-layout.ts";

/** A layout under way. The same input gives the same pictures, however the steps are cut. */
export interface LayoutRun {
  /** How things stand: complete and free of overlaps at any time, at its best when done. */
  picture(): LayoutResult;
  /** Whether the picture as it stands is not worth showing: the finished one will not resemble it. */
  isRough(): boolean;
  /** Goes on for so many ticks of a few milliseconds at most (1,000 nodes), about sixty in all; returns whether it is done. */
  step(ticks: number): boolean;
}

/** Beyond these a screen is no screen. */
const leastAspect = 0.25;
const mostAspect = 5;

/**
 * Where the nodes of a graph go.
 *
 * With `previous` places nothing moves that had one: new nodes find free spots near their neighbours. Only when more nodes are new than
 * old, or somebody joins a ring, is everything laid out afresh (members of a ring keep their order). Weights, radii and aspect alone
 * never move anything. Whoever wants a fresh layout passes no `previous`. Pins hold to the last bit in all cases.
 * @throws when an edge ends nowhere, or a column is too short.
 */
export function layoutGraph(input: LayoutInput): LayoutResult {
  const run = startLayout(input);
  while (!run.step(1));
  return run.picture();
}

/** The same in steps, with a first picture at once. */
export function startLayout(asked: LayoutInput): LayoutRun {
  // A screen that is not shown yet may have no shape.
  const aspect = Number.isFinite(asked.aspect) ? asked.aspect : 1;
  const input = { ...asked, aspect: Math.max(leastAspect, Math.min(mostAspect, aspect)) };
  assert(
    input.radii.length === input.keys.length && input.roles.length === input.keys.length,
    "a layout has a radius and a role for each node",
  );
  const kept = input.keys.map((key) => keptPlace(input.previous, key));
  const stage = isWarm(input, kept) ? startWarm(input, kept) : startCold(input);
  return {
    picture: () => ({ xy: stage.picture() }),
    isRough: () => stage.isRough(),
    step(ticks) {
      for (let tick = 1; tick < ticks; tick += 1) if (stage.tick()) return true;
      return stage.tick();
    },
  };
}

function isWarm(input: LayoutInput, kept: readonly (Point | undefined)[]): boolean {
  const known = kept.filter((place) => place !== undefined).length;
  if (known === kept.length) return known > 0;
  return input.view !== "ring" && known >= kept.length - known && known > 0;
}

function startWarm(input: LayoutInput, kept: readonly (Point | undefined)[]): StagedLayout {
  const places = [...kept];
  makeWayForPins(input, places, (node) => {
    const old = kept[node];
    const pin = keptPlace(input.pins, must(input.keys[node]));
    return old === undefined || pin === undefined || !isSamePlace(old, pin);
  });
  if (places.includes(undefined)) joinLayout(input, places, wishOf(input));
  return still(places);
}

/** To the precision of a LayoutResult. */
function isSamePlace(a: Point, b: Point): boolean {
  return Math.fround(a.x) === Math.fround(b.x) && Math.fround(a.y) === Math.fround(b.y);
}

function wishOf(input: LayoutInput): Wish {
  return input.view === "flow" ? wishInFlow(input) : wishInNeighbourhood(input);
}

/** Where a fresh layout would put the node, seen from the centre. */
function wishInNeighbourhood(input: LayoutInput): Wish {
  const fresh = layoutNeighbourhood(input);
  const centre = input.roles.indexOf("centre");
  return (node, places) => {
    const origin = places[centre];
    return origin === undefined
      ? { x: fresh[2 * node]!, y: fresh[2 * node + 1]! }
      : {
          x: fresh[2 * node]! - fresh[2 * centre]! + origin.x,
          y: fresh[2 * node + 1]! - fresh[2 * centre + 1]! + origin.y,
        };
  };
}

function startCold(input: LayoutInput): StagedLayout {
  const stage = freshLayout(input);
  if (input.pins.size === 0) return stage;
  return {
    picture() {
      const xy = stage.picture();
      const places = input.keys.map((_key, node): Point | undefined => ({
        x: xy[2 * node]!,
        y: xy[2 * node + 1]!,
      }));
      makeWayForPins(input, places, () => true);
      return columnOf(places);
    },
    isRough: () => stage.isRough(),
    tick: () => stage.tick(),
  };
}

function freshLayout(input: LayoutInput): StagedLayout {
  if (input.view === "flow") return startFlow(input);
  const xy = input.view === "ring" ? layoutRing(input) : layoutNeighbourhood(input);
  return { picture: () => xy.slice(), isRough: () => false, tick: () => true };
}

function still(places: readonly (Point | undefined)[]): StagedLayout {
  return { picture: () => columnOf(places), isRough: () => false, tick: () => true };
}

function columnOf(places: readonly (Point | undefined)[]): Float32Array {
  return Float32Array.from({ length: 2 * places.length }, (_, i) => {
    const { x, y } = must(places[i >> 1]);
    return i % 2 === 0 ? x : y;
  });
}
