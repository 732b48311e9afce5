import { emptyValues, createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { createTopology, type NodeIndex, type TrafficEdge } from "#domain/topology.ts";
import { standardClasses, type ClassSeverity, type TrafficClass } from "#domain/traffic-class.ts";

/**
 * The frame with all that a drill may show: edges from the victim to its saviours, and classes for what is degraded and what fails. What was there
 * keeps its place, and the revision is another one if anything was added. The frame itself is left alone.
 */
export function drillFrame(
  frame: TrafficSnapshot,
  victim: NodeIndex,
  saviours: readonly NodeIndex[],
): TrafficSnapshot {
  const { topology } = frame;
  const missing = saviours.filter(
    (target) => !topology.edges.some((edge) => edge.source === victim && edge.target === target),
  );
  const classes = withSeverities(topology.classes, ["normal", "warning", "danger"]);
  if (missing.length === 0 && classes.length === topology.classes.length) return frame;
  const edges = [...topology.edges, ...missing.map((target): TrafficEdge => ({ source: victim, target }))];
  const grown = createTopology({
    revision: topology.revision + 1,
    classes,
    nodes: topology.nodes,
    edges,
  });
  const result = createSnapshot({ ...frame, topology: grown, values: emptyValues(grown) });
  copyRows(frame.rates, result.rates, topology.edges.length, topology.classes.length, classes.length);
  copyRows(frame.nodeRates, result.nodeRates, topology.nodes.length, topology.classes.length, classes.length);
  result.latencyMs.p50.set(frame.latencyMs.p50);
  result.latencyMs.p95.set(frame.latencyMs.p95);
  result.latencyMs.p99.set(frame.latencyMs.p99);
  for (const column of ["maxVolume", "capacity", "instances", "observedAt"] as const) {
    result[column].set(frame[column]);
  }
  return result;
}

function withSeverities(
  classes: readonly TrafficClass[],
  severities: readonly ClassSeverity[],
): readonly TrafficClass[] {
  const missing = severities.filter((severity) => !classes.some((item) => item.severity === severity));
  if (missing.length === 0) return classes;
  return [...classes, ...standardClasses.filter(({ severity }) => missing.includes(severity))];
}

/** Rows of `from` classes into rows of `to` classes. */
function copyRows(source: Float64Array, target: Float64Array, rows: number, from: number, to: number): void {
  for (let row = 0; row < rows; row += 1) {
    for (let c = 0; c < from; c += 1) target[row * to + c] = source[row * from + c]!;
  }
}
