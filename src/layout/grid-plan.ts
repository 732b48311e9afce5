import type { CallGraph } from "./call-graph.ts";
import { levelHeight } from "./level-curve.ts";

/** A lattice of places. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Distance of two columns and of two rows, world units. */
  readonly pitch: number;
  readonly row: number;
}

/** Where the nodes stand on a grid, and where their edges run. */
export interface GridPlan {
  readonly graph: CallGraph;
  readonly grid: Grid;
  readonly radii: Float32Array;
  readonly column: Int32Array;
  readonly y: Float64Array;
  /** Columns of the two ends of each edge. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Height of edge e where it passes column c, at e * columns + c; only from its left to its right end. */
  readonly height: Float64Array;
  /** Share of its height that an edge over n columns has come down at the k-th of them, at n * (columns + 1) + k. */
  readonly fall: Float64Array;
  /** Edges of node i: edge[start[i]] up to edge[start[i + 1]]. */
  readonly start: Uint32Array;
  readonly edge: Uint32Array;
  /** Scratch: which edges the last cost was asked for. */
  readonly mark: Uint32Array;
}

export function createGridPlan(graph: CallGraph, grid: Grid, radii: Float32Array): GridPlan {
  const { size, from, to } = graph;
  const start = new Uint32Array(size + 1);
  for (const node of from) start[node + 1]! += 1;
  for (const node of to) start[node + 1]! += 1;
  for (let i = 0; i < size; i += 1) start[i + 1]! += start[i]!;
  const next = start.slice();
  const edge = new Uint32Array(2 * from.length);
  for (let e = 0; e < from.length; e += 1) {
    for (const node of [from[e]!, to[e]!]) {
      edge[next[node]!] = e;
      next[node]! += 1;
    }
  }
  return {
    graph,
    grid,
    radii,
    column: new Int32Array(size),
    y: new Float64Array(size),
    left: new Int32Array(from.length),
    right: new Int32Array(from.length),
    height: new Float64Array(from.length * grid.columns),
    fall: fallTable(grid.columns),
    start,
    edge,
    mark: new Uint32Array(from.length + 1),
  };
}

function fallTable(columns: number): Float64Array {
  const table = new Float64Array((columns + 1) ** 2);
  for (let span = 1; span <= columns; span += 1) {
    for (let step = 1; step <= span; step += 1) table[span * (columns + 1) + step] = levelHeight(step / span);
  }
  return table;
}

export function moveNode(plan: GridPlan, node: number, column: number, y: number): void {
  plan.column[node] = column;
  plan.y[node] = y;
}

/** Brings a node's edges up to date. */
export function drawEdges(plan: GridPlan, node: number): void {
  const { columns } = plan.grid;
  for (let i = plan.start[node]!; i < plan.start[node + 1]!; i += 1) {
    const e = plan.edge[i]!;
    const a = plan.graph.from[e]!;
    const b = plan.graph.to[e]!;
    const left = plan.column[a]!;
    const right = plan.column[b]!;
    plan.left[e] = left;
    plan.right[e] = right;
    const top = plan.y[a]!;
    const drop = plan.y[b]! - top;
    const fall = (right - left) * (columns + 1) - left;
    for (let c = left; c < right; c += 1) plan.height[e * columns + c] = top + drop * plan.fall[fall + c]!;
    plan.height[e * columns + right] = plan.y[b]!;
  }
}
