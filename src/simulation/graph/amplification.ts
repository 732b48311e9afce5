import { must } from "#base/assert.ts";

import type { Amplification } from "./drill-graph.ts";
import type { GainGraph } from "./solve-volumes.ts";

/** As good as 1: a cycle that nothing feeds has exactly 1, but for the last bits. */
export const endlessFrom = 1 - 1e-9;

const mostRounds = 2_000;
const closeEnough = 1e-12;

/**
 * The spectral radius of the gains, and the cycle that has it. Each group of nodes that reach one another is irreducible, so that power iteration on
 * gains + 1 (which cannot swing) comes to its greatest eigenvalue, with Collatz's and Wielandt's bounds on both sides.
 */
export function amplificationOf(
  graph: GainGraph,
  gains: Float64Array,
  names: readonly string[],
): Amplification {
  const { nodes, starts, isCycle } = graph.order;
  let radius = 0;
  let loudest: Int32Array | undefined;
  for (let group = 0; group + 1 < starts.length; group += 1) {
    if (isCycle[group] !== 1) continue;
    const members = nodes.subarray(starts[group], starts[group + 1]);
    const own = radiusOf(graph, gains, members);
    if (own > radius) {
      radius = own;
      loudest = members;
    }
  }
  const cycle = loudest === undefined ? [] : shortestCycle(graph, gains, loudest);
  return { radius, cycle: cycle.map((node) => must(names[node])) };
}

/** The upper of the two bounds: they meet, and where the rounds do not suffice for that, too much is said rather than too little. */
function radiusOf({ sources, order }: GainGraph, gains: Float64Array, members: Int32Array): number {
  const { incoming, incomingStarts } = order;
  const isMember = new Uint8Array(order.nodes.length);
  for (const node of members) isMember[node] = 1;
  let vector = new Float64Array(order.nodes.length).fill(1);
  let next = new Float64Array(order.nodes.length);
  let most = 1;
  for (let round = 0; round < mostRounds; round += 1) {
    let least = Infinity;
    let greatest = 0;
    most = 0;
    for (const node of members) {
      let sum = vector[node]!;
      for (let at = incomingStarts[node]!; at < incomingStarts[node + 1]!; at += 1) {
        const source = sources[incoming[at]!]!;
        if (isMember[source] === 1) sum += gains[incoming[at]!]! * vector[source]!;
      }
      next[node] = sum;
      least = Math.min(least, sum / vector[node]!);
      most = Math.max(most, sum / vector[node]!);
      greatest = Math.max(greatest, sum);
    }
    if (most - least < closeEnough) break;
    // The floor keeps nodes alive that an edge without calls leaves behind.
    for (const node of members) next[node] = Math.max(next[node]! / greatest, 1e-100);
    [vector, next] = [next, vector];
  }
  return Math.max(0, most - 1);
}

/** A shortest way round within the group, from its first member on, over edges that carry something. */
function shortestCycle(
  { sources, order }: GainGraph,
  gains: Float64Array,
  members: Int32Array,
): readonly number[] {
  const { incoming, incomingStarts } = order;
  const isMember = new Set(members);
  const start = must(members[0]);
  // Backwards from the start: who calls it, who calls these; `callee` leads forwards again.
  const callee = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (let at = incomingStarts[node]!; at < incomingStarts[node + 1]!; at += 1) {
      const caller = sources[incoming[at]!]!;
      if (!isMember.has(caller) || !(gains[incoming[at]!]! > 0) || callee.has(caller)) continue;
      callee.set(caller, node);
      if (caller === start) return wayRound(start, callee);
      queue.push(caller);
    }
  }
  return [...members];
}

function wayRound(start: number, callee: ReadonlyMap<number, number>): readonly number[] {
  const way = [start];
  for (let node = must(callee.get(start)); node !== start; node = must(callee.get(node))) way.push(node);
  return way;
}

/** Services that a sentence names before it leaves the rest out. */
const shownOfCycle = 6;

/** "a → b → a", for people; longer ones are cut. */
export function cycleText({ cycle }: Amplification): string {
  const way =
    cycle.length > shownOfCycle ? [...cycle.slice(0, shownOfCycle), "…"] : [...cycle, ...cycle.slice(0, 1)];
  return way.join(" → ");
}
