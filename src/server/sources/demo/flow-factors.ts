import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { EdgeIndex, NodeIndex, Topology } from "#domain/topology.ts";
import { rowTotal } from "#domain/volume.ts";

import { smoothNoise } from "./smooth-noise.ts";

/** By how much each node and edge carries more or less than the file says. */
export interface FlowFactors {
  readonly nodes: Float64Array;
  readonly edges: Float64Array;
}

/** How far traffic of one edge strays from its caller's, and a node without callers from the node around it. */
const edgeStray = 0.04;
const nodeStray = 0.03;
/** Users do not come evenly to all regions. */
const regionStray = 0.12;

const dayMs = 86_400_000;
/** Users come and go over the day by this much around the mean. */
const daySwing = 0.3;

/**
 * Makes the factors of any moment from the graph: what the users send varies over the day and wanders, and what a service sends follows what
 * it receives.
 */
export function flowFactors(base: TrafficSnapshot, seed: number): (elapsedMs: Millis) => FlowFactors {
  const { topology } = base;
  const classes = topology.classes.length;
  const steps = topology.nodes.flatMap((_, parent) => orderChildren(topology, parent));
  const weights = topology.edges.map((_, edge) => rowTotal(base.rates, edge, classes));
  const edgeNoise = topology.edges.map((_, edge) => smoothNoise(`edge ${edge}`, seed));
  const nodeNoise = topology.nodes.map((_, node) => smoothNoise(`node ${node}`, seed));
  return (elapsedMs) => {
    const nodes = new Float64Array(topology.nodes.length).fill(1);
    const edges = new Float64Array(topology.edges.length).fill(1);
    nodes[0] = 1 + daySwing * Math.sin((2 * Math.PI * elapsedMs) / dayMs);
    for (const { node, callers } of steps) {
      const { parent, isEntry = false } = must(topology.nodes[node]);
      const stray = isEntry ? 0 : nodeStray * must(nodeNoise[node])(elapsedMs);
      nodes[node] = callers.length === 0 ? must(nodes[parent]) * (1 + stray) : mean(callers, weights, edges);
      const edgesStray = parent === 0 ? regionStray : edgeStray;
      for (const edge of must(topology.outgoing[node])) {
        edges[edge] = must(nodes[node]) * (1 + edgesStray * must(edgeNoise[edge])(elapsedMs));
      }
    }
    return { nodes, edges };
  };
}

/** A node and the edges that lead to it from nodes that come before it. */
interface Step {
  readonly node: NodeIndex;
  readonly callers: readonly EdgeIndex[];
}

/** The children of a node, callers first as far as calls do not run in circles. */
function orderChildren(topology: Topology, parent: NodeIndex): readonly Step[] {
  const children = must(topology.children[parent]);
  const seen = new Set(
    children.filter(
      (node) => topology.nodes[node]?.isEntry === true || topology.incoming[node]?.length === 0,
    ),
  );
  // A set grows while it is walked: this is a breadth-first search.
  for (const node of seen) {
    for (const edge of must(topology.outgoing[node])) seen.add(must(topology.edges[edge]).target);
  }
  for (const node of children) seen.add(node);
  const rank = new Map([...seen].map((node, i) => [node, i]));
  return [...seen].map((node) => ({
    node,
    callers: must(topology.incoming[node]).filter(
      (edge) => must(rank.get(must(topology.edges[edge]).source)) < must(rank.get(node)),
    ),
  }));
}

function mean(callers: readonly EdgeIndex[], weights: readonly number[], factors: Float64Array): number {
  let weighted = 0;
  let total = 0;
  for (const edge of callers) {
    weighted += must(weights[edge]) * must(factors[edge]);
    total += must(weights[edge]);
  }
  return total > 0 ? weighted / total : 1;
}
