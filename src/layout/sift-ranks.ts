import { type CallGraph, degree, type Neighbours } from "./call-graph.ts";

/** Where nodes stand while their ranks are being ordered: ranks count from the left, heights are of any unit. */
export interface RankedPlaces {
  readonly graph: CallGraph;
  readonly ranks: Int32Array;
  readonly heights: Float64Array;
}

/** How many places up or down a node looks; further than this the sweeps have seen to it. */
const reach = 12;
/** Two hubs of a huge graph are not weighed against each other: counting their pairs would take seconds. */
const mostPairs = 20_000;

/**
 * Moves each node of a rank to the place, among those around it, where its edges cross fewest edges of the nodes that it passes. `rank` is
 * reordered; the heights stay as they are. (Counting the long edges that run through the rank as well was tried: three times the
 * work for one crossing in eighty.)
 */
export function siftRank(places: RankedPlaces, rank: number[]): void {
  const slots = rank.map((node) => places.heights[node]!);
  for (const node of rank.slice()) {
    const place = rank.indexOf(node);
    let best = place;
    let most = 0;
    for (const step of [-1, 1]) {
      let gain = 0;
      const end = Math.max(-1, Math.min(rank.length, place + step * (reach + 1)));
      for (let at = place + step; at !== end; at += step) {
        const other = rank[at]!;
        const between = (slots[at]! + slots[at - step]!) / 2;
        gain += step * (crossings(places, between, node, other) - crossings(places, between, other, node));
        if (gain > most) {
          most = gain;
          best = at;
        }
      }
    }
    if (best === place) continue;
    rank.splice(place, 1);
    rank.splice(best, 0, node);
  }
}

/** How many pairs of their edges cross when one stands right above the other, both at about the same height. */
function crossings(places: RankedPlaces, between: number, above: number, below: number): number {
  return (
    crossingsOnSide(places, places.graph.callers, between, above, below) +
    crossingsOnSide(places, places.graph.callees, between, above, below)
  );
}

function crossingsOnSide(
  { ranks, heights }: RankedPlaces,
  side: Neighbours,
  between: number,
  above: number,
  below: number,
): number {
  if (degree(side, above) * degree(side, below) > mostPairs) return 0;
  let count = 0;
  for (let i = side.start[above]!; i < side.start[above + 1]!; i += 1) {
    const a = side.node[i]!;
    const slope = (heights[a]! - between) / Math.abs(ranks[a]! - ranks[above]!);
    for (let j = side.start[below]!; j < side.start[below + 1]!; j += 1) {
      const b = side.node[j]!;
      // Edges to ranks at different distances cross when their slopes say so: both start, as good as, at one point.
      if (a !== b && slope > (heights[b]! - between) / Math.abs(ranks[b]! - ranks[below]!)) count += 1;
    }
  }
  return count;
}
