import type { GridPlan } from "./grid-plan.ts";
import { labelStrip, labelWidth } from "./node-cell.ts";

/** What a reader loses; one crossing of two edges is the unit. */
export const price = {
  crossing: 1,
  /** An edge that runs over a foreign disc seems to end there. */
  overDisc: 4,
  overLabel: 0.7,
  /** Per row that an edge climbs or falls, and per column beyond the first. */
  row: 0.25,
  column: 0.75,
} as const;

/** Air between an edge and a disc that it passes, world units. */
const clearance = 3;

/**
 * What the places of one or two nodes cost the reader: the difference before and after a move is what the move gains. Gives up, with
 * infinity, as soon as the cost exceeds `limit`. Pass the same node twice to ask for one.
 */
export function costOf(plan: GridPlan, u: number, v: number, limit: number): number {
  const { mark, start, edge } = plan;
  const stamp = mark[mark.length - 1]! + 1;
  mark[mark.length - 1] = stamp;
  let cost = 0;
  for (let side = 0; side < (u === v ? 1 : 2); side += 1) {
    const node = side === 0 ? u : v;
    for (let i = start[node]!; i < start[node + 1]!; i += 1) {
      const e = edge[i]!;
      if (mark[e] === stamp) continue;
      mark[e] = stamp;
      cost += lengthCost(plan, e) + crossingCost(plan, e, stamp) + passingCost(plan, e);
      if (cost > limit) return Number.POSITIVE_INFINITY;
    }
  }
  return cost + passedCost(plan, u, stamp) + (u === v ? 0 : passedCost(plan, v, stamp));
}

function lengthCost(plan: GridPlan, e: number): number {
  const a = plan.graph.from[e]!;
  const b = plan.graph.to[e]!;
  const columns = plan.column[b]! - plan.column[a]! - 1;
  const rows = Math.abs(plan.y[b]! - plan.y[a]!) / plan.grid.row;
  return plan.graph.weight[e]! * (price.column * columns + price.row * rows);
}

/** Crossings of edge e with all edges but those already counted under this stamp. Edges that meet in a node do not cross there. */
function crossingCost(plan: GridPlan, e: number, stamp: number): number {
  const { left, right, height, mark } = plan;
  const { columns } = plan.grid;
  const leftE = left[e]!;
  const rightE = right[e]!;
  const rowE = e * columns;
  let count = 0;
  for (let f = 0, rowF = 0; f < left.length; f += 1, rowF += columns) {
    const leftF = left[f]!;
    const rightF = right[f]!;
    if (leftF >= rightE || rightF <= leftE || mark[f] === stamp) continue;
    const first = leftF > leftE ? leftF : leftE;
    const last = rightF < rightE ? rightF : rightE;
    const before = height[rowE + first]! - height[rowF + first]!;
    if (before * (height[rowE + last]! - height[rowF + last]!) < 0) count += 1;
  }
  return count * price.crossing;
}

/** Discs and labels that edge e runs over. */
function passingCost(plan: GridPlan, e: number): number {
  const left = plan.left[e]!;
  const right = plan.right[e]!;
  if (right - left < 2) return 0;
  let cost = 0;
  for (let node = 0; node < plan.column.length; node += 1) {
    const column = plan.column[node]!;
    if (column > left && column < right) cost += overlapCost(plan, e, node);
  }
  return cost;
}

/** Unmarked edges that run over this node's disc or label. */
function passedCost(plan: GridPlan, node: number, stamp: number): number {
  const { left, right, mark } = plan;
  const column = plan.column[node]!;
  let cost = 0;
  for (let e = 0; e < left.length; e += 1) {
    if (left[e]! < column && right[e]! > column && mark[e] !== stamp) cost += overlapCost(plan, e, node);
  }
  return cost;
}

function overlapCost(plan: GridPlan, e: number, node: number): number {
  const at = e * plan.grid.columns + plan.column[node]!;
  const below = plan.height[at]! - plan.y[node]!;
  const radius = plan.radii[node]!;
  const slope = Math.abs(plan.height[at + 1]! - plan.height[at - 1]!) / (2 * plan.grid.pitch);
  // A steep edge comes as near to a disc's side as a level one to its top, when it passes further above.
  if (Math.abs(below) < (radius + clearance) * (1 + slope / 2)) return price.overDisc;
  const drift = slope * labelReach;
  return below > radius - drift && below < radius + labelStrip + drift ? price.overLabel : 0;
}

/** Half the width of a usual label. */
const labelReach = 0.4 * labelWidth;
