import { assert, must } from "#base/assert.ts";
import type { JsonObject } from "#base/json.ts";

import type { TrafficClass } from "./traffic-class.ts";

/** Position of a node in Topology.nodes; -1 stands for "no node". */
export type NodeIndex = number;

/** Position of an edge in Topology.edges. */
export type EdgeIndex = number;

/**
 * How the inside of a node is drawn when somebody enters it: `ring` sets the children around the entry node (regions around the
 * internet), `flow` ranks them from left to right (services of a region), `neighbourhood` puts the node itself in the middle, its
 * callers left, its callees right and its children (instances) below.
 */
export type NodeView = "ring" | "flow" | "neighbourhood";

/** A place where traffic starts, passes or ends: the whole system, a region, a service, an instance. */
export interface TrafficNode {
  /** Unique among the children of its parent, and only there: identity is parent + name. */
  readonly name: string;
  /** Always smaller than the node's own index; -1 for the root, which is nodes[0]. */
  readonly parent: NodeIndex;
  readonly displayName?: string;
  /** Traffic enters the graph here: users, the internet. */
  readonly isEntry?: boolean;
  /** What the source asked for; `viewOf` says what is drawn. */
  readonly view?: NodeView;
  /** Icon: "service", "storage", "users" ...; an open set. */
  readonly type?: string;
  /** Name of a traffic class: the health that the source declares. */
  readonly class?: string;
  /** What the source says about the node, for the panel. */
  readonly metadata?: JsonObject;
  /** Keys that Spillway does not know, kept so that writing the file again loses nothing. */
  readonly extra?: JsonObject;
}

/** Where an edge's numbers come from. */
export interface Provenance {
  readonly source: string;
  /** Length of the window that the rates are averaged over. */
  readonly windowMs?: number;
  /** Share of the traffic that was observed, 0 to 1. */
  readonly sampling?: number;
}

/** Traffic from one node to another; both are children of the same parent. */
export interface TrafficEdge {
  readonly source: NodeIndex;
  readonly target: NodeIndex;
  readonly class?: string;
  readonly metadata?: JsonObject;
  readonly provenance?: Provenance;
  readonly extra?: JsonObject;
}

/**
 * What exists. Replaced, never edited. A new `revision` means that nodes or edges came or went; a topology with the same revision
 * has the same nodes and edges in the same order, though what they say of themselves (class, metadata) may have changed.
 */
export interface Topology {
  readonly revision: number;
  readonly classes: readonly TrafficClass[];
  readonly nodes: readonly TrafficNode[];
  readonly edges: readonly TrafficEdge[];
  /** Derived: the children of each node. */
  readonly children: readonly (readonly NodeIndex[])[];
  /** Derived: the edges between the children of each node. */
  readonly inside: readonly (readonly EdgeIndex[])[];
  /** Derived: the edges that end at each node. */
  readonly incoming: readonly (readonly EdgeIndex[])[];
  /** Derived: the edges that start at each node. */
  readonly outgoing: readonly (readonly EdgeIndex[])[];
}

export interface TopologyParts {
  readonly revision: number;
  readonly classes: readonly TrafficClass[];
  readonly nodes: readonly TrafficNode[];
  readonly edges: readonly TrafficEdge[];
}

/**
 * A topology with its derived lists.
 * @throws when a parent does not come before its child, or an edge joins nodes of different parents: readers must not let that pass.
 */
export function createTopology(parts: TopologyParts): Topology {
  const { nodes, edges } = parts;
  const lists = () => nodes.map((): number[] => []);
  const children = lists();
  const inside = lists();
  const incoming = lists();
  const outgoing = lists();
  nodes.forEach((node, index) => {
    assert(
      index === 0 ? node.parent === -1 : node.parent >= 0 && node.parent < index,
      `parent of node ${index}`,
    );
    children[node.parent]?.push(index);
  });
  edges.forEach((edge, index) => {
    const parent = must(nodes[edge.source], `edge ${index} has a source`).parent;
    assert(
      must(nodes[edge.target], `edge ${index} has a target`).parent === parent,
      `edge ${index} joins siblings`,
    );
    inside[parent]?.push(index);
    outgoing[edge.source]?.push(index);
    incoming[edge.target]?.push(index);
  });
  return { ...parts, children, inside, incoming, outgoing };
}

/** Whether both have the same nodes and edges in the same order, whatever these say of themselves. */
export function sameStructure(a: TopologyParts, b: TopologyParts): boolean {
  return (
    a.nodes.length === b.nodes.length &&
    a.edges.length === b.edges.length &&
    a.classes.length === b.classes.length &&
    a.classes.every((item, i) => item.name === b.classes[i]?.name) &&
    a.nodes.every((node, i) => node.name === b.nodes[i]?.name && node.parent === b.nodes[i]?.parent) &&
    a.edges.every((edge, i) => edge.source === b.edges[i]?.source && edge.target === b.edges[i]?.target)
  );
}
