import type { Millis } from "#base/time.ts";
import type { DrillInfo } from "#domain/drill-info.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot, type LatencyColumns, type TrafficSnapshot } from "#domain/snapshot.ts";
import type { EdgeIndex } from "#domain/topology.ts";
import type { ClassSeverity, TrafficClass } from "#domain/traffic-class.ts";

import { meanWait } from "../erlang.ts";
import type { World } from "./world.ts";
import type { WorldGraph } from "./world-graph.ts";

/** What a snapshot of the world says beside its numbers. */
export interface FrameFacts {
  readonly at: Millis;
  readonly notices: readonly Notice[];
  readonly simulated?: DrillInfo;
}

/** Parts of a row of traffic that came to no good end, 0 to 1 together. */
interface Damage {
  readonly failed: number;
  readonly shed: number;
}

const unharmed: Damage = { failed: 0, shed: 0 };

/** More servers than this share their queue so well that nobody waits below saturation (Erlang C at a utilisation of .8: 1.001 service times). */
const mostServers = 100;

/**
 * Writes the world in the shape of the frame that it started from. Rates are those of the moment; what fails and what is shed is said as the share over
 * the last ten seconds, beside what failed in the frame already.
 */
export class FrameWriter {
  readonly #frame: TrafficSnapshot;
  readonly #world: World;
  readonly #classes: number;
  readonly #normal: number;
  readonly #warning: number;
  readonly #danger: number;
  /** What each region passes on to each other, by edge: positions of source and target; -1 for all other edges. */
  readonly #edgeRegions: readonly (readonly [from: number, to: number])[];
  readonly #servers: Float64Array;

