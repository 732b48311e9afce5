import { Emitter } from "#base/emitter.ts";
import { viewGraph, type ViewGraph } from "#domain/focus.ts";
import { pathKey, pathOf, resolvePath } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Topology } from "#domain/topology.ts";
import { buildEmphasis, type EmphasisInput } from "#scene/emphasis.ts";
import { buildStructure, type BuiltStructure } from "#scene/build-structure.ts";
import { moveStructure } from "#scene/move-structure.ts";
import { buildValues } from "#scene/build-values.ts";
import { worldToScreen, type Camera, type Viewport } from "#scene/camera.ts";
import { chooseScale, type FlowMode, type FlowScale } from "#scene/flow-scale.ts";
import type { SceneEdges } from "#scene/scene.ts";
import { referenceVolume } from "#scene/reference-volume.ts";
import type { SceneTransition, SceneUpdate } from "#scene/scene-update.ts";

import type { AppState, SceneState } from "./app-state.ts";
import { shownFrame } from "./compare-state.ts";
import { FlowFeed } from "./flow-feed.ts";
import { memo } from "./memo.ts";
import { changedItems, hasChanges, withChanges } from "./scene-changes.ts";
import { nodePosition, positionOf } from "./scene-positions.ts";
import { matchesOf, visibleGraph } from "./search-results.ts";
import { fill, texts } from "./texts.ts";
import { nodeKeys, nowhere, type Places, type ViewPlaces } from "./view-places.ts";

const boundaryLabel = (name: string): string => fill(texts.boundary.label, { name });

/** Dots on screen at most, before one dot is made to stand for more requests. */
const dotsAtMost = 400_000;

/**
 * Turns what the page knows into what is on screen. Each part is built anew only when something that it depends on has changed; what has changed is told to
 * whoever draws as a SceneUpdate.
 */
export class SceneDirector {
  readonly updates = new Emitter<SceneUpdate>();
  readonly #places: ViewPlaces;
  readonly #flow = new FlowFeed();
  readonly #viewGraph = memo(viewGraph);
  readonly #visibleGraph = memo(visibleGraph);
  readonly #referenceVolume = memo(referenceVolume);
  readonly #chooseScale = memo(chooseScaleFor);
  readonly #matchesOf = memo(matchesOf);
  readonly #keysOf = memo(nodeKeys);
  #version = 0;
  #scene: SceneState | undefined;
  #made: Made | undefined;

  constructor(places: ViewPlaces) {
    this.#places = places;
  }

