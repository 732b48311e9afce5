import { assert, must } from "#base/assert.ts";

import type { LayoutInput } from "./layout-input.ts";

/** For each node its neighbours on one side: those of node i are node[start[i]] up to node[start[i + 1]]. */
export interface Neighbours {
  readonly start: Uint32Array;
  readonly node: Uint32Array;
  readonly weight: Float32Array;
}

/** Who calls whom, without calls to oneself and without repetitions. Columns: edge e goes from[e] -> to[e]. */
export interface CallGraph {
  readonly size: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** How much it matters that the edge is short and straight: 1 for a silent edge, 0.4 more for each tenfold rate. */
  readonly weight: Float32Array;
  readonly callees: Neighbours;
  readonly callers: Neighbours;
}

const weightPerTenfold = 0.4;

/** @throws when an edge ends at a node that does not exist. */
export function createCallGraph(input: Pick<LayoutInput, "keys" | "ends" | "weights">): CallGraph {
  const size = input.keys.length;
  const rates = new Map<number, number>();
  for (let e = 0; e < input.ends.length / 2; e += 1) {
    const from = input.ends[2 * e]!;
    const to = input.ends[2 * e + 1]!;
    assert(from < size && to < size, `edge ${e} of a layout ends nowhere`);
    const rate = input.weights[e] ?? 0;
    if (from !== to) rates.set(from * size + to, (rates.get(from * size + to) ?? 0) + rate);
  }
  const from = new Uint32Array(rates.size);
  const to = new Uint32Array(rates.size);
  const weight = new Float32Array(rates.size);
  let e = 0;
  for (const [pair, rate] of rates) {
    from[e] = Math.floor(pair / size);
    to[e] = pair % size;
    weight[e] = 1 + weightPerTenfold * Math.log10(1 + Math.max(0, rate));
    e += 1;
  }
  return connect(size, from, to, weight);
}

/** The same graph with the marked edges turned round. */
export function turnEdges(graph: CallGraph, turned: Uint8Array): CallGraph {
  return connect(
    graph.size,
    graph.from.map((node, e) => (turned[e] === 1 ? graph.to[e]! : node)),
    graph.to.map((node, e) => (turned[e] === 1 ? graph.from[e]! : node)),
    graph.weight,
  );
}

/** The graph without the edges whose ends are both of these nodes. */
export function withoutEdgesAmong(graph: CallGraph, isOne: (node: number) => boolean): CallGraph {
  const kept = [...graph.from.keys()].filter((e) => !(isOne(graph.from[e]!) && isOne(graph.to[e]!)));
  if (kept.length === graph.from.length) return graph;
  return connect(
    graph.size,
    Uint32Array.from(kept, (e) => graph.from[e]!),
    Uint32Array.from(kept, (e) => graph.to[e]!),
    Float32Array.from(kept, (e) => graph.weight[e]!),
  );
}

/** The part of a graph that consists of these nodes and edges; node i of the part is node nodes[i] of the whole. */
export function createSubgraph(
  graph: CallGraph,
  nodes: readonly number[],
  edges: readonly number[],
): CallGraph {
  const place = new Map(nodes.map((node, i) => [node, i]));
  return connect(
    nodes.length,
    Uint32Array.from(edges, (e) => must(place.get(graph.from[e]!))),
    Uint32Array.from(edges, (e) => must(place.get(graph.to[e]!))),
    Float32Array.from(edges, (e) => graph.weight[e]!),
  );
}

function connect(size: number, from: Uint32Array, to: Uint32Array, weight: Float32Array): CallGraph {
  return {
    size,
    from,
    to,
    weight,
    callees: neighboursOf(size, from, to, weight),
    callers: neighboursOf(size, to, from, weight),
  };
}

function neighboursOf(size: number, own: Uint32Array, other: Uint32Array, weight: Float32Array): Neighbours {
  const start = new Uint32Array(size + 1);
  for (const node of own) start[node + 1]! += 1;
  for (let i = 0; i < size; i += 1) start[i + 1]! += start[i]!;
  const next = start.slice();
  const node = new Uint32Array(own.length);
  const weights = new Float32Array(own.length);
  own.forEach((mine, e) => {
    const place = next[mine]!;
    next[mine] = place + 1;
    node[place] = other[e]!;
    weights[place] = weight[e]!;
  });
  return { start, node, weight: weights };
}

export function degree(side: Neighbours, node: number): number {
  return side.start[node + 1]! - side.start[node]!;
}
