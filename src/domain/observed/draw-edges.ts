import { eachInSlices, type Slices } from "#base/slices.ts";
import type { Millis } from "#base/time.ts";

import { beyondKey, boundaryType, regionKey, unknownRegion } from "../boundary.ts";
import { limits } from "../limits.ts";
import type { NodeIndex, TrafficNode } from "../topology.ts";
import { sliceEdges, summed, type ChosenEdge } from "./choose-edges.ts";
import type { GraphDraft } from "./graph-draft.ts";
import type { ObservedEdge, ObservedEnd, ObservedService } from "./observation.ts";

/** Where traffic comes from that no region sends. */
export const outsideName = "INTERNET";

/** Names on the other side that a boundary's edge lists. */
const greatestListed = 20;

/** An edge of the draft while traffic is added up on it. */
interface Lifted {
  readonly source: NodeIndex;
  readonly target: NodeIndex;
  sum: Pick<ObservedEdge, "rates" | "latencyMs">;
  rank: number;
  windowMs: number;
  sampling: number | undefined;
  protocol: string | undefined;
  metadata: ObservedEdge["metadata"];
  readonly sources: string[];
  /** Services on the other side of a boundary. */
  readonly beyond: ObservedService[];
}

/**
 * Draws edges between services into a tree of regions. Traffic within a region is an edge inside it. Traffic between regions is added up on an edge
 * between the two, and stands inside each of them between the service and a node named after the other side: seen at every level, counted once at each.
 * Traffic from outside is the same with the entry in place of a region.
 */
export function* drawEdges(draft: GraphDraft, edges: readonly ChosenEdge[]): Slices<void> {
  const drawing = new Drawing(draft);
  yield* eachInSlices(edges, sliceEdges, (edge) => drawing.nameServices(edge));
  yield* eachInSlices(edges, sliceEdges, (edge) => drawing.add(edge));
  yield* drawing.finish();
}

/** The name of a service's node: two of one name in different namespaces are two nodes. */
export function serviceNodeName({ namespace, name }: Pick<ObservedService, "namespace" | "name">): string {
  return cut(namespace === undefined || namespace === "" ? name : `${name}.${namespace}`);
}

class Drawing {
  readonly #draft: GraphDraft;
  /** By source, then by target. */
  readonly #lifted = new Map<NodeIndex, Map<NodeIndex | string, Lifted>>();
  /** By region, then by the region on the other side; "" stands for the outside. */
  readonly #boundaryOf = new Map<NodeIndex, Map<NodeIndex | string, NodeIndex>>();
  /** Ends are the same objects in all edges. */
  readonly #regionOf = new Map<ObservedEnd, NodeIndex>();
  readonly #serviceOf = new Map<ObservedEnd, NodeIndex>();
  readonly #heardAt = new Map<NodeIndex, Millis>();

  constructor(draft: GraphDraft) {
    this.#draft = draft;
  }

  /** Services first: a boundary must not take a service's name. */
  nameServices(edge: ChosenEdge): void {
    for (const end of [edge.from, edge.to]) {
      if (end.kind === "outside") continue;
      const { at } = edge.heard.observation;
      this.#heard(this.#service(end), at);
      this.#heard(this.#region(end), at);
    }
  }

  add(edge: ChosenEdge): void {
    const { from, to } = edge;
    const source = this.#region(from);
    const target = this.#region(to);
    if (from.kind === "service" && to.kind === "service" && source === target) {
      this.#lift(this.#service(from), this.#service(to), edge, undefined);
      return;
    }
    if (source !== target) this.#lift(source, target, edge, undefined);
    if (from.kind === "service") this.#lift(this.#service(from), this.#boundary(source, to), edge, to);
    if (to.kind === "service") this.#lift(this.#boundary(target, from), this.#service(to), edge, from);
  }

