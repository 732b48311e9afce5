import { must } from "#base/assert.ts";

import type { CallGraph, Neighbours } from "./call-graph.ts";
import { siftRank } from "./sift-ranks.ts";

/** The nodes of each rank from top to bottom. */
export type RankOrder = readonly (readonly number[])[];

/** Height of each node in a picture one unit high, centred on 0. */
export function heightsOf(order: RankOrder, size: number): Float64Array {
  const heights = new Float64Array(size);
  const fullest = Math.max(1, ...order.map((rank) => rank.length));
  for (const rank of order) setHeights(heights, rank, fullest);
  return heights;
}

/**
 * A rank of few nodes is not spread over the whole height, or its edges would be long; this many times the distance between the nodes of
 * the fullest rank is wide enough to leave no hole.
 */
const widestSpread = 2.5;

function setHeights(heights: Float64Array, rank: readonly number[], fullest: number): void {
  const distance = Math.min(1 / rank.length, widestSpread / fullest);
  rank.forEach((node, i) => {
    heights[node] = (i - (rank.length - 1) / 2) * distance;
  });
}

/**
 * Orders each rank so that few edges cross: sweeps that put every node at the weighted mean of its neighbours, then sifting, which moves
 * one node at a time to the best place among those around it.
 */
export function orderRanks(graph: CallGraph, ranks: Int32Array): RankOrder {
  const order: number[][] = Array.from(
    { length: 1 + ranks.reduce((most, rank) => Math.max(most, rank), 0) },
    () => [],
  );
  ranks.forEach((rank, node) => order[rank]?.push(node));
  const fullest = Math.max(1, ...order.map((rank) => rank.length));
  const heights = heightsOf(order, graph.size);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isRightwards = sweep % 2 === 0;
    for (const rank of isRightwards ? order : order.toReversed()) {
      const sides =
        sweep >= oneSidedSweeps
          ? [graph.callers, graph.callees]
          : [isRightwards ? graph.callers : graph.callees];
      sortByMean(heights, ranks, rank, sides);
      setHeights(heights, rank, fullest);
    }
  }
  for (let round = 0; round < siftingRounds; round += 1) {
    for (const rank of round % 2 === 0 ? order : order.toReversed()) {
      siftRank({ graph, ranks, heights }, rank);
      setHeights(heights, rank, fullest);
    }
  }
  return order;
}

/**
 * Measured on three generated graphs of 1,000 nodes: after 24 sweeps that look one way at a time 2.39 % of the edge pairs cross, after 16 of
 * these and 32 that look both ways 2.31 %. 80 in all gain another 0.03; a sweep takes half a millisecond.
 */
const oneSidedSweeps = 16;
const sweeps = 48;
const siftingRounds = 3;

function sortByMean(
  heights: Float64Array,
  ranks: Int32Array,
  rank: number[],
  sides: readonly Neighbours[],
): void {
  const means = new Map(rank.map((node) => [node, meanHeight(heights, ranks, node, sides)]));
  rank.sort((a, b) => must(means.get(a)) - must(means.get(b)) || a - b);
}

/** Near neighbours count for more: an edge over many ranks has room to bend its way. */
function meanHeight(
  heights: Float64Array,
  ranks: Int32Array,
  node: number,
  sides: readonly Neighbours[],
): number {
  let sum = 0;
  let total = 0;
  for (const { start, node: other, weight } of sides) {
    for (let i = start[node]!; i < start[node + 1]!; i += 1) {
      const share = weight[i]! / Math.abs(ranks[other[i]!]! - ranks[node]!);
      sum += share * heights[other[i]!]!;
      total += share;
    }
  }
  return total === 0 ? heights[node]! : sum / total;
}
