import { mulberry32, type Random } from "#base/random.ts";

import type { Neighbours } from "./call-graph.ts";
import { costOf } from "./grid-cost.ts";
import { drawEdges, type Grid, type GridPlan, moveNode } from "./grid-plan.ts";

/**
 * Moves the nodes of a plan about their grid by simulated annealing (https://en.wikipedia.org/wiki/Simulated_annealing), so that few
 * edges cross, few run over foreign discs, and all are short. Edges keep leading to the right; entries keep to the first column.
 *
 * Why not forces: on the region that this was tuned with (73 nodes, 155 edges, a hub with 28 callees) they leave 6.4 % of the edge pairs
 * crossing and 109 edges over foreign discs; this leaves 2.7 % and 50. Its cost grows with nodes times edges, so it is for small graphs.
 */
export interface Annealing {
  run(moves: number): void;
}

/** A crossing costs 1: at first a move that costs 40 more is often accepted, at last only one that costs nothing. */
const firstTemperature = 40;
const lastTemperature = 0.5;

/** How far a move goes: as many columns either way, as many rows about the own place or about the neighbours' mean. */
const columnReach = 2;
const rowReach = 3;

export function annealGrid(
  plan: GridPlan,
  startRows: Int32Array,
  isEntry: (node: number) => boolean,
  moves: number,
  seed: number,
): Annealing {
  const { grid, column } = plan;
  const random = mulberry32(seed);
  const row = startRows.slice();
  const occupant = new Int32Array(grid.columns * grid.rows).fill(nobody);
  row.forEach((r, node) => {
    occupant[column[node]! * grid.rows + r] = node;
    moveNode(plan, node, column[node]!, heightOfRow(grid, column[node]!, r));
  });
  row.forEach((_r, node) => drawEdges(plan, node));
  let done = 0;

  function put(node: number, c: number, r: number): void {
    row[node] = r;
    moveNode(plan, node, c, heightOfRow(grid, c, r));
  }

  function tryMove(temperature: number): void {
    const node = Math.floor(random() * row.length);
    const oldColumn = column[node]!;
    const oldRow = row[node]!;
    const newColumn = random() < 0.5 ? oldColumn : drawColumn(plan, node, isEntry(node), random);
    const newRow = drawRow(plan, row, node, random);
    if (newRow < 0 || newRow >= grid.rows || (newColumn === oldColumn && newRow === oldRow)) return;
    const other = occupant[newColumn * grid.rows + newRow]!;
    if (other !== nobody && newColumn !== oldColumn) {
      if (oldColumn < firstColumn(plan, other) || oldColumn > lastColumn(plan, other, isEntry(other))) return;
      if (isJoined(plan, node, other)) return;
    }
    const second = other === nobody ? node : other;
    const before = costOf(plan, node, second, Number.POSITIVE_INFINITY);
    // Metropolis' rule, turned round so that the new cost need not be counted to its end: accept when it is below a drawn limit.
    const limit = before - temperature * Math.log(Math.max(random(), Number.MIN_VALUE));
    put(node, newColumn, newRow);
    if (other !== nobody) put(other, oldColumn, oldRow);
    drawEdges(plan, node);
    drawEdges(plan, second);
    if (costOf(plan, node, second, limit) <= limit) {
      occupant[newColumn * grid.rows + newRow] = node;
      occupant[oldColumn * grid.rows + oldRow] = other;
      return;
    }
    put(node, oldColumn, oldRow);
    if (other !== nobody) put(other, newColumn, newRow);
    drawEdges(plan, node);
    drawEdges(plan, second);
  }

  return {
    run(count) {
      for (const end = Math.min(moves, done + count); done < end; done += 1) {
        tryMove(firstTemperature * (lastTemperature / firstTemperature) ** (done / moves));
      }
    },
  };
}

const nobody = -1;

/** Odd columns stand half a row lower. */
function heightOfRow(grid: Grid, column: number, row: number): number {
  return (row - (grid.rows - 1) / 2 + (column % 2 === 0 ? -0.25 : 0.25)) * grid.row;
}

function firstColumn(plan: GridPlan, node: number): number {
  return furthest(plan.graph.callers, node, 0, (first, caller) => Math.max(first, plan.column[caller]! + 1));
}

function lastColumn(plan: GridPlan, node: number, isEntry: boolean): number {
  if (isEntry) return 0;
  const last = plan.grid.columns - 1;
  return furthest(plan.graph.callees, node, last, (c, callee) => Math.min(c, plan.column[callee]! - 1));
}

function furthest(
  side: Neighbours,
  node: number,
  start: number,
  step: (column: number, neighbour: number) => number,
): number {
  let column = start;
  for (let i = side.start[node]!; i < side.start[node + 1]!; i += 1) column = step(column, side.node[i]!);
  return column;
}

function drawColumn(plan: GridPlan, node: number, isEntry: boolean, random: Random): number {
  const first = Math.max(firstColumn(plan, node), plan.column[node]! - columnReach);
  const last = Math.min(lastColumn(plan, node, isEntry), plan.column[node]! + columnReach);
  return first + Math.floor(random() * (last - first + 1));
}

/** A row near the neighbours, near the own place, or anywhere: about as often each. May lie outside of the grid. */
function drawRow(plan: GridPlan, row: Int32Array, node: number, random: Random): number {
  const kind = random();
  if (kind > 0.7) return Math.floor(random() * plan.grid.rows);
  const around = kind > 0.3 ? row[node]! : meanRow(plan, row, node);
  return Math.round(around + (random() + random() - 1) * rowReach);
}

function meanRow(plan: GridPlan, row: Int32Array, node: number): number {
  const { from, to } = plan.graph;
  let sum = 0;
  for (let i = plan.start[node]!; i < plan.start[node + 1]!; i += 1) {
    const e = plan.edge[i]!;
    sum += row[from[e] === node ? to[e]! : from[e]!]!;
  }
  return sum / (plan.start[node + 1]! - plan.start[node]!);
}

function isJoined(plan: GridPlan, node: number, other: number): boolean {
  const { from, to } = plan.graph;
  for (let i = plan.start[node]!; i < plan.start[node + 1]!; i += 1) {
    const e = plan.edge[i]!;
    if (from[e] === other || to[e] === other) return true;
  }
  return false;
}
