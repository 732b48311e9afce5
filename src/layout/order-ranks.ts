import { must } from "#base/assert.ts";

import { type CallGraph, degree, type Neighbours } from "./call-graph.ts";

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
      const isLast = sweep >= sweeps - 2;
      const sides = isLast ? [graph.callers, graph.callees] : [isRightwards ? graph.callers : graph.callees];
      sortByMean(heights, ranks, rank, sides);
      setHeights(heights, rank, fullest);
    }
  }
  for (let round = 0; round < siftingRounds; round += 1) {
    for (const rank of round % 2 === 0 ? order : order.toReversed()) {
      sift(graph, ranks, heights, rank);
      setHeights(heights, rank, fullest);
    }
  }
  return order;
}

/** Measured on 1,000 nodes: 2.09 % of edge pairs cross after 6 sweeps, 2.00 % after 24, 1.96 % after 48; a sweep takes 0.5 ms. */
const sweeps = 24;
const siftingRounds = 3;
/** How many places up or down sifting looks; further than this the sweeps have seen to it. */
const siftingReach = 12;

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

function sift(graph: CallGraph, ranks: Int32Array, heights: Float64Array, rank: number[]): void {
  for (const node of rank.slice()) {
    const place = rank.indexOf(node);
    let best = place;
    for (const step of [-1, 1]) {
      let gain = 0;
      let most = 0;
      const end = Math.max(-1, Math.min(rank.length, place + step * (siftingReach + 1)));
      for (let at = place + step; at !== end; at += step) {
        const other = rank[at]!;
        const [above, below] = step < 0 ? [other, node] : [node, other];
        gain +=
          crossings(graph, ranks, heights, above, below) - crossings(graph, ranks, heights, below, above);
        if (gain > most) {
          most = gain;
          best = at;
        }
      }
    }
    if (best !== place) {
      rank.splice(place, 1);
      rank.splice(best, 0, node);
    }
  }
}

/** How many pairs of their edges cross when one stands right above the other. */
function crossings(
  graph: CallGraph,
  ranks: Int32Array,
  heights: Float64Array,
  above: number,
  below: number,
): number {
  const between = (heights[above]! + heights[below]!) / 2;
  return (
    crossingsOnSide(graph.callers, ranks, heights, between, above, below) +
    crossingsOnSide(graph.callees, ranks, heights, between, above, below)
  );
}

/** Two hubs of a huge graph are not weighed against each other: counting their pairs would take seconds. */
const mostPairs = 20_000;

function crossingsOnSide(
  side: Neighbours,
  ranks: Int32Array,
  heights: Float64Array,
  between: number,
  above: number,
  below: number,
): number {
  if (degree(side, above) * degree(side, below) > mostPairs) return 0;
  let count = 0;
  for (let i = side.start[above]!; i < side.start[above + 1]!; i += 1) {
    const a = side.node[i]!;
    const farA = Math.abs(ranks[a]! - ranks[above]!);
    const slopeA = (heights[a]! - between) / farA;
    for (let j = side.start[below]!; j < side.start[below + 1]!; j += 1) {
      const b = side.node[j]!;
      // Edges to ranks at different distances cross when their slopes say so: both start, as good as, at one point.
      if (a !== b && slopeA > (heights[b]! - between) / Math.abs(ranks[b]! - ranks[below]!)) count += 1;
    }
  }
  return count;
}