  *finish(): Slices<void> {
    const all = [...this.#lifted.values()].flatMap((fromSource) => [...fromSource.values()]);
    yield* eachInSlices(all, sliceEdges, (lifted) => {
      const { source, target, sum, rank, sources, windowMs, sampling, protocol, metadata, beyond } = lifted;
      const { normal, warning, danger } = sum.rates;
      const says = {
        ...metadata,
        ...(protocol === undefined ? {} : { protocol }),
        ...(beyond.length === 0 ? {} : { [beyondKey]: beyond.map((end) => serviceNodeName(end)).toSorted() }),
      };
      this.#draft.setEdge(
        {
          source,
          target,
          provenance: {
            source: sources.join(", "),
            windowMs,
            ...(sampling === undefined ? {} : { sampling }),
          },
          ...(Object.keys(says).length === 0 ? {} : { metadata: says }),
        },
        { rates: Float64Array.of(normal, warning, danger), latencyMs: sum.latencyMs, rank },
      );
    });
    for (const [node, observedAt] of this.#heardAt) this.#draft.setNumbers(node, { observedAt });
  }

  #lift(source: NodeIndex, target: NodeIndex, edge: ChosenEdge, beyond: ObservedEnd | undefined): void {
    const fromSource = mapAt(this.#lifted, source);
    const { heard, rank, sampling, protocol, metadata } = edge;
    const { windowMs } = heard.observation;
    let lifted = fromSource.get(target);
    if (lifted === undefined) {
      const sources = [heard.source];
      lifted = {
        source,
        target,
        sum: edge,
        rank,
        windowMs,
        sampling,
        protocol,
        metadata,
        sources,
        beyond: [],
      };
      fromSource.set(target, lifted);
    } else {
      lifted.sum = summed(lifted.sum, edge);
      lifted.rank = Math.min(lifted.rank, rank);
      lifted.windowMs = Math.max(lifted.windowMs, windowMs);
      lifted.sampling = least(lifted.sampling, sampling);
      if (lifted.protocol !== protocol) lifted.protocol = undefined;
      lifted.metadata = undefined;
      if (!lifted.sources.includes(heard.source)) lifted.sources.push(heard.source);
    }
    if (beyond?.kind !== "service" || lifted.beyond.length >= greatestListed) return;
    // Ends are the same objects in all edges.
    if (!lifted.beyond.includes(beyond)) lifted.beyond.push(beyond);
  }

  #region(end: ObservedEnd): NodeIndex {
    const known = this.#regionOf.get(end);
    if (known !== undefined) return known;
    const region = this.#drawRegion(end);
    this.#regionOf.set(end, region);
    return region;
  }

  #service(end: ObservedService): NodeIndex {
    const known = this.#serviceOf.get(end);
    if (known !== undefined) return known;
    const service = this.#drawService(end);
    this.#serviceOf.set(end, service);
    return service;
  }

  #drawRegion(end: ObservedEnd): NodeIndex {
    if (end.kind === "outside") return this.#entry(0);
    const name = cut(end.region ?? unknownRegion);
    return this.#draft.node(0, name, { view: "flow" });
  }

  #drawService(end: ObservedService): NodeIndex {
    const { namespace, name, type, metadata } = end;
    const says: Omit<TrafficNode, "name" | "parent"> = {
      ...(type === undefined ? {} : { type }),
      ...(namespace === undefined || namespace === ""
        ? metadata === undefined
          ? {}
          : { metadata }
        : { displayName: cut(name), metadata: { ...metadata, namespace } }),
    };
    return this.#draft.node(this.#region(end), serviceNodeName(end), says);
  }

  #boundary(region: NodeIndex, other: ObservedEnd): NodeIndex {
    const ofRegion = mapAt(this.#boundaryOf, region);
    const name = other.kind === "outside" ? "" : cut(other.region ?? unknownRegion);
    let boundary = ofRegion.get(name);
    if (boundary === undefined) {
      boundary = name === "" ? this.#entry(region) : this.#drawBoundary(region, name);
      ofRegion.set(name, boundary);
    }
    return boundary;
  }

  #drawBoundary(region: NodeIndex, name: string): NodeIndex {
    const known = this.#draft.child(region, name);
    const isTaken = known !== undefined && this.#draft.nodes[known]?.type !== boundaryType;
    if (!isTaken) return this.#draft.node(region, name, { type: boundaryType });
    const says = { type: boundaryType, displayName: name, metadata: { [regionKey]: name } };
    return this.#draft.node(region, `${name} (region)`, says);
  }

  #entry(parent: NodeIndex): NodeIndex {
    return this.#draft.node(parent, outsideName, { isEntry: true, type: "users" });
  }

  #heard(node: NodeIndex, at: Millis): void {
    this.#heardAt.set(node, Math.max(this.#heardAt.get(node) ?? -Infinity, at));
  }
}

function mapAt<K, V>(maps: Map<K, Map<NodeIndex | string, V>>, key: K): Map<NodeIndex | string, V> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

function cut(name: string): string {
  return name.length <= limits.nameLength ? name : `${name.slice(0, limits.nameLength - 1)}…`;
}
