import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";

import { centred } from "./centre.ts";
import { pointsOnEllipse } from "./ellipse.ts";
import { comfortableArea } from "./fit-screen.ts";
import type { LayoutInput } from "./layout-input.ts";
import { arrangeRing } from "./ring-order.ts";

/** Air between two discs of the ring, world units: room for a lane that passes. */
const ringGap = 48;
/** Least length of the lane between the middle and the ring: shorter, and one sees no traffic. */
const leastLane = 110;
/** Length of the only lane there is. */
const onlyLane = 360;
/** Air between two entries in the middle. */
const entryGap = 40;
/** Narrower screens stand upright: two members stand above and below then. */
const uprightAspect = 0.8;

/**
 * Entries in the middle, everybody else on an ellipse around them that fills the screen's shape: of three regions one below and two
 * above, of two one on either side. Nothing overlaps.
 */
export function layoutRing(input: LayoutInput): Float32Array {
  const nodes = input.keys.map((_key, node) => node);
  const entries = nodes.filter((node) => input.roles[node] === "entry");
  const members = arrangeRing(
    input,
    nodes.filter((node) => input.roles[node] !== "entry"),
  );
  const xy = new Float32Array(2 * nodes.length);
  const core = placeCore(input, entries, xy);
  const points = members.length === 0 ? [] : placeMembers(input, members, core);
  points.forEach(({ x, y }, i) => {
    xy[2 * must(members[i])] = x;
    xy[2 * must(members[i]) + 1] = y;
  });
  // A ring's names stand inside its discs.
  return centred(xy, input.radii, false);
}

/** Puts the entries on a small circle; returns the radius of all of it, undefined when there is no entry. */
function placeCore(input: LayoutInput, entries: readonly number[], xy: Float32Array): number | undefined {
  if (entries.length === 0) return undefined;
  const widest = widestOf(input, entries);
  if (entries.length === 1) return widest;
  const radius = (widest + entryGap / 2) / Math.sin(Math.PI / entries.length);
  const shares = entries.map(() => 1);
  const sorted = entries.toSorted((a, b) => (must(input.keys[a]) < must(input.keys[b]) ? -1 : 1));
  pointsOnEllipse(2 * radius, 2 * radius, shares).forEach(({ x, y }, i) => {
    xy[2 * must(sorted[i])] = x;
    xy[2 * must(sorted[i]) + 1] = y;
  });
  return radius + widest;
}

function widestOf(input: LayoutInput, nodes: readonly number[]): number {
  return nodes.reduce((most, node) => Math.max(most, input.radii[node]!), 0);
}

function placeMembers(
  input: LayoutInput,
  members: readonly number[],
  core: number | undefined,
): readonly Point[] {
  const isUpright = input.aspect < uprightAspect;
  if (members.length === 1) {
    const lane = core === undefined ? 0 : core + onlyLane + widestOf(input, members);
    return [isUpright ? { x: 0, y: lane } : { x: lane, y: 0 }];
  }
  const isTurned = isUpright && members.length === 2;
  const shape = isTurned ? 1 / input.aspect : input.aspect;
  for (let size = Math.sqrt(comfortableArea); ; size *= growth) {
    const points = fillShape(input, members, size * Math.sqrt(shape), size / Math.sqrt(shape));
    if (points === undefined || !isClear(input, members, points, core)) continue;
    return isTurned ? points.map(({ x, y }) => ({ x: y, y: -x })) : points;
  }
}

const growth = 1.04;

/** Points on the ellipse at which the discs just fill a rectangle; undefined when that has no room even for one. */
function fillShape(
  input: LayoutInput,
  members: readonly number[],
  width: number,
  height: number,
): readonly Point[] | undefined {
  const widest = widestOf(input, members);
  if (Math.min(width, height) <= 2 * widest) return undefined;
  const shares = members.map((node) => 2 * input.radii[node]! + ringGap);
  let ellipse = { width: width - 2 * widest, height: height - 2 * widest };
  let points = pointsOnEllipse(ellipse.width, ellipse.height, shares);
  // The points' own rectangle is smaller than the ellipse's, and moves a little when that changes: a few rounds settle it.
  for (let round = 0; round < fillRounds; round += 1) {
    const spanX = span(points.map(({ x }) => x));
    const spanY = span(points.map(({ y }) => y));
    ellipse = {
      width: spanX < 1 ? ellipse.width : (ellipse.width * (width - 2 * widest)) / spanX,
      height: spanY < 1 ? ellipse.height : (ellipse.height * (height - 2 * widest)) / spanY,
    };
    points = pointsOnEllipse(ellipse.width, ellipse.height, shares);
  }
  return points;
}

const fillRounds = 6;

function span(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function isClear(
  input: LayoutInput,
  members: readonly number[],
  points: readonly Point[],
  core: number | undefined,
): boolean {
  return points.every((a, i) => {
    const radius = input.radii[must(members[i])]!;
    if (core !== undefined && Math.hypot(a.x, a.y) < core + leastLane + radius) return false;
    return points.every(
      (b, j) =>
        j <= i || Math.hypot(a.x - b.x, a.y - b.y) >= radius + input.radii[must(members[j])]! + ringGap,
    );
  });
}
