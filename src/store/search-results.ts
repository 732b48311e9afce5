import type { ViewGraph } from "#domain/focus.ts";
import { hasProblem, matchesNode, parseQuery, type Query } from "#domain/query.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import type { BuiltStructure } from "#scene/build-structure.ts";

import type { SearchState } from "./app-state.ts";

/** The query, or an empty one while what was typed is not one yet. */
function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  return parsed.ok ? parsed.value : [];
}

/** What the filter leaves of a view: the nodes that it finds, the entries, and the edges between them. */
export function visibleGraph(
  graph: ViewGraph,
  filter: string,
  snapshot: TrafficSnapshot,
  volumes: NodeVolumes,
): ViewGraph {
  const query = queryOf(filter);
  if (query.length === 0) return graph;
  const kept = new Set<number>();
  for (const { node, role } of graph.nodes) {
    if (role === "entry" || role === "centre" || matchesNode(query, snapshot, volumes, node)) kept.add(node);
  }
  return {
    ...graph,
    nodes: graph.nodes.filter(({ node }) => kept.has(node)),
    edges: graph.edges.filter((edge) => {
      const { source = -1, target = -1 } = snapshot.topology.edges[edge] ?? {};
      return kept.has(source) && kept.has(target);
    }),
  };
}

/** Positions in the scene of what "find" or "only problems" found; undefined when neither is on. */
export function matchesOf(
  search: SearchState,
  structure: BuiltStructure,
  snapshot: TrafficSnapshot,
  volumes: NodeVolumes,
): ReadonlySet<number> | undefined {
  const query = queryOf(search.find);
  if (query.length === 0 && !search.onlyProblems) return undefined;
  const found = new Set<number>();
  structure.nodeIndex.forEach((node, position) => {
    const isFound = query.length === 0 || matchesNode(query, snapshot, volumes, node);
    if (isFound && (!search.onlyProblems || hasProblem(snapshot, volumes, node))) found.add(position);
  });
  return found;
}
