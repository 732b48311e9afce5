import type { JsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";
import { createSnapshot, slotOffsets, slotShape, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology, type Topology } from "#domain/topology.ts";

import { quoted } from "./place.ts";
import type { ReadingContext } from "./reading-context.ts";

/** What the file as a whole says, and what its caller has decided. */
export interface Finish {
  readonly at: Millis;
  readonly windowMs: number;
  readonly revision: number;
  /** Added to every moment of the file. */
  readonly shiftMs: number;
}

/** Turns what was read into a snapshot. */
export function finishReading(context: ReadingContext, finish: Finish): TrafficSnapshot {
  settleDeclaredClasses(context);
  const topology = createTopology({
    revision: finish.revision,
    classes: context.classes.list(),
    nodes: context.nodes,
    edges: context.edges,
  });
  return createSnapshot({
    at: finish.at,
    windowMs: finish.windowMs,
    topology,
    // In the order of the tree, so that writing and reading again changes nothing.
    notices: context.notices.toSorted(
      (a, b) => targetRank(a.target, topology) - targetRank(b.target, topology),
    ),
    values: columns(context, topology, finish.shiftMs),
  });
}

function targetRank(target: TrafficSnapshot["notices"][number]["target"], topology: Topology): number {
  return target.kind === "node" ? target.node : topology.nodes.length + target.edge;
}

function columns(context: ReadingContext, topology: Topology, shiftMs: number): Float64Array {
  const offsets = slotOffsets(slotShape(topology));
  const classes = topology.classes.length;
  const values = new Float64Array(offsets.length);
  values.fill(NaN, offsets.p50);
  for (const [edge, rates] of context.edgeRates.entries()) {
    for (let c = 0; c < rates.length; c += 1) values[edge * classes + c] = rates[c] ?? 0;
    const latency = context.latency[edge];
    if (latency === undefined) continue;
    values[offsets.p50 + edge] = latency.p50;
    values[offsets.p95 + edge] = latency.p95;
    values[offsets.p99 + edge] = latency.p99;
  }
  for (const [node, rates] of context.nodeRates.entries()) {
    if (rates === undefined) continue;
    const first = offsets.nodeRates + node * classes;
    for (let c = 0; c < classes; c += 1) values[first + c] = rates[c] ?? 0;
  }
  values.set(context.maxVolume, offsets.maxVolume);
  values.set(context.capacity, offsets.capacity);
  values.set(context.instances, offsets.instances);
  values.set(
    context.observedAt.map((moment) => moment + shiftMs),
    offsets.observedAt,
  );
  return values;
}

/** Looks up the class that nodes and edges declare, now that all classes are known. What is not found is kept as it was written. */
function settleDeclaredClasses(context: ReadingContext): void {
  for (const { target, name, place, about } of context.declared) {
    const found = context.classes.declared(name);
    const isFound = found !== undefined && (found === name || name === "default");
    const said = found === undefined ? {} : { class: found };
    const keeping = (extra: JsonObject | undefined) => (isFound ? {} : { extra: { ...extra, class: name } });
    if (target.kind === "node") {
      context.amendNode(target.node, { ...said, ...keeping(context.nodes[target.node]?.extra) });
    } else {
      context.amendEdge(target.edge, { ...said, ...keeping(context.edges[target.edge]?.extra) });
    }
    if (isFound) continue;
    context.report(
      "mended",
      place,
      () => `no traffic and no colour table knows the class ${quoted(name)}`,
      `showed it as ${found ?? "normal"}`,
      about,
    );
  }
}
