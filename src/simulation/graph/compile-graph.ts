import { must } from "#base/assert.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeIndex } from "#domain/topology.ts";
import { nodeVolumes } from "#domain/volume.ts";

import type { DrillFault } from "../plan/drill-fault.ts";
import { compileRegion } from "./compile-region.ts";
import type { DrillGraph, RegionEdge, UserEdge } from "./drill-graph.ts";
import { findRegions, isRegionItself } from "./find-regions.ts";
import { edgeTotals, type EdgeTotals } from "./match-frames.ts";

/**
 * Takes a frame apart for what-if and simulation. `history`: frames before it, the oldest first; the newest 29 are used. Fails with `empty-graph`,
 * `no-other-region` (the root is itself the graph of a region) and `no-traffic`. Whether a plan fits to the graph is for `chooseRegions` to say.
 */
export function compileGraph(
  frame: TrafficSnapshot,
  history: readonly TrafficSnapshot[],
): Result<DrillGraph, DrillFault> {
  const { topology } = frame;
  if (must(topology.children[0]).length === 0) {
    return fault(
      "empty-graph",
      "The graph is empty: there is no region to fail over. Wait for traffic, or open another file.",
    );
  }
  if (isRegionItself(topology)) {
    return fault(
      "no-other-region",
      "This graph shows the inside of one region, and no other that could take its traffic. Open a graph of several regions.",
    );
  }
  const { regions, entries } = findRegions(frame, nodeVolumes(frame));
  if (regions.length === 0) {
    return fault(
      "no-traffic",
      "No region carries any traffic: nothing would move. Wait for traffic, or open another file.",
    );
  }
  const frames = edgeTotals(frame, history);
  const { userEdges, regionEdges } = topEdges(frame, regions, entries, must(frames.at(-1)));
  return ok({
    frame,
    frames: frames.length,
    userEdges,
    regionEdges,
    regions: regions.map((node, region) => {
      const users = userEdges.filter((edge) => edge.region === region);
      const passedOn = regionEdges.filter((edge) => edge.target === region);
      const arriving = [...users, ...passedOn].map(({ edge }) => edge);
      const peaks = frames.slice(0, -1).map((totals) => sumAt(totals, arriving));
      const traffic = {
        fromUsers: users.reduce((sum, { rate }) => sum + rate, 0),
        fromRegions: passedOn.reduce((sum, { rate }) => sum + rate, 0),
        recordedPeak: peaks.reduce((most, peak) => Math.max(most, peak), 0),
      };
      return compileRegion(frame, node, traffic, frames);
    }),
  });
}

function topEdges(
  { topology }: TrafficSnapshot,
  regions: readonly NodeIndex[],
  entries: readonly NodeIndex[],
  totals: EdgeTotals,
): { readonly userEdges: readonly UserEdge[]; readonly regionEdges: readonly RegionEdge[] } {
  const regionOf = new Map(regions.map((node, i) => [node, i]));
  const isEntry = new Set(entries);
  const userEdges: UserEdge[] = [];
  const regionEdges: RegionEdge[] = [];
  for (const edge of must(topology.inside[0])) {
    const { source, target } = must(topology.edges[edge]);
    const region = regionOf.get(target);
    const from = regionOf.get(source);
    const rate = totals[edge]!;
    if (region === undefined) continue;
    if (isEntry.has(source)) userEdges.push({ edge, entry: source, region, rate });
    // What a region sends to itself has arrived there already.
    else if (from !== undefined && from !== region)
      regionEdges.push({ edge, source: from, target: region, rate });
  }
  return { userEdges, regionEdges };
}

function sumAt(totals: EdgeTotals, edges: readonly number[]): number {
  return edges.reduce((sum, edge) => sum + totals[edge]!, 0);
}

function fault(kind: DrillFault["kind"], message: string): Result<never, DrillFault> {
  return err({ kind, message });
}
