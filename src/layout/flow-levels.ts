import type { CallGraph } from "./call-graph.ts";
import { walkDepths } from "./walk-depths.ts";

const rounds = 4;
const sweepsPerRound = 15;
/** A call that misses its length by less than this is not trusted any more than one that fits. */
const leastMiss = 0.3;
/** On a lone circle all calls miss alike; how soon one gets to a node then says where the circle begins. */
const depthTrust = 0.1;

/**
 * How far down the flow each node is, by and large: levels at which a call leads one level down, as far as all calls together allow. Unlike
 * ranks they exist in graphs with circles too. A call against the flow hardly counts: each round trusts a call by how well the
 * levels of the round before fit it, which turns least squares into least distances.
 */
export function flowLevels(graph: CallGraph, isEntry: (node: number) => boolean): Float64Array {
  const depths = walkDepths(graph, isEntry);
  const levels = Float64Array.from(depths);
  let before: Float64Array | undefined;
  for (let round = 0; round < rounds; round += 1) {
    for (let sweep = 0; sweep < sweepsPerRound; sweep += 1) {
      for (let node = 0; node < levels.length; node += 1)
        levels[node] = levelOf(graph, levels, before, node, depths[node]!);
    }
    before = levels.slice();
  }
  return levels;
}

/** The trusted mean of what a node's calls want its level to be. */
function levelOf(
  { callers, callees }: CallGraph,
  levels: Float64Array,
  before: Float64Array | undefined,
  node: number,
  depth: number,
): number {
  let sum = depthTrust * depth;
  let total = depthTrust;
  for (const [side, step] of [
    [callers, 1],
    [callees, -1],
  ] as const) {
    for (let i = side.start[node]!; i < side.start[node + 1]!; i += 1) {
      const other = side.node[i]!;
      const miss = before === undefined ? 0 : before[node]! - before[other]! - step;
      const trust = 1 / Math.max(leastMiss, Math.abs(miss));
      sum += trust * (levels[other]! + step);
      total += trust;
    }
  }
  return sum / total;
}
