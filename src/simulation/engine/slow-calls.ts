import type { EdgeIndex } from "#domain/topology.ts";

import { latencyMonkey, meanDelay, shareSlowerThan } from "../chaos/latency-monkey.ts";
import { Breakers } from "../guards/breakers.ts";
import type { ClientBehaviour } from "../plan/drill-plan.ts";
import type { WorldGraph } from "./world-graph.ts";

/** One connection that Latency Monkey has taken. */
interface SlowCall {
  readonly call: number;
  readonly edge: EdgeIndex;
  /** Share of the calls that their caller gives up. */
  readonly lost: number;
  /** Milliseconds that a call takes longer in the mean. */
  readonly delayMs: number;
}

/** What has become of the calls over an edge: shares of all that the caller wanted to make, 0 to 1. */
export interface SlowedEdge {
  readonly edge: EdgeIndex;
  readonly failed: number;
  /** Not made, because the caller's breaker is open: it answers with its fallback. */
  readonly fallenBack: number;
  readonly delayMs: number;
}

/**
 * Connections on which a share of the calls is delayed. What takes longer than the callers' timeout fails at the caller, though the callee does the work;
 * the caller tries again within its budget; and a breaker in front of each opens when half of the calls fail.
 */
export class SlowCalls {
  readonly #graph: WorldGraph;
  readonly #clients: ClientBehaviour;
  readonly #breakers: Breakers;
  #slow: readonly SlowCall[] = [];
  /** By slow call: the share that was made in the last step. */
  #made = new Float64Array(0);

  constructor(graph: WorldGraph, clients: ClientBehaviour) {
    this.#graph = graph;
    this.#clients = clients;
    this.#breakers = new Breakers(graph.callFlow.length);
  }

  /** From now on exactly these edges are slow: `share`, 0 to 1, of their calls. Edges that are no calls between services are passed over. */
  set(edges: ReadonlyMap<EdgeIndex, number>): void {
    const { callEdge, source } = this.#graph;
    this.#slow = Array.from(callEdge, (edge, call) => ({ edge, call })).flatMap(({ edge, call }) => {
      const share = edges.get(edge);
      if (share === undefined) return [];
      const usual = source.frame.latencyMs.p50[edge]!;
      const patience = this.#clients.timeoutS - (usual > 0 ? usual / 1000 : 0);
      const lost = share * shareSlowerThan(latencyMonkey, patience);
      return [{ edge, call, lost, delayMs: 1000 * share * meanDelay(latencyMonkey) }];
    });
    this.#made = new Float64Array(this.#slow.length).fill(1);
  }

  /** Before a step of `dt` seconds that begins at `tS`: sets by what factor the calls differ from what their gains say. */
  step(weights: Float64Array, flow: Float64Array, tS: number, dt: number): void {
    const { callFlow, callGain } = this.#graph;
    const budget = this.#clients.retries === 0 ? 0 : (this.#clients.retryBudget ?? this.#clients.retries);
    this.#slow.forEach(({ call, lost }, i) => {
      const wanted = callGain[call]! * flow[callFlow[call]!]! * dt;
      const made = this.#breakers.admit(call, tS, wanted);
      this.#breakers.record(call, tS, made, made * lost);
      const share = wanted > 0 ? made / wanted : 1;
      this.#made[i] = share;
      weights[call] = share * (1 + Math.min(lost, budget));
    });
  }

  /** How the slow edges fare. */
  get edges(): readonly SlowedEdge[] {
    return this.#slow.map(({ edge, lost, delayMs }, i) => {
      const made = this.#made[i]!;
      return { edge, failed: made * lost, fallenBack: 1 - made, delayMs };
    });
  }
}
