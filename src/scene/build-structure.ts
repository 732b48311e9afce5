import { must } from "#base/assert.ts";
import { hashText } from "#base/random.ts";
import { isBoundary } from "#domain/boundary.ts";
import { canEnter, type ViewGraph, type ViewRole } from "#domain/focus.ts";
import { pathKey, pathOf } from "#domain/node-path.ts";
import type { NodeView, Topology } from "#domain/topology.ts";

import { curveLength, edgeCurves, type CurveStyle } from "./edge-geometry.ts";
import { longestFlightMs, shortestFlightMs } from "./flow-law.ts";
import type { NodeIcon, SceneEdges, SceneStructure } from "./scene.ts";

/** Room that the layout keeps for a node, and the most that it is drawn with: world units, which are CSS pixels at zoom 1. */
export function roomOf(graph: ViewGraph, role: ViewRole): number {
  if (graph.view === "ring") return role === "entry" ? 106 : 100;
  switch (role) {
    case "centre":
      return 66;
    case "instance":
      return 15;
    case "entry":
    case "member":
    case "caller":
    case "callee":
      return 21;
  }
}

/** World units per second that a dot travels. */
const dotSpeed = 115;

/** Latency, in milliseconds, at which dots travel at their usual speed. */
const usualLatencyMs = 100;

export interface StructureInput {
  readonly topology: Topology;
  readonly graph: ViewGraph;
  /** x and y of graph.nodes[i] are xy[2i] and xy[2i + 1]. */
  readonly xy: Float32Array;
  /** Keys (pathKey) of the nodes that a person has put in place. */
  readonly pinned: ReadonlySet<string>;
  /** Median latency of each edge of the topology, NaN where it is not known. */
  readonly latencyMs: Float64Array;
  readonly version: number;
  /** What a node that stands for another region is called, from that region's name; the name alone unless given. */
  readonly boundaryLabel?: (name: string) => string;
}

/** A scene's structure, with the way back to the topology. */
export interface BuiltStructure extends SceneStructure {
  /** Scene position to position in the topology. */
  readonly nodeIndex: Int32Array;
  readonly edgeIndex: Int32Array;
}

export function buildStructure(input: StructureInput): BuiltStructure {
  const { topology, graph, xy } = input;
  const count = graph.nodes.length;
  const nodes = {
    count,
    label: graph.nodes.map(({ node }) => labelOf(input, node)),
    role: graph.nodes.map(({ role }) => role),
    icon: graph.nodes.map(({ node, role }) => iconOf(topology, node, role)),
    x: Float32Array.from({ length: count }, (_, i) => xy[2 * i]!),
    y: Float32Array.from({ length: count }, (_, i) => xy[2 * i + 1]!),
    radius: Float32Array.from(graph.nodes, ({ role }) => roomOf(graph, role)),
    canEnter: Uint8Array.from(graph.nodes, ({ node }) =>
      node !== graph.focus && canEnter(topology, node) ? 1 : 0,
    ),
    pinned: Uint8Array.from(graph.nodes, ({ node }) =>
      input.pinned.has(pathKey(pathOf(topology, node))) ? 1 : 0,
    ),
  };
  return {
    viewKey: pathKey(pathOf(topology, graph.focus)),
    version: input.version,
    view: graph.view,
    nodes,
    edges: buildEdges(input, nodes),
    classes: topology.classes,
    nodeIndex: Int32Array.from(graph.nodes, ({ node }) => node),
    edgeIndex: Int32Array.from(graph.edges),
  };
}

function buildEdges(
  { topology, graph, latencyMs }: StructureInput,
  nodes: { readonly x: Float32Array; readonly y: Float32Array; readonly radius: Float32Array },
): SceneEdges {
  const position = new Map(graph.nodes.map(({ node }, index) => [node, index]));
  const ends = {
    count: graph.edges.length,
    source: Uint32Array.from(graph.edges, (edge) => must(position.get(must(topology.edges[edge]).source))),
    target: Uint32Array.from(graph.edges, (edge) => must(position.get(must(topology.edges[edge]).target))),
  };
  const rim = rimsOf(graph.view, nodes.radius);
  const curves = edgeCurves(ends, { x: nodes.x, y: nodes.y, rim }, curveStyleOf(graph.view));
  const parentSeed = hashText(pathKey(pathOf(topology, graph.focus)));
  return {
    ...ends,
    curves,
    seed: Uint32Array.from(graph.edges, (edge) => {
      const { source, target } = must(topology.edges[edge]);
      return hashText(
        must(topology.nodes[target]).name,
        hashText(must(topology.nodes[source]).name, parentSeed),
      );
    }),
    flightMs: Uint32Array.from(graph.edges, (edge, index) =>
      flightMs(curveLength(curves, index), latencyMs[edge] ?? NaN),
    ),
  };
}

export function curveStyleOf(view: NodeView): CurveStyle {
  return view === "ring" ? "straight" : "level";
}

/** Edges run to the middle of a disc, under it, so that they need not follow its size; a ring is too large for that. */
export function rimsOf(view: NodeView, radius: Float32Array): Float32Array {
  return radius.map((room) => (room > 40 ? room * 0.94 : view === "flow" ? 4 : 6));
}

/**
 * How long a dot is under way. Slow calls travel slower: at a tenth of the latency 1.7 times as fast, at ten times 0.4 times. Latency counts in steps
 * of a quarter octave, so that its noise does not move the dots about.
 */
export function flightMs(length: number, latencyMs: number): number {
  const octaves = latencyMs > 0 ? Math.round(Math.log2(latencyMs / usualLatencyMs) * 4) / 4 : 0;
  const speed = dotSpeed * Math.min(1.7, Math.max(0.4, 2 ** (-0.24 * octaves)));
  return Math.round(Math.min(longestFlightMs, Math.max(shortestFlightMs, (length / speed) * 1000)));
}

function labelOf({ topology, boundaryLabel }: StructureInput, node: number): string {
  const { displayName, name } = must(topology.nodes[node]);
  const label = displayName ?? name;
  return boundaryLabel !== undefined && isBoundary(topology, node) ? boundaryLabel(label) : label;
}

const iconOfType = new Map<string, NodeIcon>([
  ["service", "service"],
  ["default", "service"],
  ["storage", "storage"],
  ["database", "storage"],
  ["users", "users"],
  ["user", "user"],
  ["pipe", "pipe"],
  ["azure", "cloud"],
  ["cloud", "cloud"],
  ["cache", "cache"],
  ["queue", "queue"],
]);

function iconOf(topology: Topology, node: number, role: ViewRole): NodeIcon {
  const { type, isEntry } = must(topology.nodes[node]);
  if (role === "instance") return "none";
  if (isBoundary(topology, node)) return "region";
  const known = iconOfType.get(type?.toLowerCase() ?? "");
  return known ?? (isEntry === true ? "cloud" : "service");
}
