import { createSnapshot, emptyValues, type TrafficSnapshot } from "#domain/snapshot.ts";
import {
  createTopology,
  type NodeView,
  type Topology,
  type TrafficEdge,
  type TrafficNode,
} from "#domain/topology.ts";
import { standardClasses } from "#domain/traffic-class.ts";

/** A tree of names: a leaf is `{}`; edges are written "from > to" and join siblings. */
export interface NodeSketch {
  readonly view?: NodeView;
  readonly isEntry?: boolean;
  readonly type?: string;
  readonly class?: string;
  readonly children?: Readonly<Record<string, NodeSketch>>;
  /** "a > b": requests per second per class, in the order of the standard classes. */
  readonly edges?: Readonly<Record<string, readonly number[]>>;
}

/** Builds a snapshot from a sketch; parents come before children, edges of a parent before those of its children. */
export function buildSnapshot(root: NodeSketch, at = 0, revision = 1): TrafficSnapshot {
  const nodes: TrafficNode[] = [];
  const edges: TrafficEdge[] = [];
  const rates: (readonly number[])[] = [];
  function visit(name: string, sketch: NodeSketch, parent: number): void {
    const index = nodes.length;
    const { children = {}, edges: sketched = {}, ...own } = sketch;
    nodes.push({ name, parent, ...own });
    const position = new Map<string, number>();
    for (const [childName, child] of Object.entries(children)) {
      position.set(childName, nodes.length);
      visit(childName, child, index);
    }
    for (const [ends, edgeRates] of Object.entries(sketched)) {
      const [source = "", target = ""] = ends.split(" > ");
      edges.push({ source: position.get(source) ?? -1, target: position.get(target) ?? -1 });
      rates.push(edgeRates);
    }
  }
  visit("global", root, -1);
  const topology = createTopology({ revision, classes: standardClasses, nodes, edges });
  return snapshotOf(topology, (edge, c) => rates[edge]?.[c] ?? 0, at);
}

/** A snapshot of a topology with the given rates; everything else is unknown. */
export function snapshotOf(
  topology: Topology,
  rate: (edge: number, trafficClass: number) => number,
  at = 0,
): TrafficSnapshot {
  const values = emptyValues(topology);
  const classes = topology.classes.length;
  topology.edges.forEach((_, edge) => {
    for (let c = 0; c < classes; c += 1) values[edge * classes + c] = rate(edge, c);
  });
  return createSnapshot({ at, windowMs: 1000, topology, notices: [], values });
}

/** Two regions around the internet, each with a small chain of services: enough for most tests. */
export function twoRegions(at = 0): TrafficSnapshot {
  const region = {
    view: "flow",
    children: {
      INTERNET: { isEntry: true, type: "users" },
      api: { children: { "api-1": {}, "api-2": {} } },
      cart: {},
      store: { type: "storage" },
    },
    edges: { "INTERNET > api": [900, 5, 1], "api > cart": [300, 0, 3], "cart > store": [250, 0, 0] },
  } satisfies NodeSketch;
  return buildSnapshot(
    {
      view: "ring",
      children: { INTERNET: { isEntry: true }, east: region, west: region },
      edges: { "INTERNET > east": [900, 5, 1], "INTERNET > west": [400, 2, 0], "east > west": [10, 0, 0] },
    },
    at,
  );
}
