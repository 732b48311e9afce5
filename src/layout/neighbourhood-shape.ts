import { must } from "#base/assert.ts";

import { comfortableArea } from "./fit-screen.ts";
import { levelHeight } from "./level-curve.ts";
import { labelStrip, labelWidth } from "./node-cell.ts";
import { mostLean } from "./side-columns.ts";

/** What has to be placed around a centre. */
export interface Neighbours {
  readonly callers: number;
  readonly callees: number;
  readonly instances: number;
  /** Radius of the centre. */
  readonly radius: number;
  readonly widestInstance: number;
  /** Distance of two columns at the sides, and height of a row there and of a row of instances, world units. */
  readonly pitch: number;
  readonly row: number;
  readonly instanceRow: number;
}

export interface NeighbourhoodShape {
  readonly callerColumns: number;
  readonly calleeColumns: number;
  readonly instanceColumns: number;
  /** From the middle to the edge of the first column of either side. */
  readonly inner: number;
  /** Height for the columns at the sides. */
  readonly height: number;
}

/** Least length of a lane between the centre and its neighbours, world units, and how much longer it may become to fill the screen. */
const laneLength = 200;
const longestLane = 1.7;
/** Air between the centre, with its label, and its instances. */
const instanceGap = 44;
/** Instances stand in a block, not in a band across the screen. */
const mostInstanceColumns = 12;
/** Row numbers that are tried: all of them up to this many neighbours on a side. */
const mostTried = 300;
/** Air between the block of instances and an edge that passes it. */
const clearance = 10;

export function instancePitch(widest: number): number {
  return Math.max(labelWidth, 2 * widest) + 12;
}

/** Upper edge of the block of instances. */
export function instancesTop(radius: number): number {
  return radius + labelStrip + instanceGap;
}

/** Numbers of columns at which the picture, fitted to the screen, is largest. */
export function chooseShape(around: Neighbours, aspect: number): NeighbourhoodShape {
  const longest = Math.max(1, around.callers, around.callees);
  let best: NeighbourhoodShape | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (
    let columns = 1;
    columns <= Math.max(1, Math.min(mostInstanceColumns, around.instances));
    columns += 1
  ) {
    for (let rows = 1; rows <= longest; rows += Math.ceil(longest / mostTried)) {
      const { shape, size } = shapeWith(around, columns, rows, aspect);
      if (size >= least) continue;
      least = size;
      best = shape;
    }
  }
  return must(best);
}

function shapeWith(
  around: Neighbours,
  instanceColumns: number,
  rows: number,
  aspect: number,
): { readonly shape: NeighbourhoodShape; readonly size: number } {
  const { callers, callees, instances, radius, pitch, row, instanceRow } = around;
  const callerColumns = Math.ceil(callers / rows);
  const calleeColumns = Math.ceil(callees / rows);
  const lower = instancesTop(radius) + Math.ceil(instances / instanceColumns) * instanceRow;
  const half = Math.max(radius, (rows * row) / 2);
  const least = innerWidth(around, instanceColumns, half);
  const width = sideWidth(callerColumns, least, pitch) + sideWidth(calleeColumns, least, pitch);
  const size = Math.max(width / aspect, half + Math.max(half, lower));
  // What the screen has left over goes to the rows first, then to the lanes.
  const room = Math.max(size, Math.sqrt(comfortableArea / aspect));
  const height = Math.max(2 * half, Math.min(room, 2 * (room - lower)));
  const inner = innerWidth(around, instanceColumns, height / 2);
  const sides = Math.max(1, Math.sign(callerColumns) + Math.sign(calleeColumns));
  const spare = Math.max(0, (room * aspect - width) / sides);
  return {
    shape: {
      callerColumns,
      calleeColumns,
      instanceColumns,
      inner: Math.max(inner, Math.min(least + spare, longestLane * (radius + laneLength))),
      height,
    },
    size,
  };
}

function sideWidth(columns: number, inner: number, pitch: number): number {
  return columns === 0 ? inner / 2 : inner + columns * pitch;
}

/** Room for the lanes, for the block of instances, and for the steepest edge to pass above that block's corner. */
function innerWidth(around: Neighbours, instanceColumns: number, half: number): number {
  const { instances, radius, widestInstance } = around;
  const lane = radius + laneLength;
  if (instances === 0) return lane;
  const used = Math.min(instanceColumns, instances);
  const block = ((used - 1) / 2) * instancePitch(widestInstance) + Math.max(widestInstance, labelWidth / 2);
  const beside = block + labelWidth / 2 + mostLean + clearance;
  const passing = instancesTop(radius) - clearance;
  const steep =
    half <= passing ? 0 : radius + Math.max(0, block - radius) / shareAt(passing / half) + mostLean;
  return Math.max(lane, beside, steep);
}

/** The share of its way at which a level edge has come down by this share of its height. */
function shareAt(height: number): number {
  let low = 0;
  let high = 1;
  for (let round = 0; round < 20; round += 1) {
    const middle = (low + high) / 2;
    if (levelHeight(middle) < height) low = middle;
    else high = middle;
  }
  return high;
}
