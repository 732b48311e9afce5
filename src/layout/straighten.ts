import { costOf } from "./grid-cost.ts";
import { drawEdges, type GridPlan, moveNode } from "./grid-plan.ts";
import { distanceBelow } from "./node-cell.ts";
import { nodesByColumn, spaceColumns } from "./space-columns.ts";

const rounds = 8;
/** Share of a row that stays between nodes: in a sparse picture they are not to huddle. */
const closest = 0.8;

/**
 * Lets nodes leave their rows, within their columns: first so far that no discs and labels touch, then to the mean of their neighbours
 * wherever this costs nothing.
 */
export function straighten(plan: GridPlan): void {
  const heights = spaceColumns(
    nodesByColumn(plan.column, plan.grid.columns),
    plan.radii,
    plan.y,
    closest * plan.grid.row,
  );
  heights.forEach((y, node) => moveNode(plan, node, plan.column[node]!, y));
  heights.forEach((_y, node) => drawEdges(plan, node));
  const columns = nodesByColumn(plan.column, plan.grid.columns);
  for (const nodes of columns) nodes.sort((a, b) => plan.y[a]! - plan.y[b]!);
  for (let round = 0; round < rounds; round += 1) {
    for (const nodes of round % 2 === 0 ? columns : columns.toReversed()) {
      nodes.forEach((node, i) => straightenNode(plan, nodes[i - 1], node, nodes[i + 1]));
    }
  }
}

function distanceTo(plan: GridPlan, above: number | undefined, node: number): number {
  if (above === undefined) return 0;
  return Math.max(distanceBelow(plan.radii[above]!, plan.radii[node]!), closest * plan.grid.row);
}

function straightenNode(
  plan: GridPlan,
  above: number | undefined,
  node: number,
  below: number | undefined,
): void {
  const highest = above === undefined ? -Infinity : plan.y[above]! + distanceTo(plan, above, node);
  const lowest = below === undefined ? Infinity : plan.y[below]! - distanceTo(plan, node, below);
  const old = plan.y[node]!;
  const wished = Math.max(highest, Math.min(lowest, meanHeight(plan, node)));
  const before = costOf(plan, node, node, Number.POSITIVE_INFINITY);
  moveNode(plan, node, plan.column[node]!, wished);
  drawEdges(plan, node);
  if (costOf(plan, node, node, before) <= before) return;
  moveNode(plan, node, plan.column[node]!, old);
  drawEdges(plan, node);
}

/** Weighted mean height of all neighbours. */
function meanHeight(plan: GridPlan, node: number): number {
  const { from, to, weight } = plan.graph;
  let sum = 0;
  let total = 0;
  for (let i = plan.start[node]!; i < plan.start[node + 1]!; i += 1) {
    const e = plan.edge[i]!;
    sum += weight[e]! * plan.y[from[e] === node ? to[e]! : from[e]!]!;
    total += weight[e]!;
  }
  return sum / total;
}
