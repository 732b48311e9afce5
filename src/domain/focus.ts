import { must } from "#base/assert.ts";

import type { EdgeIndex, NodeIndex, NodeView, Topology } from "./topology.ts";

/** What a node is doing in a view: decides its size and its place. */
export type ViewRole = "entry" | "member" | "centre" | "caller" | "callee" | "instance";

export interface ViewNode {
  readonly node: NodeIndex;
  readonly role: ViewRole;
}

/** What is on screen when somebody has entered `focus`: a picture of the tree's one level. Order follows the topology. */
export interface ViewGraph {
  readonly focus: NodeIndex;
  readonly view: NodeView;
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly EdgeIndex[];
}

/** Whether entering the node shows anything that is not already on screen. */
export function canEnter(topology: Topology, node: NodeIndex): boolean {
  if (node === 0 || (topology.children[node]?.length ?? 0) > 0) return true;
  return hasEdges(topology, node) && viewOf(topology, must(topology.nodes[node]).parent) === "flow";
}

/** How the inside of a node is drawn: what the source asked for, as far as the node has what that needs. */
export function viewOf(topology: Topology, node: NodeIndex): NodeView {
  const asked = topology.nodes[node]?.view;
  const children = topology.children[node] ?? [];
  if (node !== 0 && children.length === 0) return "neighbourhood";
  if (asked === "ring" || asked === "flow") return asked;
  if (node !== 0 && (topology.inside[node]?.length ?? 0) === 0) return "neighbourhood";
  return children.some((child) => (topology.inside[child]?.length ?? 0) > 0) ? "ring" : "flow";
}

/** The nodes and edges that are on screen inside `focus`. */
export function viewGraph(topology: Topology, focus: NodeIndex): ViewGraph {
  const view = viewOf(topology, focus);
  if (view === "neighbourhood") return neighbourhood(topology, focus);
  const nodes = (topology.children[focus] ?? []).map((node): ViewNode => ({
    node,
    role: topology.nodes[node]?.isEntry === true ? "entry" : "member",
  }));
  return { focus, view, nodes, edges: topology.inside[focus] ?? [] };
}

function neighbourhood(topology: Topology, focus: NodeIndex): ViewGraph {
  const incoming = topology.incoming[focus] ?? [];
  const outgoing = topology.outgoing[focus] ?? [];
  const roles = new Map<NodeIndex, ViewRole>([[focus, "centre"]]);
  // Who both calls and is called stands with the callers: there the eye starts.
  for (const edge of incoming) setOnce(roles, must(topology.edges[edge]).source, "caller");
  for (const edge of outgoing) setOnce(roles, must(topology.edges[edge]).target, "callee");
  for (const child of topology.children[focus] ?? []) roles.set(child, "instance");
  const nodes = [...roles]
    .map(([node, role]): ViewNode => ({ node, role }))
    .toSorted((a, b) => a.node - b.node);
  const edges = [...new Set([...incoming, ...outgoing, ...(topology.inside[focus] ?? [])])].toSorted(
    (a, b) => a - b,
  );
  return { focus, view: "neighbourhood", nodes, edges };
}

function setOnce(roles: Map<NodeIndex, ViewRole>, node: NodeIndex, role: ViewRole): void {
  if (!roles.has(node)) roles.set(node, role);
}

function hasEdges(topology: Topology, node: NodeIndex): boolean {
  return (topology.incoming[node]?.length ?? 0) + (topology.outgoing[node]?.length ?? 0) > 0;
}
