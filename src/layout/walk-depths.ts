import { type CallGraph, degree } from "./call-graph.ts";

/**
 * Calls that it takes to reach each node: from the entries; those that are out of their reach from nodes that nobody calls; the rest
 * from whoever of them calls most.
 */
export function walkDepths(graph: CallGraph, isEntry: (node: number) => boolean): Int32Array {
  const depths = new Int32Array(graph.size).fill(unreached);
  const nodes = [...depths.keys()];
  spread(graph, depths, nodes.filter(isEntry));
  spread(
    graph,
    depths,
    nodes.filter((node) => depths[node] === unreached && degree(graph.callers, node) === 0),
  );
  const surplus = (node: number) => degree(graph.callees, node) - degree(graph.callers, node);
  for (const node of nodes.toSorted((a, b) => surplus(b) - surplus(a) || a - b)) {
    if (depths[node] === unreached) spread(graph, depths, [node]);
  }
  return depths;
}

const unreached = -1;

function spread({ callees }: CallGraph, depths: Int32Array, starts: readonly number[]): void {
  const found = [...starts];
  for (const node of starts) depths[node] = 0;
  for (let next = 0; next < found.length; next += 1) {
    const node = found[next]!;
    for (let i = callees.start[node]!; i < callees.start[node + 1]!; i += 1) {
      const callee = callees.node[i]!;
      if (depths[callee] !== unreached) continue;
      depths[callee] = depths[node]! + 1;
      found.push(callee);
    }
  }
}
