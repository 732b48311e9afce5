import { must } from "#base/assert.ts";
import { isBoundary } from "#domain/boundary.ts";
import type { ViewGraph } from "#domain/focus.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeVolumes } from "#domain/volume.ts";

import { texts } from "#store/texts.ts";

import { badgesOf, edgeRow, labelOf, nodeRow, type TrafficRow } from "./traffic-row.ts";

export interface NodeTableRow extends TrafficRow {
  readonly type: string;
}

export interface EdgeTableRow extends TrafficRow {
  readonly from: string;
  readonly to: string;
}

/** The nodes of a view as lines of a table. A view that a newer topology has overtaken gives what both know. */
export function nodeRows(
  { nodes }: ViewGraph,
  snapshot: TrafficSnapshot,
  volumes: NodeVolumes,
): readonly NodeTableRow[] {
  const badges = badgesOf(snapshot);
  return nodes
    .filter(({ node }) => snapshot.topology.nodes[node] !== undefined)
    .map(({ node }) => ({
      ...nodeRow(snapshot, badges, volumes, node),
      type: isBoundary(snapshot.topology, node)
        ? texts.boundary.kind
        : (snapshot.topology.nodes[node]?.type ?? ""),
    }));
}

export function edgeRows({ edges }: ViewGraph, snapshot: TrafficSnapshot): readonly EdgeTableRow[] {
  const { topology } = snapshot;
  const badges = badgesOf(snapshot);
  return edges
    .filter((edge) => topology.edges[edge] !== undefined)
    .map((edge) => {
      const { source, target } = must(topology.edges[edge]);
      const from = labelOf(topology, source);
      const to = labelOf(topology, target);
      return { ...edgeRow(snapshot, badges, edge, `${from} ${to}`), from, to };
    });
}
