import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";

import { centred } from "./centre.ts";
import type { LayoutInput } from "./layout-input.ts";
import { chooseShape, instancePitch, instancesTop } from "./neighbourhood-shape.ts";
import { columnPitch, labelHeight, latticeRow, rowHeight } from "./node-cell.ts";
import { placeSide } from "./side-columns.ts";

/**
 * A service among those it talks to, the heaviest nearest, many in several columns:
 *
 *     callers        (centre)       callees
 *                   instances
 */
export function layoutNeighbourhood(input: LayoutInput): Float32Array {
  const { callers, callees, instances, radius } = groupNodes(input);
  const pitch = columnPitch(input.radii.filter((_radius, node) => input.roles[node] !== "centre"));
  const widestInstance = instances.reduce((most, node) => Math.max(most, input.radii[node]!), 0);
  const instanceRow = latticeRow(Float32Array.from(instances, (node) => input.radii[node]!)) + secondLine;
  const shape = chooseShape(
    {
      callers: callers.length,
      callees: callees.length,
      instances: instances.length,
      radius,
      widestInstance,
      pitch,
      row: rowHeight(input.radii),
      instanceRow,
    },
    input.aspect,
  );
  const xy = new Float32Array(2 * input.keys.length);
  const put = (node: number, { x, y }: Point) => {
    xy[2 * node] = x;
    xy[2 * node + 1] = y;
  };
  for (const [nodes, columns, direction] of [
    [callers, shape.callerColumns, -1],
    [callees, shape.calleeColumns, 1],
  ] as const) {
    const radii = nodes.map((node) => input.radii[node]!);
    const start = shape.inner + Math.max(0, ...radii);
    placeSide({ radii, columns, start, pitch, height: shape.height, rim: radius }).forEach(({ x, y }, i) =>
      put(must(nodes[i]), { x: direction * x, y }),
    );
  }
  placeInstances(instances.length, shape.instanceColumns, {
    top: instancesTop(radius) + widestInstance,
    pitch: instancePitch(widestInstance),
    row: instanceRow,
  }).forEach((place, i) => put(must(instances[i]), place));
  return centred(xy, input.radii, true);
}

/** An instance's label has a second line: what it does. */
const secondLine = labelHeight;

interface Groups {
  /** Heaviest first. */
  readonly callers: readonly number[];
  readonly callees: readonly number[];
  readonly instances: readonly number[];
  /** Radius of the centre; 0 when there is none. */
  readonly radius: number;
}

function groupNodes(input: LayoutInput): Groups {
  const weight = new Float64Array(input.keys.length);
  input.ends.forEach((node, i) => {
    weight[node]! += input.weights[i >> 1] ?? 0;
  });
  const byName = (a: number, b: number) => compare(must(input.keys[a]), must(input.keys[b]));
  const ofRole = (...roles: readonly string[]) =>
    input.keys
      .map((_key, node) => node)
      .filter((node) => roles.includes(must(input.roles[node])))
      .toSorted((a, b) => weight[b]! - weight[a]! || byName(a, b));
  const [centre, ...others] = ofRole("centre");
  return {
    callers: ofRole("caller", "entry"),
    callees: [...ofRole("callee", "member"), ...others],
    instances: ofRole("instance").toSorted(byName),
    radius: centre === undefined ? 0 : input.radii[centre]!,
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Rows under the centre, each of them centred. */
function placeInstances(
  count: number,
  columns: number,
  block: { readonly top: number; readonly pitch: number; readonly row: number },
): readonly Point[] {
  return Array.from({ length: count }, (_, i) => {
    const line = Math.floor(i / columns);
    const inLine = Math.min(columns, count - line * columns);
    return { x: ((i % columns) - (inLine - 1) / 2) * block.pitch, y: block.top + line * block.row };
  });
}
