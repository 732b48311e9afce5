import { annealGrid } from "./anneal-grid.ts";
import { type BlockDrawing, ticksPerDrawing } from "./block.ts";
import type { CallGraph } from "./call-graph.ts";
import { chooseGrid } from "./choose-grid.ts";
import { createGridPlan } from "./grid-plan.ts";
import { orderRanks } from "./order-ranks.ts";
import { nodesByColumn, spaceColumns } from "./space-columns.ts";
import { straighten } from "./straighten.ts";

/** What a drawing of one connected part is made from; indices of `radii` and `isEntry` are the part's own. */
export interface PartInput {
  readonly nodes: readonly number[];
  /** Without circles. */
  readonly graph: CallGraph;
  readonly ranks: Int32Array;
  readonly radii: Float32Array;
  readonly isEntry: (node: number) => boolean;
  readonly aspect: number;
  readonly seed: number;
}

/** Where annealing is affordable: 20,000 moves take about 0.2 s at 70 nodes and 150 edges, 0.4 s at these bounds. */
export const gridLimits = { nodes: 200, edges: 500 } as const;
const mostMoves = 20_000;
/** A graph of ten nodes has settled long before 20,000 moves. */
const movesPerNode = 400;

/** Draws a small part on a grid: columns by scheduling, rows by sweeps, then annealing; at last rows give way so that edges run straight. */
export function drawOnGrid(part: PartInput, share: number): BlockDrawing {
  const { graph, radii, isEntry } = part;
  const { grid, column } = chooseGrid(graph, part.ranks, radii, part.aspect, isEntry);
  const plan = createGridPlan(graph, grid, radii);
  plan.column.set(column);
  const order = orderRanks(graph, column);
  const row = new Int32Array(graph.size);
  for (const nodes of order) {
    nodes.forEach((node, i) => {
      row[node] = Math.floor(((i + 0.5) / nodes.length) * grid.rows);
    });
  }
  const moves = Math.ceil(Math.min(mostMoves, movesPerNode * graph.size) * share);
  const annealing = annealGrid(plan, row, isEntry, moves, part.seed);
  let ticks = 0;
  return {
    block: () => ({
      nodes: part.nodes,
      from: graph.from,
      to: graph.to,
      column: plan.column,
      y: spaceColumns(nodesByColumn(plan.column, grid.columns), radii, plan.y),
      row: grid.row,
    }),
    isRough: () => ticks < ticksPerDrawing,
    tick() {
      ticks += 1;
      annealing.run(Math.ceil(moves / ticksPerDrawing));
      if (ticks < ticksPerDrawing) return false;
      straighten(plan);
      return true;
    },
  };
}
