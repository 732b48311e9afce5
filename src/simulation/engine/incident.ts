import { err, ok, type Result } from "#base/result.ts";

import type { World } from "./world.ts";

/** Something that is wrong somewhere for as long as it is in force. `path` is a region's name, or that and a service's. */
export interface Incident {
  /**
   * - `errors`: that share of the answers are errors.
   * - `loss`: that share of the instances is gone: one of ten killed by Chaos Monkey is .1, one of three zones lost to Chaos Gorilla is 1/3.
   */
  readonly kind: "errors" | "loss";
  readonly path: readonly [region: string, service?: string];
  /** 0 to 1. */
  readonly share: number;
}

/** Sets the world so that exactly these incidents are in force; several on one place add up. Fails, and changes nothing, where a place does not exist. */
export function inflict(world: World, incidents: readonly Incident[]): Result<void, string> {
  const { graph, regionErrors, stationErrors, present } = world;
  const places = incidents.map(({ path }) => stationAt(world, path));
  const nowhere = incidents.find((_, i) => places[i] === undefined);
  if (nowhere !== undefined) {
    return err(
      `There is no ${nowhere.path.join(" / ")} that traffic reaches. Name a region, or a region and one of its services.`,
    );
  }
  regionErrors.fill(0);
  stationErrors.fill(0);
  present.fill(1);
  const alive = new Float64Array(graph.stations).fill(1);
  incidents.forEach(({ kind, share }, i) => {
    const station = places[i]!;
    const isRegion = station < graph.regions.length;
    const column = kind === "errors" ? (isRegion ? regionErrors : stationErrors) : isRegion ? present : alive;
    const left = Math.min(1, Math.max(0, 1 - share));
    column[station] = kind === "errors" ? 1 - (1 - column[station]!) * left : column[station]! * left;
  });
  alive.forEach((share, station) => world.setAlive(station, share));
  return ok(undefined);
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
