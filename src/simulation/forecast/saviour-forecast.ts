import { isService, nodeRoles, type DrillGraph, type RegionGraph } from "../graph/drill-graph.ts";
import { capacityInterval } from "../graph/known-capacity.ts";
import { solveVolumes } from "../graph/solve-volumes.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { fitOf, utilisationOf, worstFit, type FitThresholds } from "./fit.ts";
import type { SaviourForecast, ServiceForecast } from "./forecast.ts";

/** What a saviour gets. */
export interface Arrival {
  readonly victim: RegionGraph;
  readonly saviour: RegionGraph;
  /** Share of the victim's users, 0 to 1. */
  readonly share: number;
}

/** A saviour once its share of the victim's traffic has come. */
export function forecastSaviour(
  graph: DrillGraph,
  { victim, saviour, share }: Arrival,
  { capacityFactor, internalTraffic }: Pick<DrillPlan, "capacityFactor" | "internalTraffic">,
  thresholds: FitThresholds,
): SaviourForecast {
  const before = saviour.inbound;
  const after = before + share * victim.users - passedOn(graph, victim, saviour);
  const capacity = capacityInterval(saviour.capacity, capacityFactor);
  const utilisation = utilisationOf(after, capacity);
  const volumes = servicesAfter(
    saviour,
    { victim, factor: growthOf(saviour, share * victim.users, after) },
    internalTraffic,
  );
  const services = before > 0 ? forecastServices(saviour, volumes, capacityFactor, thresholds) : [];
  const ownFits = services.filter(({ capacitySource }) => capacitySource !== "derived").map(({ fit }) => fit);
  return {
    region: saviour.name,
    share,
    before,
    after,
    capacity,
    capacitySource: saviour.capacity.source,
    utilisation,
    fit: worstFit([fitOf(utilisation, thresholds), ...ownFits]),
    worstService: services[0],
    services,
  };
}

/** What the victim's front door sends to the saviour already: its users come with the share, and it ends. */
function passedOn({ regions, regionEdges }: DrillGraph, victim: RegionGraph, saviour: RegionGraph): number {
  return regionEdges.reduce(
    (sum, { source, target, rate }) =>
      regions[source] === victim && regions[target] === saviour ? sum + rate : sum,
    0,
  );
}

/** By how much what begins at the saviour's entries grows: where other regions have boundaries of their own, by its users alone; else by all that arrives. */
function growthOf({ inbound, users, roles }: RegionGraph, moved: number, after: number): number {
  if (roles.includes(nodeRoles.boundary)) return users > 0 ? (users + moved) / users : 1;
  return inbound > 0 ? after / inbound : 1;
}

/**
 * Volumes of the region's nodes when users grow by a factor: what is there, and what more users cause by the median gains, less what the victim called. What the other
 * regions call stays as it is.
 */
function servicesAfter(
  region: RegionGraph,
  { victim, factor }: { readonly victim: RegionGraph; readonly factor: number },
  internalTraffic: DrillPlan["internalTraffic"],
): Float64Array {
  const more = region.roots.map((rate, i) => {
    if (region.roles[i] === nodeRoles.boundary) return region.behind[i] === victim.node ? -rate : 0;
    const grows = region.roles[i] === nodeRoles.entry || internalTraffic === "follows";
    return grows ? rate * (factor - 1) : 0;
  });
  const caused = solveVolumes(region, region.gains, more);
  return region.volumes.map((volume, i) => Math.max(0, volume + caused[i]!));
}

function forecastServices(
  region: RegionGraph,
  after: Float64Array,
  capacityFactor: number,
  thresholds: FitThresholds,
): readonly ServiceForecast[] {
  return region.names
    .flatMap((name, i): ServiceForecast[] => {
      const rate = region.capacities[i]!;
      if (!isService(region, i) || Number.isNaN(rate)) return [];
      const source = region.capacitySources[i] ?? "none";
      const utilisation = utilisationOf(after[i]!, capacityInterval({ rate, source }, capacityFactor));
      return [
        {
          name,
          before: region.volumes[i]!,
          after: after[i]!,
          utilisation,
          fit: fitOf(utilisation, thresholds),
          capacitySource: source,
        },
      ];
    })
    .toSorted((a, b) => rounded(b) - rounded(a) || b.after - a.after);
}

/** Services that are equally full but for the last bits stand by their volume, not by chance. */
function rounded({ utilisation }: ServiceForecast): number {
  return Math.round(utilisation.high * 1e9);
}
