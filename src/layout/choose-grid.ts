import { type CallGraph, degree } from "./call-graph.ts";
import type { Grid } from "./grid-plan.ts";
import { columnPitch, rowHeight } from "./node-cell.ts";

export interface ChosenGrid {
  readonly grid: Grid;
  /** A column for each node: every edge leads to the right, no column has more nodes than the grid has rows. */
  readonly column: Int32Array;
}

/** Places to each node; the spare ones let edges pass and nodes change places. Fewer crossings with 1.25 than with 1.1 or 1.5. */
const roominess = 1.25;

/** The grid on which the graph, fitted to a screen of this shape, is largest. */
export function chooseGrid(
  graph: CallGraph,
  ranks: Int32Array,
  radii: Float32Array,
  aspect: number,
  isEntry: (node: number) => boolean,
): ChosenGrid {
  const pitch = columnPitch(radii);
  const row = rowHeight(radii);
  const entries = ranks.reduce((count, _rank, node) => count + (isEntry(node) ? 1 : 0), 0);
  const ideal = Math.sqrt((graph.size * pitch) / (row * aspect));
  let best: ChosenGrid | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (
    let limit = Math.max(1, entries, Math.floor(ideal / 2));
    limit <= 2 * ideal + entries + 2;
    limit += 1
  ) {
    const column = fillColumns(graph, ranks, limit, isEntry);
    const columns = column.reduce((most, c) => Math.max(most, c + 1), 0);
    const rows = Math.max(limit, Math.ceil((graph.size * roominess) / columns));
    const size = Math.max((columns * pitch) / aspect, rows * row);
    if (size > least) continue;
    least = size;
    best = {
      column,
      grid: { columns, rows, pitch: Math.max(pitch, (size * aspect) / columns), row: size / rows },
    };
  }
  return best ?? { column: ranks, grid: { columns: graph.size, rows: graph.size, pitch, row } };
}

/**
 * Fills columns from left to right with nodes all of whose callers stand further left, those first from whom the longest chain of calls
 * starts (Coffman and Graham's scheduling, https://en.wikipedia.org/wiki/Coffman-Graham_algorithm, with a simpler order).
 */
function fillColumns(
  graph: CallGraph,
  ranks: Int32Array,
  limit: number,
  isEntry: (node: number) => boolean,
): Int32Array {
  const chain = chainLengths(graph, ranks, isEntry);
  const missing = Uint32Array.from({ length: graph.size }, (_, node) => degree(graph.callers, node));
  const column = new Int32Array(graph.size);
  let ready = [...missing.keys()].filter((node) => missing[node] === 0);
  for (let current = 0; ready.length > 0; current += 1) {
    ready.sort((a, b) => chain[b]! - chain[a]! || ranks[a]! - ranks[b]! || a - b);
    const next = ready.slice(limit);
    for (const node of ready.slice(0, limit)) {
      column[node] = current;
      for (let i = graph.callees.start[node]!; i < graph.callees.start[node + 1]!; i += 1) {
        const callee = graph.callees.node[i]!;
        missing[callee]! -= 1;
        if (missing[callee] === 0) next.push(callee);
      }
    }
    ready = next;
  }
  return column;
}

function chainLengths(graph: CallGraph, ranks: Int32Array, isEntry: (node: number) => boolean): Float64Array {
  const chain = new Float64Array(graph.size);
  const lastFirst = [...ranks.keys()].toSorted((a, b) => ranks[b]! - ranks[a]!);
  for (const node of lastFirst) {
    for (let i = graph.callers.start[node]!; i < graph.callers.start[node + 1]!; i += 1) {
      const caller = graph.callers.node[i]!;
      chain[caller] = Math.max(chain[caller]!, chain[node]! + 1);
    }
  }
  // Traffic starts at the entries: they always stand in the first column.
  return chain.map((length, node) => (isEntry(node) ? Number.MAX_VALUE : length));
}
