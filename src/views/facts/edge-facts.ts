import { must } from "#base/assert.ts";
import { healthOf, severityRates, type Health, type SeverityRates } from "#domain/health.ts";
import { nodeRef, type ItemRef } from "#domain/node-path.ts";
import type { Notice } from "#domain/notice.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { EdgeIndex, Provenance } from "#domain/topology.ts";

import { edgeBeyond } from "./boundary-facts.ts";
import { classShares, type ClassShare } from "./class-shares.ts";
import { labelOf } from "./traffic-row.ts";

/** Key of the metadata that says what is spoken on an edge. */
export const protocolKey = "protocol";

export interface EdgeEnd {
  readonly label: string;
  readonly ref: ItemRef;
}

/** Everything that the panel says about an edge. */
export interface EdgeFacts {
  readonly edge: EdgeIndex;
  readonly source: EdgeEnd;
  readonly target: EdgeEnd;
  readonly health: Health;
  readonly rates: SeverityRates;
  readonly shares: readonly ClassShare[];
  /** Milliseconds; NaN where it was not measured. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly notices: readonly Notice[];
  readonly provenance: Provenance | undefined;
  /** "http", "grpc" ...; undefined where the source does not say, or where several are added up. */
  readonly protocol: string | undefined;
  /** Services on the other side, in words, where one end is another region. */
  readonly beyond: string | undefined;
  /** What the rates are averaged over: the edge's own window, else the snapshot's. */
  readonly windowMs: number;
}

export function edgeFacts(snapshot: TrafficSnapshot, edge: EdgeIndex): EdgeFacts {
  const { topology, rates: column, latencyMs } = snapshot;
  const { source, target, provenance, metadata } = must(topology.edges[edge]);
  const protocol = metadata?.[protocolKey];
  const rates = severityRates(column, edge, topology.classes);
  return {
    edge,
    source: { label: labelOf(topology, source), ref: nodeRef(topology, source) },
    target: { label: labelOf(topology, target), ref: nodeRef(topology, target) },
    health: healthOf(rates),
    rates,
    shares: classShares(column, edge, topology.classes),
    latency: {
      p50: latencyMs.p50[edge] ?? NaN,
      p95: latencyMs.p95[edge] ?? NaN,
      p99: latencyMs.p99[edge] ?? NaN,
    },
    notices: snapshot.notices.filter(({ target: on }) => on.kind === "edge" && on.edge === edge),
    provenance,
    protocol: typeof protocol === "string" ? protocol : undefined,
    beyond: edgeBeyond(topology, edge),
    windowMs: provenance?.windowMs ?? snapshot.windowMs,
  };
}
