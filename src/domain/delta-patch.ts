import { must } from "#base/assert.ts";
import { err, ok, type Result } from "#base/result.ts";

import { isIdentity, matchTopologies, type TopologyMatch } from "./delta-match.ts";
import { sameClasses, sameEdge, sameNode } from "./delta-same.ts";
import { createTopology, type Topology, type TrafficEdge, type TrafficNode } from "./topology.ts";
import type { TrafficClass } from "./traffic-class.ts";

/** How one topology becomes the next: the new order, told as runs of old positions with what is new or changed between them. */
export interface TopologyPatch {
  readonly revision: number;
  /** The whole list, when it changed. */
  readonly classes?: readonly TrafficClass[];
  readonly nodes: readonly PatchRun<TrafficNode>[];
  readonly edges: readonly PatchRun<TrafficEdge>[];
}

/**
 * `kept`: `count` items that stood at `from` and the positions after it; their parents or ends follow to the new positions by
 * themselves. `said`: one item in full, parent or ends as new positions; `was` is its old position when it is not new but says something
 * else of itself.
 */
export type PatchRun<T> =
  | { readonly kind: "kept"; readonly from: number; readonly count: number }
  | { readonly kind: "said"; readonly item: T; readonly was?: number };

/** The delta does not belong to the snapshot that it was to be applied to. */
export interface DeltaMismatch {
  readonly kind: "delta-mismatch";
  readonly what: string;
}

/** The patch, or undefined when both say the same, the revision included. */
export function diffTopologies(before: Topology, after: Topology): TopologyPatch | undefined {
  if (before === after) return undefined;
  const match = matchTopologies(before, after);
  const nodes = runs(after.nodes, match.nodes, (node, old) => sameNode(node, must(before.nodes[old])));
  const edges = runs(after.edges, match.edges, (edge, old) => sameEdge(edge, must(before.edges[old])));
  const classes = sameClasses(before.classes, after.classes);
  const { revision } = after;
  if (classes && revision === before.revision && isWhole(nodes, before.nodes) && isWhole(edges, before.edges))
    return undefined;
  return { revision, ...(classes ? {} : { classes: after.classes }), nodes, edges };
}

/** The topology after the patch, and where everything in it came from. */
export function applyPatch(
  before: Topology,
  patch: TopologyPatch,
): Result<{ readonly topology: Topology; readonly match: TopologyMatch }, DeltaMismatch> {
  const { revision, classes = before.classes } = patch;
  const placedNodes = place(before.nodes, patch.nodes, "node");
  if (!placedNodes.ok) return placedNodes;
  const placedEdges = place(before.edges, patch.edges, "edge");
  if (!placedEdges.ok) return placedEdges;
  const nodes = movedNodes(placedNodes.value);
  if (!nodes.ok) return nodes;
  const edges = movedEdges(placedEdges.value, nodes.value, placedNodes.value);
  if (!edges.ok) return edges;
  const match = { nodes: placedNodes.value.from, edges: placedEdges.value.from };
  const parts = { revision, classes, nodes: nodes.value, edges: edges.value };
  // The derived lists speak of positions only: they outlive a change of what nodes and edges say of themselves.
  const topology = isIdentity(match, before) ? { ...before, ...parts } : createTopology(parts);
  return ok({ topology, match });
}

function runs<T>(
  items: readonly T[],
  match: Int32Array,
  isKept: (item: T, old: number) => boolean,
): PatchRun<T>[] {
  const out: PatchRun<T>[] = [];
  let from = 0;
  let count = 0;
  const close = () => {
    if (count > 0) out.push({ kind: "kept", from, count });
    count = 0;
  };
  items.forEach((item, index) => {
    const old = match[index]!;
    if (old !== -1 && isKept(item, old)) {
      if (count === 0 || old !== from + count) {
        close();
        from = old;
      }
      count += 1;
      return;
    }
    close();
    out.push({ kind: "said", item, ...(old === -1 ? {} : { was: old }) });
  });
  close();
  return out;
}

function isWhole<T>(list: readonly PatchRun<T>[], before: readonly T[]): boolean {
  const [only] = list;
  if (only === undefined) return before.length === 0;
  return list.length === 1 && only.kind === "kept" && only.from === 0 && only.count === before.length;
}

/** Items in their new order, ends and parents not yet moved. */
interface Placed<T> {
  readonly items: readonly T[];
  /** Old position of each item, -1 when it is new. */
  readonly from: Int32Array;
  /** 1 where the item comes from a kept run, so that what it points to has to be moved. */
  readonly kept: Uint8Array;
  /** New position of each old item, -1 when it left. */
  readonly to: Int32Array;
}

function place<T>(
  before: readonly T[],
  list: readonly PatchRun<T>[],
  what: string,
): Result<Placed<T>, DeltaMismatch> {
  const items: T[] = [];
  const from: number[] = [];
  const kept: number[] = [];
  const to = new Int32Array(before.length).fill(-1);
  const add = (item: T, old: number, isKept: boolean): boolean => {
    if (old !== -1 && to[old] !== -1) return false;
    if (old !== -1) to[old] = items.length;
    items.push(item);
    from.push(old);
    kept.push(isKept ? 1 : 0);
    return true;
  };
  for (const run of list) {
    const first = run.kind === "kept" ? run.from : (run.was ?? -1);
    const end = run.kind === "kept" ? run.from + run.count : first + 1;
    if (end > before.length) return mismatch(`${what} ${end - 1} of ${before.length} is to be kept`);
    let fresh = true;
    if (run.kind === "said") fresh = add(run.item, first, false);
    else for (let old = first; old < end && fresh; old += 1) fresh = add(must(before[old]), old, true);
    if (!fresh) return mismatch(`a ${what} is kept twice`);
  }
  return ok({ items, from: Int32Array.from(from), kept: Uint8Array.from(kept), to });
}

function movedNodes({ items, kept, to }: Placed<TrafficNode>): Result<readonly TrafficNode[], DeltaMismatch> {
  const nodes: TrafficNode[] = [];
  for (const [index, node] of items.entries()) {
    const isMoved = kept[index] === 1 && node.parent >= 0;
    const parent = isMoved ? to[node.parent]! : node.parent;
    const fits = index === 0 ? parent === -1 && !isMoved : parent >= 0 && parent < index;
    if (!fits) return mismatch(`node ${index} has no parent before it`);
    nodes.push(parent === node.parent ? node : { ...node, parent });
  }
  return nodes.length === 0 ? mismatch("no node is left") : ok(nodes);
}

function movedEdges(
  { items, kept }: Placed<TrafficEdge>,
  nodes: readonly TrafficNode[],
  { to }: Placed<TrafficNode>,
): Result<readonly TrafficEdge[], DeltaMismatch> {
  const edges: TrafficEdge[] = [];
  for (const [index, edge] of items.entries()) {
    const isKept = kept[index] === 1;
    const source = isKept ? to[edge.source]! : edge.source;
    const target = isKept ? to[edge.target]! : edge.target;
    const parent = nodes[source]?.parent;
    if (parent === undefined || nodes[target]?.parent !== parent) {
      return mismatch(`edge ${index} does not join two siblings`);
    }
    edges.push(source === edge.source && target === edge.target ? edge : { ...edge, source, target });
  }
  return ok(edges);
}

function mismatch(what: string): Result<never, DeltaMismatch> {
  return err({ kind: "delta-mismatch", what });
}
