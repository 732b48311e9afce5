import type { EventLog } from "./event-log.ts";
import type { World } from "./world.ts";

/** Below this a region counts as bearing its load again, so that one that swings around its limit does not fill the log. Ours. */
const calm = 0.98;

/** Failures beyond this share, at a load that the region bears, are a storm that feeds on itself: far above what any healthy fleet shows. Ours. */
const stormShare = 0.05;

/** Seconds that a storm has to last before it counts: six windows of the error share. Ours. */
const stormS = 60;

/** Looks at the world once a second: which regions are overloaded, which was worst, and who does not come out of a storm. */
export class LoadWatch {
  readonly #world: World;
  readonly #log: EventLog;
  /** Event of each region's present overload. */
  readonly #overload: (number | undefined)[];
  /** Second since which each station fails under a load that it could bear; Infinity where it does not. */
  readonly #stormSince: Float64Array;
  #worst: { readonly utilisation: number; readonly region: string | undefined };
  #isStuck = false;

  constructor(world: World, log: EventLog) {
    const { regions } = world.graph;
    this.#world = world;
    this.#log = log;
    this.#overload = regions.map(() => undefined);
    this.#stormSince = new Float64Array(world.graph.stations).fill(Infinity);
    this.#worst = { utilisation: 0, region: undefined };
  }

  /** Greatest load by capacity of any region but the victim, and where; load, not what was served, so that it may be above 1. */
  get worst(): { readonly utilisation: number; readonly region: string | undefined } {
    return this.#worst;
  }

  /** Whether a region or a service has failed for a minute under a load that it could bear. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  look(tS: number): void {
    const { graph, routing, capacity } = this.#world;
    graph.regions.forEach(({ name }, r) => {
      const utilisation = routing.load[r]! > 0 ? routing.load[r]! / capacity[r]! : 0;
      if (r !== routing.victim && utilisation > this.#worst.utilisation) {
        this.#worst = { utilisation, region: name };
      }
      this.#noteOverload(r, name, utilisation, tS);
    });
    this.#isStuck = false;
    for (let s = 0; s < graph.stations; s += 1) {
      const since = this.#isStorm(s) ? Math.min(this.#stormSince[s]!, tS) : Infinity;
      this.#stormSince[s] = since;
      if (tS - since >= stormS) this.#isStuck = true;
    }
  }

  #isStorm(s: number): boolean {
    const { graph, fresh, capacity, outcomes, regionErrors, stationErrors } = this.#world;
    if (!(fresh[s]! > 0) || fresh[s]! > capacity[s]!) return false;
    const errors = regionErrors[graph.stationRegion[s]!]! + stationErrors[s]!;
    return outcomes.failedShare(s) + outcomes.shedShare(s) - errors > stormShare;
  }

  #noteOverload(r: number, name: string, utilisation: number, tS: number): void {
    const since = this.#overload[r];
    const data = { utilisation, load: this.#world.routing.load[r]!, capacity: this.#world.capacity[r]! };
    if (since === undefined && utilisation > 1) {
      this.#overload[r] = this.#log.add("region.overloaded", Math.round(tS * 1000), [name], data);
    } else if (since !== undefined && utilisation <= calm) {
      this.#log.add("region.recovered", Math.round(tS * 1000), [name], data, since);
      this.#overload[r] = undefined;
    }
  }
}