  /** Builds what has changed, tells it, and returns the scene; the last one while a view's first layout is under way. */
  update(state: AppState): SceneState | undefined {
    const { current, volumes } = shownFrame(state);
    if (current === undefined || volumes === undefined) return this.#scene;
    const { topology } = current;
    const graph = this.#viewGraph(topology, resolvePath(topology, state.view.focus).node);
    const viewKey = pathKey(pathOf(topology, graph.focus));
    const pins = state.view.pins.get(viewKey) ?? nowhere;
    const isHeld = topology !== state.feed.current?.topology;
    const places = this.#places.of({ topology, graph, viewKey, pins, aspect: aspectOf(state), isHeld });
    if (places === undefined) {
      if (this.#scene !== undefined) this.#scene = { ...this.#scene, layoutSince: this.#places.pendingSince };
      return this.#scene;
    }
    const shown = this.#visibleGraph(graph, state.search.filter, current, volumes);
    const before = this.#scene;
    const made = this.#made;
    const isOther = made === undefined || made.topology !== topology || !sameGraph(made.shown, shown);
    const hasMoved = isOther || made.places !== places || made.pins !== pins;
    const structure = hasMoved
      ? this.#structure(current, shown, places, pins, isOther ? undefined : before?.structure)
      : (before?.structure ?? this.#structure(current, shown, places, pins, undefined));
    const reference = this.#referenceVolume(shown, state.feed.frames);
    const { comparison } = state.compare;
    const hasNews = hasMoved || made.current !== current || made.state.compare.comparison !== comparison;
    const values =
      hasNews || before === undefined
        ? withChanges(
            buildValues({ structure, snapshot: current, volumes, reference, now: current.at }),
            comparison,
            structure,
          )
        : before.values;
    const scene: SceneState = {
      topology,
      graph: shown,
      structure,
      values,
      scale: this.#scale(state, structure, values.edgeRate, reference),
      shown: { nodes: shown.nodes.length, edges: shown.edges.length },
      all: { nodes: graph.nodes.length, edges: graph.edges.length },
      found: this.#matchesOf(state.search, structure, current, volumes),
      layoutSince: this.#places.pendingSince,
    };
    this.#scene = scene;
    this.#made = { topology, shown, places, pins, current, state };
    this.#tellPicture(state, topology, scene, before, { isOther, hasMoved, hasNews });
    this.#tellTime(state, made?.state);
    this.#tellEmphasis(state, topology, scene, isOther ? undefined : made.state, before?.found);
    return scene;
  }

  /** Tells the camera; apart from `update`, because it moves without anything else changing. */
  moveCamera(camera: Camera, animateMs: number): void {
    this.updates.emit({ kind: "camera", camera, animateMs });
  }

  /** Tells everything again: a new renderer has come. */
  retell(state: AppState): void {
    this.moveCamera(state.view.camera, 0);
    const scene = this.#scene;
    if (scene === undefined) return;
    const { structure, values, topology, scale } = scene;
    const rows = this.#flow.start(state.feed, topology, structure, scale);
    this.updates.emit({ kind: "scene", structure, values, rows });
    this.#tellTime(state, undefined);
    this.#tellEmphasis(state, topology, scene, undefined, undefined);
  }

  /** `same`: the structure of the same nodes and edges, which stand elsewhere now. */
  #structure(
    current: TrafficSnapshot,
    graph: ViewGraph,
    places: Places,
    pins: Places,
    same: BuiltStructure | undefined,
  ): BuiltStructure {
    this.#version += 1;
    const keys = this.#keysOf(current.topology, graph);
    const xy = new Float32Array(keys.length * 2);
    keys.forEach((key, index) => {
      const place = places.get(key);
      xy[2 * index] = place?.x ?? 0;
      xy[2 * index + 1] = place?.y ?? 0;
    });
    const latencyMs = current.latencyMs.p50;
    const version = this.#version;
    if (same !== undefined) {
      const pinned = Uint8Array.from(keys, (key) => (pins.has(key) ? 1 : 0));
      return moveStructure(same, { xy, pinned, latencyMs, version });
    }
    return buildStructure({
      topology: current.topology,
      graph,
      xy,
      pinned: new Set(pins.keys()),
      latencyMs,
      version,
      boundaryLabel,
    });
  }

  /** The same object for the same scale: another one would have all rows built again. */
  #scale(state: AppState, structure: BuiltStructure, rates: Float32Array, reference: number): FlowScale {
    const { flowMode, density } = state.settings;
    const next = this.#chooseScale(flowMode, density, reference, structure.edges, rates);
    const last = this.#scene?.scale;
    const isSame =
      last !== undefined &&
      last.mode === next.mode &&
      last.worth === next.worth &&
      last.isCapped === next.isCapped;
    return isSame ? last : next;
  }

  #tellPicture(
    state: AppState,
    topology: Topology,
    scene: SceneState,
    before: SceneState | undefined,
    { isOther, hasMoved, hasNews }: Changes,
  ): void {
    const { structure, values, scale } = scene;
    if (isOther) {
      const rows = this.#flow.start(state.feed, topology, structure, scale);
      const transition = transitionBetween(before, scene, state.view.camera, state.screen.viewport);
      this.updates.emit({
        kind: "scene",
        structure,
        values,
        rows,
        ...(transition === undefined ? {} : { transition }),
      });
      return;
    }
    if (hasMoved) this.updates.emit({ kind: "scene", structure, values });
    else if (hasNews) this.updates.emit({ kind: "values", values });
    for (const update of this.#flow.next(state.feed, topology, structure, scale)) this.updates.emit(update);
  }

  #tellTime(state: AppState, before: AppState | undefined): void {
    const { timeMap: map, generation } = state.feed;
    if (before !== undefined && before.feed.timeMap === map && before.feed.generation === generation) return;
    this.updates.emit({ kind: "time", map, restart: before?.feed.generation !== generation });
  }

  #tellEmphasis(
    state: AppState,
    topology: Topology,
    scene: SceneState,
    before: AppState | undefined,
    foundBefore: ReadonlySet<number> | undefined,
  ): void {
    const { view } = state;
    const isSame =
      before !== undefined &&
      before.view.selection === view.selection &&
      before.view.hover === view.hover &&
      before.view.cursor === view.cursor &&
      before.compare.comparison === state.compare.comparison &&
      sameSets(foundBefore, scene.found);
    if (isSame) return;
    const { structure } = scene;
    const selected = positionOf(view.selection, structure, topology);
    const hovered = positionOf(view.hover, structure, topology);
    const emphasis = buildEmphasis({
      structure,
      hoveredNode: hovered.node,
      hoveredEdge: hovered.edge,
      selectedNode: selected.node,
      selectedEdge: selected.edge,
      focusedNode: nodePosition(view.cursor, structure, topology),
      ...foundIn(scene),
    });
    this.updates.emit({ kind: "emphasis", version: structure.version, emphasis });
  }
}

