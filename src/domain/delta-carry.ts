import { isIdentity, type TopologyMatch } from "./delta-match.ts";
import { emptyValues, slotOffsets, slotShape, type TrafficSnapshot } from "./snapshot.ts";
import type { Topology } from "./topology.ts";

/**
 * Fresh slots for `topology`, with the values of whatever already was in `before`; what is new starts unknown, its rates at 0. Classes are
 * matched by name.
 */
export function carryValues(before: TrafficSnapshot, topology: Topology, match: TopologyMatch): Float64Array {
  const classes = classMatch(before.topology, topology);
  const isSameShape =
    classes.length === before.topology.classes.length && classes.every((old, i) => old === i);
  if (isSameShape && isIdentity(match, before.topology)) return before.values.slice();

  const values = emptyValues(topology);
  const from = slotOffsets(slotShape(before.topology));
  const to = slotOffsets(slotShape(topology));
  const carryRows = (column: "rates" | "nodeRates", rows: Int32Array) => {
    rows.forEach((old, row) => {
      if (old === -1) return;
      classes.forEach((oldClass, c) => {
        if (oldClass === -1) return;
        const slot = from[column] + old * before.topology.classes.length + oldClass;
        values[to[column] + row * classes.length + c] = before.values[slot]!;
      });
    });
  };
  const carryColumns = (columns: readonly Exclude<keyof typeof from, "length">[], rows: Int32Array) => {
    rows.forEach((old, row) => {
      if (old === -1) return;
      for (const column of columns) values[to[column] + row] = before.values[from[column] + old]!;
    });
  };
  carryRows("rates", match.edges);
  carryRows("nodeRates", match.nodes);
  carryColumns(["p50", "p95", "p99"], match.edges);
  carryColumns(["maxVolume", "capacity", "instances", "observedAt"], match.nodes);
  return values;
}

/** Position of each class of `after` among those of `before`, or -1. */
function classMatch(before: Topology, after: Topology): readonly number[] {
  return after.classes.map(({ name }) => before.classes.findIndex((other) => other.name === name));
}
