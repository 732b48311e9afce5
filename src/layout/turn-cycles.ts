import { type CallGraph, degree, turnEdges } from "./call-graph.ts";

/**
 * The graph with as many edges turned round as it takes that no walk returns to its start: those that close a circle on a walk from the
 * entries, then from those whom nobody calls, then from whoever calls most. Edges into an entry are always turned: traffic starts there.
 */
export function turnCycles(graph: CallGraph, isEntry: (node: number) => boolean): CallGraph {
  const turned = new Uint8Array(graph.from.length);
  graph.to.forEach((node, e) => {
    if (isEntry(node)) turned[e] = 1;
  });
  const started = turned.includes(1) ? turnEdges(graph, turned) : graph;
  const closing = closingEdges(started, isEntry);
  return closing === undefined ? started : turnEdges(started, closing);
}

const unseen = 0;
const onWalk = 1;
const done = 2;

/** A depth-first walk with a stack of its own: a chain may be as long as the graph. */
function closingEdges(graph: CallGraph, isEntry: (node: number) => boolean): Uint8Array | undefined {
  const { callees, size } = graph;
  const state = new Uint8Array(size);
  const next = callees.start.slice(0, size);
  const closing = new Set<number>();
  for (const root of startingPoints(graph, isEntry)) {
    if (state[root] !== unseen) continue;
    const walk = [root];
    state[root] = onWalk;
    for (let node = walk.at(-1); node !== undefined; node = walk.at(-1)) {
      const place = next[node]!;
      if (place === callees.start[node + 1]) {
        state[node] = done;
        walk.pop();
        continue;
      }
      next[node] = place + 1;
      const callee = callees.node[place]!;
      if (state[callee] === onWalk) closing.add(node * size + callee);
      if (state[callee] !== unseen) continue;
      state[callee] = onWalk;
      walk.push(callee);
    }
  }
  if (closing.size === 0) return undefined;
  return Uint8Array.from(graph.from, (from, e) => (closing.has(from * size + graph.to[e]!) ? 1 : 0));
}

function startingPoints(graph: CallGraph, isEntry: (node: number) => boolean): number[] {
  const urgency = (node: number): number => {
    if (isEntry(node)) return Number.POSITIVE_INFINITY;
    const called = degree(graph.callers, node);
    return called === 0 ? graph.size : degree(graph.callees, node) - called;
  };
  const nodes = Array.from({ length: graph.size }, (_, node) => node);
  const urgencies = nodes.map(urgency);
  return nodes.toSorted((a, b) => compare(urgencies[b]!, urgencies[a]!) || a - b);
}

/** Infinity minus infinity is not a number, so no plain difference. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
