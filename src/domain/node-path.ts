import { must } from "#base/assert.ts";

import type { NodeIndex, Topology } from "./topology.ts";

/** Names from below the root down to a node; the root's own path is empty. */
export type NodePath = readonly string[];

/** A node or an edge by name, so that it can be kept across topologies, in a URL or in storage. */
export type ItemRef =
  | { readonly kind: "node"; readonly path: NodePath }
  | {
      readonly kind: "edge";
      readonly parent: NodePath;
      readonly source: string;
      readonly target: string;
    };

/** How far a path leads: the deepest node that exists, and the names that led nowhere. */
export interface ResolvedPath {
  readonly node: NodeIndex;
  readonly missing: NodePath;
}

export function pathOf(topology: Topology, node: NodeIndex): NodePath {
  const names: string[] = [];
  for (let at = node; at > 0; at = must(topology.nodes[at]).parent) names.push(must(topology.nodes[at]).name);
  return names.toReversed();
}

export function resolvePath(topology: Topology, path: NodePath): ResolvedPath {
  let node: NodeIndex = 0;
  for (const [depth, name] of path.entries()) {
    const child = childNamed(topology, node, name);
    if (child === -1) return { node, missing: path.slice(depth) };
    node = child;
  }
  return { node, missing: [] };
}

/** The child with that name, or -1. */
export function childNamed(topology: Topology, parent: NodeIndex, name: string): NodeIndex {
  return topology.children[parent]?.find((child) => topology.nodes[child]?.name === name) ?? -1;
}

/** A text that two paths share only when they are equal, whatever the names contain. For maps, never for people. */
export function pathKey(path: NodePath): string {
  return JSON.stringify(path);
}

export function refKey(ref: ItemRef): string {
  return JSON.stringify(ref.kind === "node" ? ref.path : [ref.parent, ref.source, ref.target]);
}

export function nodeRef(topology: Topology, node: NodeIndex): ItemRef {
  return { kind: "node", path: pathOf(topology, node) };
}

export function edgeRef(topology: Topology, edge: number): ItemRef {
  const { source, target } = must(topology.edges[edge]);
  return {
    kind: "edge",
    parent: pathOf(topology, must(topology.nodes[source]).parent),
    source: must(topology.nodes[source]).name,
    target: must(topology.nodes[target]).name,
  };
}

/** Where the item is in this topology, or undefined when it is not. */
export function findItem(
  topology: Topology,
  ref: ItemRef,
): { kind: "node"; node: NodeIndex } | { kind: "edge"; edge: number } | undefined {
  if (ref.kind === "node") {
    const { node, missing } = resolvePath(topology, ref.path);
    return missing.length === 0 ? { kind: "node", node } : undefined;
  }
  const { node: parent, missing } = resolvePath(topology, ref.parent);
  if (missing.length > 0) return undefined;
  const source = childNamed(topology, parent, ref.source);
  const target = childNamed(topology, parent, ref.target);
  const edge = topology.outgoing[source]?.find((candidate) => topology.edges[candidate]?.target === target);
  return edge === undefined ? undefined : { kind: "edge", edge };
}