  /** @param frame the one that the world was compiled from; its topology has classes for warning and danger */
  constructor(frame: TrafficSnapshot, world: World) {
    const { topology } = frame;
    this.#frame = frame;
    this.#world = world;
    this.#classes = topology.classes.length;
    this.#normal = classOf(topology.classes, "normal");
    this.#warning = classOf(topology.classes, "warning");
    this.#danger = classOf(topology.classes, "danger");
    const position = new Map(world.graph.regions.map(({ node }, r) => [node, r]));
    this.#edgeRegions = topology.edges.map(({ source, target }) => [
      position.get(source) ?? -1,
      position.get(target) ?? -1,
    ]);
    this.#servers = Float64Array.from(topology.nodes, (_, node) => instancesOf(frame, node));
  }

  write({ at, notices, simulated }: FrameFacts): TrafficSnapshot {
    const { topology, values } = this.#frame;
    const snapshot = createSnapshot({
      at,
      windowMs: 1000,
      topology,
      notices,
      ...(simulated === undefined ? {} : { simulated }),
      values: values.slice(),
    });
    const damages = this.#damages();
    this.#writeEdges(snapshot, damages);
    this.#writeNodes(snapshot, damages, at);
    return snapshot;
  }

  #damages(): readonly Damage[] {
    const { graph, outcomes } = this.#world;
    return Array.from({ length: graph.stations }, (_, s) => {
      const failed = outcomes.failedShare(s);
      const shed = outcomes.shedShare(s);
      return failed + shed > 0 ? { failed, shed } : unharmed;
    });
  }

  #writeEdges(snapshot: TrafficSnapshot, damages: readonly Damage[]): void {
    const { graph, flow, routing } = this.#world;
    const { latencyMs } = snapshot;
    const waits = Array.from({ length: graph.stations }, (_, s) => this.#wait(s, latencyMs.p50));
    for (let edge = 0; edge < graph.edgeFlow.length; edge += 1) {
      const station = graph.edgeTarget[edge]!;
      const [from, to] = this.#edgeRegions[edge]!;
      let rate = graph.edgeGain[edge]! * flow[graph.edgeFlow[edge]!]!;
      let damage = damages[station] ?? unharmed;
      if (from !== -1 && from === routing.victim && to !== -1) rate += routing.passed[to]!;
      if (from === -1 && to !== -1 && to === routing.victim) damage = this.#damageOfVictim(damages);
      this.#writeRow(snapshot.rates, this.#frame.rates, edge, rate, damage);
      const wait = waits[station] ?? 0;
      if (wait > 0) delay(latencyMs, edge, wait);
    }
    for (const { between, leaving, arriving } of graph.crossings) {
      // Front doors know of users only; what regions call in each other fares as it does where it arrives.
      const called = meanOf(graph, damages, arriving);
      for (const edge of [...between, ...leaving]) {
        const rate = graph.edgeGain[edge]! * flow[graph.edgeFlow[edge]!]!;
        const [from, to] = this.#edgeRegions[edge]!;
        const passed = from !== -1 && from === routing.victim ? routing.passed[to]! : 0;
        const damage = passed === 0 ? called : mixed(called, rate, damages[to] ?? unharmed, passed);
        this.#writeRow(snapshot.rates, this.#frame.rates, edge, rate + passed, damage);
      }
    }
    for (const { edge, failed, fallenBack, delayMs } of this.#world.slowCalls.edges) {
      const rate = graph.edgeGain[edge]! * flow[graph.edgeFlow[edge]!]!;
      const atCallee = damages[graph.edgeTarget[edge]!] ?? unharmed;
      const well = 1 - failed - fallenBack;
      const damage = { failed: failed + well * atCallee.failed, shed: fallenBack + well * atCallee.shed };
      this.#writeRow(snapshot.rates, this.#frame.rates, edge, rate, damage);
      delay(latencyMs, edge, delayMs);
    }
  }

  /** What arrives at the victim meets its own fleet, or those that its front door passes it on to. */
  #damageOfVictim(damages: readonly Damage[]): Damage {
    const { victim, proxied, shares } = this.#world.routing;
    let { failed, shed } = damages[victim]!;
    failed *= 1 - proxied;
    shed *= 1 - proxied;
    for (let r = 0; r < shares.length; r += 1) {
      failed += proxied * shares[r]! * damages[r]!.failed;
      shed += proxied * shares[r]! * damages[r]!.shed;
    }
    return { failed, shed };
  }

  #writeNodes(snapshot: TrafficSnapshot, damages: readonly Damage[], at: Millis): void {
    const { graph, fresh, capacity, fleets } = this.#world;
    for (let node = 0; node < graph.nodeStation.length; node += 1) {
      if (!Number.isNaN(snapshot.observedAt[node]!)) snapshot.observedAt[node] = at;
      const station = graph.nodeStation[node]!;
      if (station === -1) continue;
      const base = nodeTotal(this.#frame, node, this.#classes);
      if (base > 0) {
        const rate = (base * fresh[station]!) / graph.stationLoad[station]!;
        this.#writeRow(snapshot.nodeRates, this.#frame.nodeRates, node, rate, damages[station]!);
      }
      if (graph.stationNode[station] !== node) continue;
      if (capacity[station]! < Infinity) snapshot.capacity[node] = capacity[station]!;
      const servers = this.#servers[node]!;
      const size = capacity[station]! / fleets.up[station]!;
      // A count that the frame does not give is told only while it changes.
      if (servers > 0 && (size !== 1 || !Number.isNaN(this.#frame.instances[node]!))) {
        snapshot.instances[node] = Math.round(servers * size);
      }
    }
  }

  /** One row of rates: `rate` in the mix of classes that it has in the frame, less what was damaged. */
  #writeRow(column: Float64Array, base: Float64Array, row: number, rate: number, damage: Damage): void {
    const classes = this.#classes;
    const at = row * classes;
    let before = 0;
    for (let c = 0; c < classes; c += 1) if (base[at + c]! > 0) before += base[at + c]!;
    const whole = rate * (1 - damage.failed - damage.shed);
    for (let c = 0; c < classes; c += 1) {
      const share = base[at + c]! > 0 ? base[at + c]! / before : 0;
      column[at + c] = Math.max(0, whole * share);
    }
    // A row without traffic in the frame, such as a stream that only a drill brings, is healthy but for the damage.
    if (before === 0 && whole > 0) column[at + this.#normal] = whole;
    if (damage.failed > 0) column[at + this.#danger]! += rate * damage.failed;
    if (damage.shed > 0) column[at + this.#warning]! += rate * damage.shed;
  }

  /**
   * Milliseconds that a call waits at a station beyond what it waited in the frame: for what is queued before it, and for a free server (Erlang C, with the
   * median latency as the time of service).
   */
  #wait(station: number, p50: Float64Array): number {
    const { graph, stations, capacity, fresh, fleets } = this.#world;
    const node = graph.stationNode[station]!;
    const room = capacity[station]!;
    const queued = room > 0 ? (1000 * stations.backlog(station)) / room : 0;
    const servers = Math.round(this.#servers[node]!);
    const edge = graph.topology.incoming[node]?.[0];
    const service = edge === undefined ? NaN : p50[edge]!;
    if (!(servers >= 1) || servers > mostServers || !(service > 0)) return queued;
    const load = (rate: number, bound: number): number => servers * Math.min(0.99, rate / bound);
    const now = meanWait(servers, load(fresh[station]!, room), service);
    const then = meanWait(servers, load(graph.stationLoad[station]!, fleets.up[station]!), service);
    return queued + (room > 0 ? Math.max(0, now - then) : 0);
  }
}

function mixed(a: Damage, ofA: number, b: Damage, ofB: number): Damage {
  const share = ofB / (ofA + ofB);
  return { failed: a.failed + share * (b.failed - a.failed), shed: a.shed + share * (b.shed - a.shed) };
}

/** Of edges that follow one flow: their gains weigh them. */
function meanOf(
  { edgeGain, edgeTarget }: WorldGraph,
  damages: readonly Damage[],
  edges: readonly EdgeIndex[],
): Damage {
  let [whole, failed, shed] = [0, 0, 0];
  for (const edge of edges) {
    const damage = damages[edgeTarget[edge]!] ?? unharmed;
    const weight = edgeGain[edge]!;
    whole += weight;
    failed += weight * damage.failed;
    shed += weight * damage.shed;
  }
  return whole > 0 ? { failed: failed / whole, shed: shed / whole } : unharmed;
}

function delay({ p50, p95, p99 }: LatencyColumns, edge: EdgeIndex, ms: number): void {
  p50[edge]! += ms;
  p95[edge]! += ms;
  p99[edge]! += ms;
}

function classOf(classes: readonly TrafficClass[], severity: ClassSeverity): number {
  return classes.findIndex((item) => item.severity === severity);
}

function nodeTotal({ nodeRates }: TrafficSnapshot, node: number, classes: number): number {
  let total = 0;
  for (let c = node * classes; c < (node + 1) * classes; c += 1)
    if (nodeRates[c]! > 0) total += nodeRates[c]!;
  return total;
}

/** How many instances a node has: as it says, else as many as are drawn inside; 0 where neither is known. */
function instancesOf({ topology, instances }: TrafficSnapshot, node: number): number {
  const said = instances[node]!;
  if (said > 0) return said;
  const isService = topology.nodes[node]!.parent > 0;
  return isService ? (topology.children[node]?.length ?? 0) : 0;
}
