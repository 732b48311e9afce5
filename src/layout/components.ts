import { type CallGraph, createSubgraph, degree } from "./call-graph.ts";

/** Nodes that are joined by edges, whichever way these point, as a graph of their own. */
export interface Component {
  /** Node i of `graph` is node nodes[i] of the whole. */
  readonly nodes: readonly number[];
  readonly graph: CallGraph;
}

/** The connected parts of a graph, largest first, then by their first node; nodes without edges are left out. */
export function componentsOf(graph: CallGraph): readonly Component[] {
  const part = new Int32Array(graph.size).fill(-1);
  const parts: number[][] = [];
  for (let first = 0; first < graph.size; first += 1) {
    if (part[first] !== -1 || degree(graph.callers, first) + degree(graph.callees, first) === 0) continue;
    const found = [first];
    part[first] = parts.length;
    for (let next = 0; next < found.length; next += 1) {
      for (const { start, node } of [graph.callers, graph.callees]) {
        for (let i = start[found[next]!]!; i < start[found[next]! + 1]!; i += 1) {
          if (part[node[i]!] !== -1) continue;
          part[node[i]!] = parts.length;
          found.push(node[i]!);
        }
      }
    }
    parts.push(found.toSorted((a, b) => a - b));
  }
  const edges = parts.map((): number[] => []);
  graph.from.forEach((node, e) => edges[part[node]!]!.push(e));
  return parts
    .map((nodes, i): Component => ({ nodes, graph: createSubgraph(graph, nodes, edges[i] ?? []) }))
    .toSorted((a, b) => b.nodes.length - a.nodes.length || a.nodes[0]! - b.nodes[0]!);
}
