import type { Dispose } from "#base/disposer.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { ViewGraph } from "#domain/focus.ts";
import { pathKey, pathOf } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";
import type { Point } from "#base/point.ts";
import type { LayoutInput, LayoutResult } from "#layout/layout-input.ts";
import { roomOf } from "#scene/build-structure.ts";

import { holdPlaces } from "./hold-places.ts";
import { memo } from "./memo.ts";

/** Computes layouts elsewhere; the listener may be called several times, with ever better results. */
export interface LayoutService {
  request(input: LayoutInput, listener: (result: LayoutResult, isFinal: boolean) => void): Dispose;
}

/** Places by the node's key (pathKey). */
export type Places = ReadonlyMap<string, Point>;

export const nowhere: Places = new Map();

/** One level of the tree, with the names that its places are kept under. */
export interface PlacedView {
  readonly topology: Topology;
  readonly graph: ViewGraph;
  readonly viewKey: string;
  /** Places that a person has chosen. */
  readonly pins: Places;
  /** Width by height of the room on screen. */
  readonly aspect: number;
  /** Who has come is only visiting, as what is gone while moments are compared: nobody else moves, not even on a ring. */
  readonly isHeld: boolean;
}

/**
 * Where nodes stand, for every view that has been entered. A view is laid out when it is first seen and when nodes have come; what stands
 * stays, and numbers alone never move anything.
 */
export class ViewPlaces {
  readonly #layout: LayoutService;
  readonly #clock: Clock;
  readonly #onArrived: () => void;
  readonly #places = new Map<string, Places>();
  readonly #keysOf = memo(nodeKeys);
  #pending: { readonly key: string; readonly since: Millis; readonly stop: Dispose } | undefined;

  /** `onArrived` is called when better places have come. */
  constructor(layout: LayoutService, clock: Clock, onArrived: () => void) {
    this.#layout = layout;
    this.#clock = clock;
    this.#onArrived = onArrived;
  }

  /** Since when a layout is under way. */
  get pendingSince(): Millis | undefined {
    return this.#pending?.since;
  }

  /** Places of all nodes of the view; undefined while some node's place is still being computed. */
  of(view: PlacedView): Places | undefined {
    const known = this.#places.get(view.viewKey) ?? nowhere;
    const keys = this.#keysOf(view.topology, view.graph);
    if (keys.every((key) => known.has(key))) return known;
    const key = JSON.stringify([view.viewKey, keys]);
    if (this.#pending?.key !== key) this.#request(view, keys, key, known);
    const arrived = this.#places.get(view.viewKey) ?? nowhere;
    return keys.every((name) => arrived.has(name)) ? arrived : undefined;
  }

  /** Puts one node somewhere at once: it is being dragged. */
  move(viewKey: string, nodeKey: string, point: Point): void {
    this.#places.set(viewKey, new Map(this.#places.get(viewKey)).set(nodeKey, point));
  }

  /** Forgets a view's places, so that it is laid out afresh. */
  forget(viewKey: string): void {
    this.#places.delete(viewKey);
    this.#stop();
  }

  /** Forgets one node's place; the others stay, and the layout finds it a new one among them. */
  forgetNode(viewKey: string, nodeKey: string): void {
    const places = new Map(this.#places.get(viewKey));
    places.delete(nodeKey);
    this.#places.set(viewKey, places);
    this.#stop();
  }

  readonly dispose: Dispose = () => this.#stop();

  #request(view: PlacedView, keys: readonly string[], key: string, known: Places): void {
    this.#stop();
    let isFinished = false;
    const input = layoutInput(view, keys, known);
    const stop = this.#layout.request(input, ({ xy }, isFinal) => {
      this.#places.set(view.viewKey, view.isHeld ? holdPlaces(input, xy) : placesFrom(keys, xy));
      isFinished = isFinal;
      if (isFinal) this.#pending = undefined;
      this.#onArrived();
    });
    // A service may answer before it returns.
    if (!isFinished) this.#pending = { key, since: this.#clock.now(), stop };
  }

  #stop(): void {
    this.#pending?.stop();
    this.#pending = undefined;
  }
}

/** The names that the places of a view's nodes are kept under. */
export function nodeKeys(topology: Topology, graph: ViewGraph): readonly string[] {
  return graph.nodes.map(({ node }) => pathKey(pathOf(topology, node)));
}

function placesFrom(keys: readonly string[], xy: Float32Array): Places {
  return new Map(keys.map((key, i) => [key, { x: xy[2 * i] ?? 0, y: xy[2 * i + 1] ?? 0 }]));
}

function layoutInput(view: PlacedView, keys: readonly string[], known: Places): LayoutInput {
  const { topology, graph, pins, aspect } = view;
  const position = new Map(graph.nodes.map(({ node }, index) => [node, index]));
  const ends = graph.edges.flatMap((edge) => {
    const source = position.get(topology.edges[edge]?.source ?? -1);
    const target = position.get(topology.edges[edge]?.target ?? -1);
    return source === undefined || target === undefined ? [] : [source, target];
  });
  return {
    view: graph.view,
    keys,
    roles: graph.nodes.map(({ role }) => role),
    radii: Float32Array.from(graph.nodes, ({ role }) => roomOf(graph, role)),
    ends: Uint32Array.from(ends),
    // Traffic must not decide where things stand: another second would look different.
    weights: new Float32Array(ends.length / 2),
    aspect,
    pins,
    previous: known,
    seed: 1,
  };
}