/** What a search has found comes forward; else what has changed, while moments are compared. */
function foundIn({ structure, found, values: { changes } }: SceneState): Pick<EmphasisInput, "found"> {
  if (found !== undefined) return { found: { nodes: found, edges: edgesAmong(structure, found) } };
  if (changes === undefined) return {};
  // Where nothing has changed, nothing stands back: the picture is as it always is.
  return hasChanges(changes) ? { found: changedItems(changes, structure.nodes) } : {};
}

function chooseScaleFor(
  mode: FlowMode,
  density: number,
  reference: number,
  edges: SceneEdges,
  rates: Float32Array,
): FlowScale {
  return chooseScale({ mode, reference, density, dotsAtMost }, edges, rates);
}

/** What the last scene was made of. */
interface Made {
  readonly topology: Topology;
  readonly shown: ViewGraph;
  readonly places: Places;
  readonly pins: Places;
  readonly current: TrafficSnapshot;
  readonly state: AppState;
}

interface Changes {
  /** Other nodes, other edges, or what they say of themselves. */
  readonly isOther: boolean;
  readonly hasMoved: boolean;
  readonly hasNews: boolean;
}

function sameGraph(a: ViewGraph, b: ViewGraph): boolean {
  if (a === b) return true;
  return (
    a.focus === b.focus &&
    a.nodes.length === b.nodes.length &&
    a.edges.length === b.edges.length &&
    a.nodes.every((node, i) => node.node === b.nodes[i]?.node) &&
    a.edges.every((edge, i) => edge === b.edges[i])
  );
}

function sameSets(a: ReadonlySet<number> | undefined, b: ReadonlySet<number> | undefined): boolean {
  return (
    a === b ||
    (a !== undefined && b !== undefined && a.size === b.size && [...a].every((item) => b.has(item)))
  );
}

/** Edges of which both ends were found. */
function edgesAmong(structure: BuiltStructure, found: ReadonlySet<number>): ReadonlySet<number> {
  const edges = new Set<number>();
  for (let edge = 0; edge < structure.edges.count; edge += 1) {
    if (found.has(structure.edges.source[edge] ?? -1) && found.has(structure.edges.target[edge] ?? -1))
      edges.add(edge);
  }
  return edges;
}

/** Going one level down grows out of the node that is entered; going up shrinks into the node that is left. */
function transitionBetween(
  before: SceneState | undefined,
  after: SceneState,
  camera: Camera,
  viewport: Viewport,
): SceneTransition | undefined {
  if (before === undefined || before.structure.viewKey === after.structure.viewKey) return undefined;
  const entered = positionOfView(before, after.structure.viewKey);
  if (entered >= 0)
    return {
      direction: "enter",
      anchor: worldToScreen(camera, viewport, placeOf(before.structure, entered)),
    };
  const left = positionOfView(after, before.structure.viewKey);
  if (left >= 0) return { direction: "leave", anchor: { x: viewport.width / 2, y: viewport.height / 2 } };
  return undefined;
}

function positionOfView({ structure, topology }: SceneState, viewKey: string): number {
  return structure.nodeIndex.findIndex((node) => pathKey(pathOf(topology, node)) === viewKey);
}

function placeOf({ nodes }: BuiltStructure, position: number): { readonly x: number; readonly y: number } {
  return { x: nodes.x[position] ?? 0, y: nodes.y[position] ?? 0 };
}

/** What the bars cover of the height, CSS px: about, because what happens to be open or loaded must not decide where things stand. */
const usualBars = 96;

/** Width by height of the room that a view usually has: the same window gives the same places. */
function aspectOf({ screen: { viewport } }: AppState): number {
  return Math.max(1, viewport.width) / Math.max(1, viewport.height - usualBars);
}
