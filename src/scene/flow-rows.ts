import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { flowRowStride, type FlowRow } from "./flow-columns.ts";
import { dotsPerSecond, type FlowScale } from "./flow-scale.ts";

/**
 * A snapshot's rates as a row of the dots' history. `edgeIndex[i]` is the position in the snapshot's topology of the scene's edge i, -1 where
 * the edge did not exist yet. Classes beyond those on screen count towards the last one.
 */
export function buildFlowRow(
  snapshot: TrafficSnapshot,
  edgeIndex: Int32Array,
  classesOnScreen: number,
  scale: FlowScale,
): FlowRow {
  const classes = snapshot.topology.classes.length;
  const stride = flowRowStride(classesOnScreen);
  const columns = new Float32Array(edgeIndex.length * stride);
  for (let i = 0; i < edgeIndex.length; i += 1) {
    const edge = edgeIndex[i]!;
    if (edge < 0) continue;
    let total = 0;
    for (let c = 0; c < classes; c += 1) total += Math.max(0, snapshot.rates[edge * classes + c]!);
    const at = i * stride;
    columns[at] = dotsPerSecond(scale, total);
    let before = 0;
    for (let c = 0; c < classesOnScreen - 1; c += 1) {
      if (c < classes) before += Math.max(0, snapshot.rates[edge * classes + c]!);
      columns[at + 1 + c] = total > 0 ? before / total : 1;
    }
  }
  return { at: snapshot.at, stride, columns };
}
