import { must } from "#base/assert.ts";

import { type Block, columnsOf } from "./block.ts";
import { cellGap, labelStrip } from "./node-cell.ts";

/** Where a block goes: this many columns to the right, this far down. */
export interface BlockPlace {
  readonly column: number;
  readonly y: number;
}

/** Air between two parts that have nothing to do with each other, world units. */
const partGap = cellGap + 12;

/**
 * Finds a place for each block within `columns` columns. The first stays where it is; each of the others goes where it ends highest,
 * right under what stands there already, so that small parts fill the corners that the large one leaves. Edges count as well as
 * nodes: nothing is put in their way.
 */
export function packBlocks(
  blocks: readonly Block[],
  radii: Float32Array,
  columns: number,
  isFirstColumn: (block: Block) => boolean,
): readonly BlockPlace[] {
  const ground = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  let ceiling = 0;
  return blocks.map((block, i) => {
    const { top, bottom } = outline(block, radii);
    if (i === 0) {
      ceiling = Math.min(...top);
      bottom.forEach((y, c) => raise(ground, c, y));
      return { column: 0, y: 0 };
    }
    const last = isFirstColumn(block) ? 0 : columns - top.length;
    let best: BlockPlace = { column: 0, y: Number.POSITIVE_INFINITY };
    for (let column = 0; column <= last; column += 1) {
      const y = top.reduce(
        (down, own, c) => Math.max(down, must(ground[column + c]) + partGap - own),
        ceiling - Math.min(...top),
      );
      if (y < best.y) best = { column, y };
    }
    bottom.forEach((y, c) => raise(ground, best.column + c, y + best.y));
    return best;
  });
}

function raise(ground: Float64Array, column: number, y: number): void {
  ground[column] = Math.max(ground[column]!, y);
}

/** The highest and the lowest point of each column of a block; infinite where a column is empty and no edge passes. */
function outline(
  block: Block,
  radii: Float32Array,
): { readonly top: readonly number[]; readonly bottom: readonly number[] } {
  const columns = columnsOf(block);
  const top = Array.from({ length: columns }, () => Number.POSITIVE_INFINITY);
  const bottom = Array.from({ length: columns }, () => Number.NEGATIVE_INFINITY);
  function cover(column: number, above: number, below: number): void {
    top[column] = Math.min(must(top[column]), above);
    bottom[column] = Math.max(must(bottom[column]), below);
  }
  block.nodes.forEach((node, i) => {
    const radius = radii[node]!;
    cover(block.column[i]!, block.y[i]! - radius, block.y[i]! + radius + labelStrip);
  });
  block.from.forEach((a, e) => {
    const b = block.to[e]!;
    const first = block.column[a]!;
    const slope = (block.y[b]! - block.y[a]!) / (block.column[b]! - first);
    for (let column = first + 1; column < block.column[b]!; column += 1) {
      const y = block.y[a]! + slope * (column - first);
      cover(column, y, y);
    }
  });
  return { top, bottom };
}
