import { mulberry32 } from "#base/random.ts";
import { curveLength, edgeCurves } from "#scene/edge-geometry.ts";
import type { FlowRow } from "#scene/flow-columns.ts";
import { bucketCount } from "#scene/flow-law.ts";

/** Edges strewn over a screen, as both engines take them, for tests and benches. */
export function strewnEdges(count: number, width: number, height: number, seed = 7) {
  const random = mulberry32(seed);
  const nodes = Math.max(2, Math.ceil(count / 4));
  const placement = {
    x: Float32Array.from({ length: nodes }, () => random() * width),
    y: Float32Array.from({ length: nodes }, () => random() * height),
    rim: new Float32Array(nodes),
  };
  const source = Uint32Array.from({ length: count }, () => Math.floor(random() * nodes));
  const target = source.map((node) => (node + 1 + Math.floor(random() * (nodes - 1))) % nodes);
  const curves = edgeCurves({ count, source, target }, placement, "level");
  const edgeSeed = Uint32Array.from({ length: count }, () => Math.floor(random() * 4_294_967_296));
  return {
    count,
    source,
    target,
    curves,
    placement,
    seed: edgeSeed,
    base: edgeSeed,
    flightMs: Uint32Array.from({ length: count }, (_, edge) =>
      Math.round(Math.min(12_000, Math.max(700, (curveLength(curves, edge) / 115) * 1000))),
    ),
    halfWidth: new Float32Array(count).fill(4),
    level: new Uint8Array(count),
    bounds: Float32Array.from({ length: count * 4 }, (_, i) => [0, 0, width, height][i % 4] ?? 0),
  };
}

/** Three classes; every edge has the same dots per second and the same shares of the second and third class. */
export function evenRow(edges: number, dotsPerSecond: number, warning = 0, danger = 0, at = 0): FlowRow {
  const columns = new Float32Array(edges * 4);
  for (let edge = 0; edge < edges; edge += 1) {
    columns.set([dotsPerSecond, 1 - warning - danger, 1 - danger, 1], edge * 4);
  }
  return { at, stride: 4, columns };
}

/** The same row in every bucket: traffic that has long been as it is. */
export function steady(row: FlowRow): readonly FlowRow[] {
  return Array.from({ length: bucketCount }, () => row);
}
