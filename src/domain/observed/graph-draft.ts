import { must } from "#base/assert.ts";
import type { JsonObject } from "#base/json.ts";
import type { Slices } from "#base/slices.ts";
import type { Millis } from "#base/time.ts";

import { sameClasses, sameEdge, sameNode } from "../delta-same.ts";
import type { Notice } from "../notice.ts";
import { createSnapshot, emptyValues, type TrafficSnapshot } from "../snapshot.ts";
import {
  createTopology,
  sameStructure,
  type EdgeIndex,
  type NodeIndex,
  type Topology,
  type TrafficEdge,
  type TrafficNode,
} from "../topology.ts";
import type { TrafficClass } from "../traffic-class.ts";
import type { ObservedLatency } from "./observation.ts";

/** What an edge of a draft carries; replaced as a whole by what has a lower rank. */
export interface DraftTraffic {
  /** Requests per second, by the classes of the draft. */
  readonly rates: Float64Array;
  readonly latencyMs: ObservedLatency | undefined;
  /** Of two that say something about one edge, the lower one is shown. */
  readonly rank: number;
}

/** Columns of a node that are known; the others stay NaN. */
export interface DraftNumbers {
  readonly nodeRates?: Float64Array;
  readonly maxVolume?: number;
  readonly capacity?: number;
  readonly instances?: number;
  readonly observedAt?: Millis;
}

/** A graph while it is put together from several sources: nodes by parent and name, edges by their ends. */
export class GraphDraft {
  readonly nodes: TrafficNode[] = [];
  readonly edges: TrafficEdge[] = [];
  readonly notices: Notice[] = [];
  readonly #classes: readonly TrafficClass[];
  /** Children by name, of nodes that have some. */
  readonly #nodeOf = new Map<NodeIndex, Map<string, NodeIndex>>();
  /** Edges by target, of nodes that send. */
  readonly #edgeOf = new Map<NodeIndex, Map<NodeIndex, EdgeIndex>>();
  readonly #traffic: DraftTraffic[] = [];
  readonly #numbers: DraftNumbers[] = [];

  constructor(classes: readonly TrafficClass[], root: Omit<TrafficNode, "parent">) {
    this.#classes = classes;
    this.#add({ ...root, parent: -1 });
  }

  /** The child of that name, made when there is none. What is said of it first stays; what is said later is added. */
  node(parent: NodeIndex, name: string, says: Omit<TrafficNode, "name" | "parent"> = {}): NodeIndex {
    const known = this.#nodeOf.get(parent)?.get(name);
    if (known === undefined) return this.#add({ ...says, name, parent });
    const before = must(this.nodes[known]);
    const metadata = joined(before.metadata, says.metadata);
    this.nodes[known] = { ...says, ...before, ...(metadata === undefined ? {} : { metadata }) };
    return known;
  }

  hasCapacity(node: NodeIndex): boolean {
    return this.#numbers[node]?.capacity !== undefined;
  }

  hasMaxVolume(node: NodeIndex): boolean {
    return this.#numbers[node]?.maxVolume !== undefined;
  }

  child(parent: NodeIndex, name: string): NodeIndex | undefined {
    return this.#nodeOf.get(parent)?.get(name);
  }

