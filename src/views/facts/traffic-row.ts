import { must } from "#base/assert.ts";
import { errorShare, severityRates, type SeverityRates } from "#domain/health.ts";
import { edgeRef, nodeRef, refKey, type ItemRef } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { EdgeIndex, NodeIndex, Topology } from "#domain/topology.ts";
import type { NodeVolumes } from "#domain/volume.ts";

/** One line of a table of nodes or edges: what it can be sorted by, and what it stands for. */
export interface TrafficRow {
  /** The same for the same thing from frame to frame. */
  readonly key: string;
  readonly ref: ItemRef;
  readonly name: string;
  /** Requests per second. */
  readonly rate: number;
  /** Shares of the rate, 0 to 1. */
  readonly errors: number;
  readonly warnings: number;
  /** p95 in milliseconds; NaN where nothing was measured. */
  readonly latencyMs: number;
  /** Greatest severity of a notice plus 1; 0: none. */
  readonly badge: number;
}

export function labelOf({ nodes }: Topology, node: NodeIndex): string {
  const { displayName, name } = must(nodes[node]);
  return displayName ?? name;
}

export function warningShare({ warning, total }: SeverityRates): number {
  return total > 0 ? warning / total : 0;
}

/** An edge, under a name that the table gives it. */
export function edgeRow(
  snapshot: TrafficSnapshot,
  badges: Badges,
  edge: EdgeIndex,
  name: string,
): TrafficRow {
  const { topology, rates, latencyMs } = snapshot;
  const ref = edgeRef(topology, edge);
  const severity = severityRates(rates, edge, topology.classes);
  return {
    key: refKey(ref),
    ref,
    name,
    rate: severity.total,
    errors: errorShare(severity),
    warnings: warningShare(severity),
    latencyMs: latencyMs.p95[edge] ?? NaN,
    badge: badges.edges.get(edge) ?? 0,
  };
}

export function nodeRow(
  snapshot: TrafficSnapshot,
  badges: Badges,
  volumes: NodeVolumes,
  node: NodeIndex,
): TrafficRow {
  const { topology } = snapshot;
  const ref = nodeRef(topology, node);
  const severity = severityRates(volumes.through, node, topology.classes);
  return {
    key: refKey(ref),
    ref,
    name: labelOf(topology, node),
    rate: severity.total,
    errors: errorShare(severity),
    warnings: warningShare(severity),
    latencyMs: slowestCall(snapshot, node),
    badge: badges.nodes.get(node) ?? 0,
  };
}

/** The greatest p95 among the calls to a node, milliseconds; NaN where none was measured. */
export function slowestCall({ topology, latencyMs }: TrafficSnapshot, node: NodeIndex): number {
  let most = NaN;
  for (const edge of topology.incoming[node] ?? []) {
    const p95 = latencyMs.p95[edge] ?? NaN;
    if (p95 > 0 && !(most > p95)) most = p95;
  }
  return most;
}

/** Greatest severity plus 1 of the notices on each node and each edge; what has none is not in it. */
export interface Badges {
  readonly nodes: ReadonlyMap<NodeIndex, number>;
  readonly edges: ReadonlyMap<EdgeIndex, number>;
}

export function badgesOf({ notices }: TrafficSnapshot): Badges {
  const nodes = new Map<NodeIndex, number>();
  const edges = new Map<EdgeIndex, number>();
  for (const { target, severity } of notices) {
    if (target.kind === "node") raise(nodes, target.node, severity + 1);
    else raise(edges, target.edge, severity + 1);
  }
  return { nodes, edges };
}

function raise(badges: Map<number, number>, index: number, badge: number): void {
  badges.set(index, Math.max(badges.get(index) ?? 0, badge));
}
