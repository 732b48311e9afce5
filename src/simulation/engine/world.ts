import type { EdgeIndex } from "#domain/topology.ts";

import type { ClientBehaviour } from "../plan/drill-plan.ts";
import { defaultBackoff } from "../backoff.ts";
import { hystrix } from "../guards/breakers.ts";
import { Stations, type StationRules } from "../stations.ts";
import type { Fleets } from "./fleets.ts";
import { Outcomes } from "./outcomes.ts";
import { SlowCalls } from "./slow-calls.ts";
import { createRouting, route, type Routing } from "./routing.ts";
import { arrivalFlow, constantFlow, crossingFlow, driveFlow, type WorldGraph } from "./world-graph.ts";

/** What the world is made of. */
export interface WorldParts {
  readonly graph: WorldGraph;
  readonly fleets: Fleets;
  readonly clients: ClientBehaviour;
  /** Whether what starts inside a region without a user moves with its users. */
  readonly internalTraffic: "follows" | "stays";
  /** Steps in a second. */
  readonly stepsPerSecond: number;
}

/**
 * The traffic of all regions, in steps of fixed length. A step leads the demand to the regions, passes it through their front doors, and carries what
 * these serve through the services. Everything that differs from the frame is set from outside between steps: the demand and the ways in `routing`, and
 * the columns below.
 */
export class World {
  readonly graph: WorldGraph;
  readonly fleets: Fleets;
  readonly stations: Stations;
  readonly routing: Routing;
  /** How far each region is scaled from what is up to its goal, 0 to 1. */
  readonly scaled: Float64Array;
  /** Share of each region's capacity that is there, 0 to 1. */
  readonly present: Float64Array;
  /** Share of the answers of each region's stations that are errors, 0 to 1. */
  readonly regionErrors: Float64Array;
  /** The same for single stations. */
  readonly stationErrors: Float64Array;
  /** Requests per second that each station can serve now. */
  readonly capacity: Float64Array;
  /** Rates by flow, requests per second, of the last step. */
  readonly flow: Float64Array;
  /** Requests per second that each station was given in the last step, first tries only. */
  readonly fresh: Float64Array;
  readonly outcomes: Outcomes;
  readonly slowCalls: SlowCalls;

  /** Share of each station's capacity that is there beside what its region has, 0 to 1. */
  readonly #alive: Float64Array;
  /** Per call: by what factor it differs from what its gain says. */
  readonly #callWeight: Float64Array;
  readonly #dt: number;
  readonly #stepsPerSecond: number;
  readonly #queueS: number;
  readonly #follows: boolean;
  /** What the capacities were worked out for: scaled and present, region by region. */
  readonly #sizedFor: Float64Array;
  #hasChanged = true;
  #steps = 0;

  constructor({ graph, fleets, clients, internalTraffic, stepsPerSecond }: WorldParts) {
    const regions = graph.regions.length;
    this.graph = graph;
    this.fleets = fleets;
    this.#stepsPerSecond = stepsPerSecond;
    this.#dt = 1 / stepsPerSecond;
    this.#queueS = clients.queueS;
    this.#follows = internalTraffic === "follows";
    this.stations = new Stations(
      Array.from(graph.stationLoad, (load) => rulesOf(clients, load)),
      this.#dt,
    );
    this.routing = createRouting(regions);
    this.routing.demand.set(graph.regions.map(({ users }) => users));
    this.scaled = new Float64Array(regions);
    this.present = new Float64Array(regions).fill(1);
    this.#alive = new Float64Array(graph.stations).fill(1);
    this.regionErrors = new Float64Array(regions);
    this.stationErrors = new Float64Array(graph.stations);
    this.capacity = new Float64Array(graph.stations);
    this.fresh = graph.stationLoad.slice();
    this.outcomes = new Outcomes(graph.stations);
    this.slowCalls = new SlowCalls(graph, clients);
    this.#callWeight = new Float64Array(graph.callFlow.length).fill(1);
    this.flow = new Float64Array(graph.flows);
    this.flow.set(graph.stationLoad);
    this.flow[constantFlow(graph)] = 1;
    this.#sizedFor = new Float64Array(2 * regions).fill(NaN);
    this.#lead();
    this.#resize();
  }

