import { must } from "#base/assert.ts";

import type { TopologyParts, TrafficEdge, TrafficNode } from "./topology.ts";

/**
 * Where each node and edge of a newer topology stood in an older one; -1 for what is new. A node is the same when its parent is the same
 * and its name is; the root is always the root. An edge is the same when both its ends are. No old position appears twice.
 */
export interface TopologyMatch {
  readonly nodes: Int32Array;
  readonly edges: Int32Array;
}

export function matchTopologies(before: TopologyParts, after: TopologyParts): TopologyMatch {
  const nodes = matchNodes(before.nodes, after.nodes);
  return { nodes, edges: matchEdges(before, after, nodes) };
}

/** Whether the match says that nothing came, went or moved. */
export function isIdentity(match: TopologyMatch, before: TopologyParts): boolean {
  return (
    match.nodes.length === before.nodes.length &&
    match.edges.length === before.edges.length &&
    match.nodes.every((old, i) => old === i) &&
    match.edges.every((old, i) => old === i)
  );
}

function matchNodes(before: readonly TrafficNode[], after: readonly TrafficNode[]): Int32Array {
  const match = new Int32Array(after.length).fill(-1);
  const taken = new Uint8Array(before.length);
  let byKey: Map<string, number> | undefined;
  let guess = 0;
  after.forEach(({ name, parent }, index) => {
    const oldParent = index === 0 ? -1 : match[parent]!;
    if (index > 0 && oldParent === -1) return;
    let old = guess;
    // Most nodes stand right after the one before them, as they did; the map is only built for those that do not.
    const candidate = before[guess];
    if (index > 0 && (candidate?.name !== name || candidate.parent !== oldParent)) {
      byKey ??= new Map(before.map((node, i) => [`${node.parent} ${node.name}`, i]));
      old = byKey.get(`${oldParent} ${name}`) ?? -1;
    }
    if (old === -1 || taken[old] !== 0) return;
    taken[old] = 1;
    match[index] = old;
    guess = old + 1;
  });
  return match;
}

function matchEdges(before: TopologyParts, after: TopologyParts, nodes: Int32Array): Int32Array {
  const match = new Int32Array(after.edges.length).fill(-1);
  const taken = new Uint8Array(before.edges.length);
  const key = (source: number, target: number) => source * before.nodes.length + target;
  let byKey: Map<number, number> | undefined;
  let guess = 0;
  after.edges.forEach((edge: TrafficEdge, index) => {
    const source = must(nodes[edge.source]);
    const target = must(nodes[edge.target]);
    if (source === -1 || target === -1) return;
    let old = guess;
    const candidate = before.edges[guess];
    if (candidate?.source !== source || candidate.target !== target) {
      byKey ??= new Map(before.edges.map((other, i) => [key(other.source, other.target), i]));
      old = byKey.get(key(source, target)) ?? -1;
    }
    if (old === -1 || taken[old] !== 0) return;
    taken[old] = 1;
    match[index] = old;
    guess = old + 1;
  });
  return match;
}
