import * as fc from "fast-check";

import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";
import { mulberry32 } from "#base/random.ts";
import { viewGraph, type ViewGraph } from "#domain/focus.ts";
import { resolvePath, type NodePath } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes, type NodeVolumes } from "#domain/volume.ts";
import { buildStructure, type BuiltStructure } from "#scene/build-structure.ts";
import { buildValues } from "#scene/build-values.ts";
import { referenceVolume } from "#scene/reference-volume.ts";
import type { SceneValues } from "#scene/scene.ts";

import { arbitrarySnapshot } from "./arbitrary-traffic.ts";

export interface BuiltScene {
  readonly snapshot: TrafficSnapshot;
  readonly volumes: NodeVolumes;
  readonly graph: ViewGraph;
  readonly structure: BuiltStructure;
  readonly values: SceneValues;
}

export interface SceneWish {
  /** What is entered; the whole unless given. */
  readonly focus?: NodePath;
  /** Where the i-th node of the view stands; side by side, four to a row, unless given. */
  readonly placeOf?: (i: number) => Point;
  readonly pinned?: ReadonlySet<string>;
  readonly reference?: number;
  readonly now?: number;
}

const besideOneAnother = (i: number): Point => ({ x: (i % 4) * 320, y: Math.floor(i / 4) * 260 });

/** The scene of a snapshot, made as the page makes it, without a layout. */
export function builtScene(snapshot: TrafficSnapshot, wish: SceneWish = {}): BuiltScene {
  const { topology } = snapshot;
  const graph = viewGraph(topology, resolvePath(topology, wish.focus ?? []).node);
  const places = graph.nodes.map((_, i) => (wish.placeOf ?? besideOneAnother)(i));
  const structure = buildStructure({
    topology,
    graph,
    xy: Float32Array.from(places.flatMap(({ x, y }) => [x, y])),
    pinned: wish.pinned ?? new Set(),
    latencyMs: snapshot.latencyMs.p50,
    version: 1,
  });
  const volumes = nodeVolumes(snapshot);
  const reference = wish.reference ?? referenceVolume(graph, [snapshot]);
  const now = wish.now ?? snapshot.at;
  const values = buildValues({ structure, snapshot, volumes, reference, now });
  return { snapshot, volumes, graph, structure, values };
}

/** Position in the scene of the node of that name. */
export function positionNamed({ snapshot, structure }: BuiltScene, name: string): number {
  const position = [...structure.nodeIndex].findIndex((node) => snapshot.topology.nodes[node]?.name === name);
  return must(position < 0 ? undefined : position, `"${name}" is on screen`);
}

/** Any traffic, seen from any of its nodes, its nodes strewn anywhere: on top of one another too. */
export const arbitraryScene: fc.Arbitrary<BuiltScene> = fc
  .record({
    snapshot: arbitrarySnapshot,
    pick: fc.nat(20),
    seed: fc.nat(),
    extent: fc.constantFrom(0, 90, 600, 9000),
  })
  .map(({ snapshot, pick, seed, extent }) => {
    const random = mulberry32(seed);
    const { nodes } = snapshot.topology;
    const names: string[] = [];
    for (let at = pick % nodes.length; at > 0; at = must(nodes[at]).parent)
      names.unshift(must(nodes[at]).name);
    const placeOf = () => ({ x: (random() - 0.5) * extent, y: (random() - 0.5) * extent });
    return builtScene(snapshot, { focus: names, placeOf });
  });