  /** Steps done. */
  get steps(): number {
    return this.#steps;
  }

  /** Lets a share, 0 to 1, of the calls over these edges be slow, and over no others. */
  slowDown(edges: ReadonlyMap<EdgeIndex, number>): void {
    this.#callWeight.fill(1);
    this.slowCalls.set(edges);
  }

  /** Leaves a share, 0 to 1, of a station's instances alive. */
  setAlive(station: number, share: number): void {
    this.#alive[station] = share;
    this.#hasChanged = true;
  }

  step(): void {
    const { graph, stations, flow, fresh, capacity } = this;
    const { callStart, callFlow, callGain, stationRegion } = graph;
    const regions = graph.regions.length;
    const dt = this.#dt;
    const weight = this.#callWeight;
    this.slowCalls.step(weight, flow, this.#steps * dt, dt);
    if (this.#steps > 0 && this.#steps % this.#stepsPerSecond === 0) this.outcomes.turn();
    this.#lead();
    this.#resize();
    for (let s = 0; s < graph.stations; s += 1) {
      let rate = 0;
      if (s < regions) rate = this.routing.load[s]!;
      else
        for (let call = callStart[s]!; call < callStart[s + 1]!; call += 1)
          rate += weight[call]! * callGain[call]! * flow[callFlow[call]!]!;
      fresh[s] = rate;
      const regionErrors = this.regionErrors[stationRegion[s]!]!;
      const errors = regionErrors + (1 - regionErrors) * this.stationErrors[s]!;
      stations.step(s, rate * dt, capacity[s]! * dt, errors);
      flow[s] = stations.served[s]! / dt;
      this.outcomes.add(s, stations.good[s]!, stations.failed[s]!, stations.shed[s]!);
    }
    stations.advance();
    this.#steps += 1;
  }

  /** Leads the demand and notes what depends on it. */
  #lead(): void {
    const { graph, routing, flow } = this;
    route(routing);
    graph.regions.forEach(({ users }, r) => {
      flow[driveFlow(graph, r)] = this.#follows && users > 0 ? routing.load[r]! / users : 1;
      flow[arrivalFlow(graph, r)] = routing.arriving[r]!;
    });
    // As in cycles of calls: what has left one region in the last step comes to the other in this one.
    graph.crossings.forEach(({ leaving }, k) => {
      let rate = 0;
      for (const edge of leaving) rate += graph.edgeGain[edge]! * flow[graph.edgeFlow[edge]!]!;
      flow[crossingFlow(graph, k)] = rate;
    });
  }

  #resize(): void {
    const { graph, fleets, capacity, scaled, present } = this;
    const sizedFor = this.#sizedFor;
    let isSame = !this.#hasChanged;
    for (let r = 0; r < scaled.length; r += 1) {
      isSame &&= sizedFor[2 * r] === scaled[r] && sizedFor[2 * r + 1] === present[r];
      sizedFor[2 * r] = scaled[r]!;
      sizedFor[2 * r + 1] = present[r]!;
    }
    if (isSame) return;
    this.#hasChanged = false;
    for (let s = 0; s < graph.stations; s += 1) {
      const r = graph.stationRegion[s]!;
      const up = fleets.up[s]! + (fleets.goal[s]! - fleets.up[s]!) * scaled[r]!;
      capacity[s] = up * present[r]! * this.#alive[s]!;
      this.stations.queueLimit[s] = capacity[s]! * this.#queueS;
    }
  }
}

/** A retry budget saves up the calls of as many seconds as callers commonly keep count over. */
function rulesOf(clients: ClientBehaviour, load: number): StationRules {
  const ratio = clients.retryBudget;
  return {
    timeout: clients.timeoutS,
    retries: clients.retries,
    backoff: defaultBackoff,
    cancelsOnTimeout: false,
    ...(ratio === undefined ? {} : { budget: { ratio, burst: ratio * load * hystrix.window } }),
  };
}
