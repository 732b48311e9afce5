import { type CallGraph, degree } from "./call-graph.ts";

/**
 * A rank for each node of a graph without circles: every edge leads to a higher rank, entries and nodes without edges have rank 0, whoever
 * is only called stands right behind its last caller (not in one far column with all the others), whoever only calls stands right
 * before its first callee. Ranks start at 0 and leave no gap.
 */
export function rankNodes(graph: CallGraph, isEntry: (node: number) => boolean): Int32Array {
  const order = callersFirst(graph);
  const ranks = new Int32Array(graph.size);
  for (const node of order) ranks[node] = lowestRank(graph, ranks, node);
  for (let round = 0; round < shorteningRounds; round += 1) {
    let hasMoved = false;
    for (const node of order.toReversed()) {
      if (isEntry(node) || degree(graph.callees, node) < degree(graph.callers, node)) continue;
      hasMoved = move(ranks, node, highestRank(graph, ranks, node)) || hasMoved;
    }
    for (const node of order) {
      if (degree(graph.callers, node) <= degree(graph.callees, node)) continue;
      hasMoved = move(ranks, node, lowestRank(graph, ranks, node)) || hasMoved;
    }
    if (!hasMoved) break;
  }
  return withoutGaps(ranks);
}

/** Shortening an edge may give room to shorten another; three rounds settle all but long chains of equals. */
const shorteningRounds = 4;

function move(ranks: Int32Array, node: number, rank: number): boolean {
  if (ranks[node] === rank) return false;
  ranks[node] = rank;
  return true;
}

function lowestRank(graph: CallGraph, ranks: Int32Array, node: number): number {
  const { start, node: callers } = graph.callers;
  let rank = 0;
  for (let i = start[node]!; i < start[node + 1]!; i += 1) rank = Math.max(rank, ranks[callers[i]!]! + 1);
  return rank;
}

function highestRank(graph: CallGraph, ranks: Int32Array, node: number): number {
  const { start, node: callees } = graph.callees;
  if (start[node] === start[node + 1]) return ranks[node]!;
  let rank = Number.POSITIVE_INFINITY;
  for (let i = start[node]!; i < start[node + 1]!; i += 1) rank = Math.min(rank, ranks[callees[i]!]! - 1);
  return rank;
}

/** The nodes in an order in which each comes after all that call it. */
function callersFirst(graph: CallGraph): readonly number[] {
  const missing = Uint32Array.from({ length: graph.size }, (_, node) => degree(graph.callers, node));
  const order: number[] = [];
  missing.forEach((count, node) => {
    if (count === 0) order.push(node);
  });
  const { start, node: callees } = graph.callees;
  for (let next = 0; next < order.length; next += 1) {
    const node = order[next]!;
    for (let i = start[node]!; i < start[node + 1]!; i += 1) {
      const callee = callees[i]!;
      missing[callee]! -= 1;
      if (missing[callee] === 0) order.push(callee);
    }
  }
  return order;
}

function withoutGaps(ranks: Int32Array): Int32Array {
  const used = [...new Set(ranks)].toSorted((a, b) => a - b);
  const dense = new Map(used.map((rank, i) => [rank, i]));
  return ranks.map((rank) => dense.get(rank) ?? 0);
}
