import { err, ok, type Result } from "#base/result.ts";

import type { EdgeIndex } from "#domain/topology.ts";

import type { World } from "./world.ts";

/** Something that is wrong somewhere for as long as it is in force. */
export interface Incident {
  /**
   * - `errors`: that share of the answers are errors.
   * - `loss`: that share of the instances is gone: one of ten killed by Chaos Monkey is .1, one of three zones lost to Chaos Gorilla is 1/3.
   * - `delay`: Latency Monkey delays that share of the calls on a connection.
   */
  readonly kind: "errors" | "loss" | "delay";
  /** Names: a region, or a region and a service of it; of a delay a region, the service that calls, and the one that is called. */
  readonly path: readonly string[];
  /** 0 to 1. */
  readonly share: number;
}

/** Sets the world so that exactly these incidents are in force; several at one place add up. Fails, and changes nothing, where a place does not exist. */
export function inflict(world: World, incidents: readonly Incident[]): Result<void, string> {
  const { graph, regionErrors, stationErrors, present } = world;
  const places = incidents.map(({ kind, path }) =>
    kind === "delay" ? edgeAt(world, path) : stationAt(world, path),
  );
  const nowhere = incidents.find((_, i) => places[i] === undefined);
  if (nowhere !== undefined) {
    return err(
      `There is no ${nowhere.path.join(" / ")} that traffic reaches. Name a region, a region and one of its services, or for a delay two services.`,
    );
  }
  regionErrors.fill(0);
  stationErrors.fill(0);
  present.fill(1);
  const alive = new Float64Array(graph.stations).fill(1);
  const slow = new Map<EdgeIndex, number>();
  incidents.forEach(({ kind, share }, i) => {
    const place = places[i]!;
    const left = Math.min(1, Math.max(0, 1 - share));
    const isRegion = place < graph.regions.length;
    if (kind === "delay") slow.set(place, 1 - (1 - (slow.get(place) ?? 0)) * left);
    else if (kind === "loss") (isRegion ? present : alive)[place]! *= left;
    else {
      const errors = isRegion ? regionErrors : stationErrors;
      errors[place] = 1 - (1 - errors[place]!) * left;
    }
  });
  alive.forEach((share, station) => world.setAlive(station, share));
  world.slowDown(slow);
  return ok(undefined);
}

/** The edge between two services of a region; undefined where there is none. */
function edgeAt(
  { graph }: World,
  [regionName, caller = "", callee = ""]: Incident["path"],
): EdgeIndex | undefined {
  const region = graph.regions.find(({ name }) => name === regionName);
  const e = region?.edges.findIndex(
    (_, at) => region.names[region.sources[at]!] === caller && region.names[region.targets[at]!] === callee,
  );
  return e === undefined ? undefined : region?.edges[e];
}

/** Station of a region's front door or of a service; undefined where there is none. */
function stationAt({ graph }: World, [regionName, service]: Incident["path"]): number | undefined {
  const r = graph.regions.findIndex(({ name }) => name === regionName);
  const region = graph.regions[r];
  if (region === undefined || service === undefined) return region === undefined ? undefined : r;
  const node = region.nodes[region.indexOf.get(service) ?? -1];
  const station = node === undefined ? -1 : graph.nodeStation[node]!;
  return station === -1 ? undefined : station;
}
