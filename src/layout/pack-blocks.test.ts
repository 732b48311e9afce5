import { describe, expect, it } from "vitest";

import type { Block } from "./block.ts";
import { cellGap, labelStrip } from "./node-cell.ts";
import { packBlocks } from "./pack-blocks.ts";

/** A block of nodes without edges, numbered on from `first`. */
function blockAt(
  first: number,
  cells: readonly (readonly [number, number])[],
  edges: readonly number[] = [],
): Block {
  return {
    nodes: cells.map((_cell, i) => first + i),
    from: Uint32Array.from(edges.filter((_node, i) => i % 2 === 0)),
    to: Uint32Array.from(edges.filter((_node, i) => i % 2 === 1)),
    column: Int32Array.from(cells, ([column]) => column),
    y: Float64Array.from(cells, ([, y]) => y),
    row: 60,
  };
}

const radii = new Float32Array(20).fill(20);
const nowhere = () => false;
/** From the middle of a node to the middle of one of another part right below. */
const below = 20 + labelStrip + cellGap + 12 + 20;

describe("packing the parts of a picture", () => {
  it("leaves the first where it is and fills the corner that it leaves", () => {
    const large = blockAt(0, [
      [0, 0],
      [1, 0],
      [1, 100],
      [1, 200],
    ]);
    expect(packBlocks([large, blockAt(4, [[0, 0]])], radii, 2, nowhere)).toEqual([
      { column: 0, y: 0 },
      { column: 0, y: below },
    ]);
  });

  it("uses empty columns from the top", () => {
    const places = packBlocks([blockAt(0, [[0, 0]]), blockAt(1, [[0, 7]])], radii, 3, nowhere);
    expect(places[1]).toEqual({ column: 1, y: -7 });
  });

  it("puts nothing in the way of an edge", () => {
    const large = blockAt(
      0,
      [
        [0, 300],
        [2, 300],
        [1, 0],
      ],
      [0, 1],
    );
    const [, place] = packBlocks([large, blockAt(3, [[0, 0]])], radii, 3, nowhere);
    expect(place).toEqual({ column: 1, y: 300 + cellGap + 12 + 20 });
  });

  it("keeps parts with an entry in the first column", () => {
    const places = packBlocks(
      [blockAt(0, [[0, 0]]), blockAt(1, [[0, 0]])],
      radii,
      3,
      (block) => block.nodes[0] === 1,
    );
    expect(places[1]).toEqual({ column: 0, y: below });
  });
});
