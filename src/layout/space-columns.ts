import { keepDistances } from "./keep-distances.ts";
import { distanceBelow } from "./node-cell.ts";

/**
 * The heights nearest to the wished ones at which, within each column, no discs and labels touch and nodes keep the order of their
 * wishes. Nodes closer than `least` are moved apart as well.
 */
export function spaceColumns(
  columns: readonly (readonly number[])[],
  radii: Float32Array,
  wished: Float64Array,
  least = 0,
): Float64Array {
  const heights = wished.slice();
  for (const nodes of columns) {
    const sorted = nodes.toSorted((a, b) => wished[a]! - wished[b]!);
    const distance = Float64Array.from(sorted, (node, i) =>
      i === 0 ? 0 : Math.max(least, distanceBelow(radii[sorted[i - 1]!]!, radii[node]!)),
    );
    keepDistances(
      Float64Array.from(sorted, (node) => wished[node]!),
      distance,
    ).forEach((height, i) => {
      heights[sorted[i]!] = height;
    });
  }
  return heights;
}

/** The nodes of each column, in no particular order. */
export function nodesByColumn(column: Int32Array, columns: number): number[][] {
  const nodes = Array.from({ length: columns }, (): number[] => []);
  column.forEach((c, node) => nodes[c]?.push(node));
  return nodes;
}
