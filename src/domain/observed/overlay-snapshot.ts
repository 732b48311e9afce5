import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";

import type { Notice } from "../notice.ts";
import type { TrafficSnapshot } from "../snapshot.ts";
import type { EdgeIndex, NodeIndex } from "../topology.ts";
import type { TrafficClass } from "../traffic-class.ts";
import type { GraphDraft } from "./graph-draft.ts";

export interface Overlay {
  readonly source: string;
  readonly snapshot: TrafficSnapshot;
  readonly rank: number;
}

/** Adds a whole graph to a draft: its nodes and edges by their names. Returns how many of its edges give way to another source's. */
export function overlaySnapshot(
  draft: GraphDraft,
  classes: readonly TrafficClass[],
  { source, snapshot, rank }: Overlay,
): number {
  const { topology } = snapshot;
  const column = topology.classes.map(({ name }) => classes.findIndex((own) => own.name === name));
  const row = (from: Float64Array, index: number): Float64Array => {
    const rates = new Float64Array(classes.length);
    column.forEach((to, at) => {
      rates[to] = from[index * column.length + at]!;
    });
    return rates;
  };

  const nodes: NodeIndex[] = [];
  for (const { name, parent, ...says } of topology.nodes) {
    nodes.push(parent === -1 ? 0 : draft.node(must(nodes[parent]), name, says));
  }
  nodes.forEach((node, index) => {
    const reported = row(snapshot.nodeRates, index);
    draft.setNumbers(node, {
      ...(reported.some((rate) => Number.isNaN(rate)) ? {} : { nodeRates: reported }),
      ...known("maxVolume", snapshot.maxVolume[index]),
      ...known("capacity", snapshot.capacity[index]),
      ...known("instances", snapshot.instances[index]),
      ...known("observedAt", observedAt(snapshot, index)),
    });
  });

  let givenWay = 0;
  const edges = topology.edges.map((edge, index): EdgeIndex => {
    const ends = { source: must(nodes[edge.source]), target: must(nodes[edge.target]) };
    const { p50, p95, p99 } = snapshot.latencyMs;
    const latencyMs = { p50: p50[index]!, p95: p95[index]!, p99: p99[index]! };
    const provenance = edge.provenance ?? { source, windowMs: snapshot.windowMs };
    const isShown = draft.setEdge(
      { ...edge, ...ends, provenance },
      { rates: row(snapshot.rates, index), latencyMs, rank },
    );
    if (!isShown) givenWay += 1;
    return must(draft.findEdge(ends.source, ends.target));
  });
  for (const { target, ...rest } of snapshot.notices) {
    const moved: Notice["target"] =
      target.kind === "node"
        ? { kind: "node", node: must(nodes[target.node]) }
        : { kind: "edge", edge: must(edges[target.edge]) };
    draft.notices.push({ ...rest, target: moved });
  }
  return givenWay;
}

/** A graph that does not say when its nodes were heard of was heard of as a whole. */
function observedAt({ at, observedAt: column }: TrafficSnapshot, index: number): Millis {
  const own = column[index]!;
  return Number.isNaN(own) ? at : own;
}

function known<K extends string>(name: K, value: number | undefined): { readonly [key in K]?: number } {
  if (value === undefined || Number.isNaN(value)) return {};
  const found: { [key in K]?: number } = {};
  found[name] = value;
  return found;
}
