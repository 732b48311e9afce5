import { isService, nodeRoles, type RegionGraph } from "../graph/drill-graph.ts";
import { solveVolumes } from "../graph/solve-volumes.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import type { LostFunction } from "./forecast.ts";
import type { Shares } from "./split-traffic.ts";

/** Services of the victim that a saviour lacks (services are the same by name), the most needed first; only those that something needs. */
export function lostFunctions(
  victim: RegionGraph,
  saviours: readonly RegionGraph[],
  shares: Shares,
  internalTraffic: DrillPlan["internalTraffic"],
): readonly LostFunction[] {
  const moved = victim.roots.map((rate, i) => (movesWithUsers(victim, i, internalTraffic) ? rate : 0));
  const calls = solveVolumes(victim, victim.gainsNow, moved);
  return victim.names
    .flatMap((service, i): LostFunction[] => {
      const receiving = saviours.filter(({ name }) => (shares.get(name) ?? 0) > 0);
      const lacking = receiving.filter(({ indexOf, nodes }) => nodes.length > 0 && !indexOf.has(service));
      if (!isService(victim, i) || lacking.length === 0) return [];
      const share = lacking.reduce((sum, { name }) => sum + (shares.get(name) ?? 0), 0);
      const rate = share * Math.min(calls[i]!, reaching(victim, moved, i));
      return rate > 0 ? [{ service, missingIn: lacking.map(({ name }) => name), rate }] : [];
    })
    .toSorted((a, b) => b.rate - a.rate);
}

/** What other regions call in the victim does not move: they call it there, or not at all. */
function movesWithUsers(
  { roles }: RegionGraph,
  node: number,
  internalTraffic: DrillPlan["internalTraffic"],
): boolean {
  const role = roles[node];
  return role === nodeRoles.entry || (role === nodeRoles.ownRoot && internalTraffic === "follows");
}

/** What begins at entries and own roots and may come to a node, by the calls that there are; requests per second. */
function reaching(region: RegionGraph, moved: Float64Array, node: number): number {
  const { incoming, incomingStarts } = region.order;
  const seen = new Uint8Array(region.nodes.length);
  const queue = [node];
  seen[node] = 1;
  let sum = region.roles[node] === nodeRoles.ownRoot ? moved[node]! : 0;
  for (const at of queue) {
    for (let slot = incomingStarts[at]!; slot < incomingStarts[at + 1]!; slot += 1) {
      const edge = incoming[slot]!;
      const source = region.sources[edge]!;
      // From a root only what goes over this edge.
      if (region.roles[source] !== nodeRoles.service) sum += moved[source]! * region.gainsNow[edge]!;
      else if (seen[source] === 0) {
        seen[source] = 1;
        queue.push(source);
      }
    }
  }
  return sum;
}