  childrenOf(parent: NodeIndex): IterableIterator<[string, NodeIndex]> {
    return (this.#nodeOf.get(parent) ?? new Map<string, NodeIndex>()).entries();
  }

  findEdge(source: NodeIndex, target: NodeIndex): EdgeIndex | undefined {
    return this.#edgeOf.get(source)?.get(target);
  }

  /** Puts traffic on an edge: in place of what is there when its rank is lower. Returns whether it is the one that is shown. */
  setEdge(edge: TrafficEdge, traffic: DraftTraffic): boolean {
    const known = this.findEdge(edge.source, edge.target);
    if (known === undefined) {
      const fromSource = this.#edgeOf.get(edge.source);
      if (fromSource === undefined)
        this.#edgeOf.set(edge.source, new Map([[edge.target, this.edges.length]]));
      else fromSource.set(edge.target, this.edges.length);
      this.edges.push(edge);
      this.#traffic.push(traffic);
      return true;
    }
    if (traffic.rank >= must(this.#traffic[known]).rank) return false;
    this.edges[known] = edge;
    this.#traffic[known] = traffic;
    return true;
  }

  /** What is known of a node; what was known before stays, but that it was heard of later counts. */
  setNumbers(node: NodeIndex, numbers: DraftNumbers): void {
    const before = must(this.#numbers[node]);
    const observedAt = Math.max(before.observedAt ?? -Infinity, numbers.observedAt ?? -Infinity);
    this.#numbers[node] = {
      ...numbers,
      ...before,
      ...(observedAt === -Infinity ? {} : { observedAt }),
    };
  }

  /** The snapshot; its topology is the very object `before` when nothing differs. */
  *finish(at: Millis, windowMs: number, before: Topology | undefined): Slices<TrafficSnapshot> {
    const topology = yield* this.#settle(before);
    yield;
    const values = emptyValues(topology);
    const snapshot = createSnapshot({ at, windowMs, topology, notices: this.notices, values });
    const classes = this.#classes.length;
    this.#traffic.forEach(({ rates, latencyMs }, edge) => {
      snapshot.rates.set(rates, edge * classes);
      if (latencyMs === undefined) return;
      snapshot.latencyMs.p50[edge] = latencyMs.p50;
      snapshot.latencyMs.p95[edge] = latencyMs.p95;
      snapshot.latencyMs.p99[edge] = latencyMs.p99;
    });
    this.#numbers.forEach(({ nodeRates, maxVolume, capacity, instances, observedAt }, node) => {
      if (nodeRates !== undefined) snapshot.nodeRates.set(nodeRates, node * classes);
      snapshot.maxVolume[node] = maxVolume ?? NaN;
      snapshot.capacity[node] = capacity ?? NaN;
      snapshot.instances[node] = instances ?? NaN;
      snapshot.observedAt[node] = observedAt ?? NaN;
    });
    return snapshot;
  }

  #add(node: TrafficNode): NodeIndex {
    const index = this.nodes.length;
    const siblings = this.#nodeOf.get(node.parent);
    if (siblings === undefined) this.#nodeOf.set(node.parent, new Map([[node.name, index]]));
    else siblings.set(node.name, index);
    this.nodes.push(node);
    this.#numbers.push({});
    return index;
  }

  *#settle(before: Topology | undefined): Slices<Topology> {
    const parts = { classes: this.#classes, nodes: this.nodes, edges: this.edges };
    if (before === undefined) return createTopology({ ...parts, revision: 1 });
    const kept = { ...parts, revision: before.revision };
    if (!sameStructure(before, kept)) return createTopology({ ...parts, revision: before.revision + 1 });
    yield;
    const isSame =
      sameClasses(before.classes, parts.classes) &&
      (yield* allSame(this.nodes, before.nodes, sameNode)) &&
      (yield* allSame(this.edges, before.edges, sameEdge));
    return isSame ? before : { ...before, ...kept };
  }
}

/** Items that are compared in one go: a few milliseconds. */
const sliceItems = 1_000;

/** Whether two lists of one length say the same, item by item. */
function* allSame<T>(
  items: readonly T[],
  before: readonly T[],
  same: (a: T, b: T) => boolean,
): Slices<boolean> {
  for (const [i, item] of items.entries()) {
    if (!same(item, must(before[i]))) return false;
    if (i % sliceItems === sliceItems - 1) yield;
  }
  return true;
}

function joined(first: JsonObject | undefined, later: JsonObject | undefined): JsonObject | undefined {
  return first === undefined ? later : later === undefined ? first : { ...later, ...first };
}
