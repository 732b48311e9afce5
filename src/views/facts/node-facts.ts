import { must } from "#base/assert.ts";
import { isBoundary, unknownRegion } from "#domain/boundary.ts";
import { canEnter } from "#domain/focus.ts";
import { healthOf, severityRates, type Health, type SeverityRates } from "#domain/health.ts";
import { nodeRef, type ItemRef } from "#domain/node-path.ts";
import type { Notice } from "#domain/notice.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeIndex } from "#domain/topology.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import { staleAfterMs } from "#scene/build-values.ts";

import { boundaryFacts, type BoundaryFacts } from "./boundary-facts.ts";
import { classShares, type ClassShare } from "./class-shares.ts";
import { badgesOf, edgeRow, labelOf, nodeRow, type Badges, type TrafficRow } from "./traffic-row.ts";

/** Key of the metadata that says where a node's capacity comes from. */
export const capacityFromKey = "capacityFrom";

/** A neighbour: the edge's numbers under the other end's name. */
export interface NeighbourRow extends TrafficRow {
  /** The node at the other end. */
  readonly other: ItemRef;
}

/** A notice with where it stands, when that is below the node. */
export interface PlacedNotice {
  readonly notice: Notice;
  readonly place: string | undefined;
}

/** What the volume is held against: what the source says the node bears, else the greatest that was seen. */
export interface Load {
  readonly kind: "capacity" | "peak";
  /** Requests per second. */
  readonly limit: number;
  /** 0 to 1, and more when it is exceeded. */
  readonly share: number;
  /** Where the limit was taken from, as the source says: "config", "HPA limit of 12 replicas". */
  readonly from: string | undefined;
}

/** Everything that the panel says about a node. */
export interface NodeFacts {
  readonly node: NodeIndex;
  /** Name and, where it differs, the name in the data. */
  readonly label: string;
  readonly name: string;
  readonly type: string | undefined;
  readonly health: Health;
  /** The class that the source declares for the node, when that is one to worry about. */
  readonly declared: string | undefined;
  readonly rates: SeverityRates;
  readonly shares: readonly ClassShare[];
  readonly load: Load | undefined;
  /** How long ago the node was last heard of, when that is too long; 0 when it is fresh. */
  readonly staleMs: number;
  readonly notices: readonly PlacedNotice[];
  readonly incoming: readonly NeighbourRow[];
  readonly outgoing: readonly NeighbourRow[];
  /** Children, where they are instances rather than a graph of their own. */
  readonly instances: readonly TrafficRow[];
  /** How many run, as the source says; NaN where it does not. */
  readonly instanceCount: number;
  /** Children, where they are a graph of their own. */
  readonly inside: number;
  readonly canEnter: boolean;
  /** Of another region, seen from inside of one. */
  readonly boundary: BoundaryFacts | undefined;
  /** It holds what no source gives a region. */
  readonly isUnknownRegion: boolean;
}

export function nodeFacts(snapshot: TrafficSnapshot, volumes: NodeVolumes, node: NodeIndex): NodeFacts {
  const { topology } = snapshot;
  const { name, type, class: declared } = must(topology.nodes[node]);
  const rates = severityRates(volumes.through, node, topology.classes);
  const declaredClass = topology.classes.find((item) => item.name === declared);
  const children = topology.children[node] ?? [];
  const isGraph = node === 0 || (topology.inside[node]?.length ?? 0) > 0;
  const badges = badgesOf(snapshot);
  const age = snapshot.at - (snapshot.observedAt[node] ?? NaN);
  return {
    node,
    label: labelOf(topology, node),
    name,
    type,
    health: healthOf(rates),
    declared: declaredClass === undefined || declaredClass.severity === "normal" ? undefined : declared,
    rates,
    shares: classShares(volumes.through, node, topology.classes),
    load: loadOf(snapshot, node, rates.total),
    staleMs: age > staleAfterMs ? age : 0,
    notices: noticesWithin(snapshot, node),
    incoming: (topology.incoming[node] ?? []).map((edge) => neighbour(snapshot, badges, edge, "source")),
    outgoing: (topology.outgoing[node] ?? []).map((edge) => neighbour(snapshot, badges, edge, "target")),
    instances: isGraph ? [] : children.map((child) => nodeRow(snapshot, badges, volumes, child)),
    instanceCount: snapshot.instances[node] ?? NaN,
    inside: isGraph ? children.filter((child) => !isBoundary(topology, child)).length : 0,
    canEnter: canEnter(topology, node),
    boundary: boundaryFacts(topology, node),
    isUnknownRegion: isGraph && topology.nodes[node]?.parent === 0 && name === unknownRegion,
  };
}

function neighbour(
  snapshot: TrafficSnapshot,
  badges: Badges,
  edge: number,
  end: "source" | "target",
): NeighbourRow {
  const { topology } = snapshot;
  const other = must(topology.edges[edge])[end];
  return { ...edgeRow(snapshot, badges, edge, labelOf(topology, other)), other: nodeRef(topology, other) };
}

function loadOf(snapshot: TrafficSnapshot, node: NodeIndex, total: number): Load | undefined {
  const told = snapshot.topology.nodes[node]?.metadata?.[capacityFromKey];
  const from = typeof told === "string" ? told : undefined;
  const capacity = snapshot.capacity[node] ?? NaN;
  if (capacity > 0) return { kind: "capacity", limit: capacity, share: total / capacity, from };
  const peak = snapshot.maxVolume[node] ?? NaN;
  return peak > 0 ? { kind: "peak", limit: peak, share: total / peak, from } : undefined;
}

/** The node's own notices, then those of weight below it, as its badge on the picture counts them; the worst first. */
function noticesWithin({ topology, notices }: TrafficSnapshot, node: NodeIndex): readonly PlacedNotice[] {
  const placed = notices.flatMap((notice): readonly PlacedNotice[] => {
    const { target } = notice;
    if (target.kind === "node" && target.node === node) return [{ notice, place: undefined }];
    if (notice.severity === 0) return [];
    const first = target.kind === "node" ? target.node : must(topology.edges[target.edge]).source;
    for (let at = must(topology.nodes[first]).parent; at > 0; at = must(topology.nodes[at]).parent) {
      if (at === node) return [{ notice, place: placeOf({ topology }, notice) }];
    }
    return [];
  });
  return placed.toSorted((a, b) => b.notice.severity - a.notice.severity);
}

function placeOf({ topology }: Pick<TrafficSnapshot, "topology">, { target }: Notice): string {
  if (target.kind === "node") return labelOf(topology, target.node);
  const { source, target: end } = must(topology.edges[target.edge]);
  return `${labelOf(topology, source)} → ${labelOf(topology, end)}`;
}
