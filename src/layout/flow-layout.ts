import { must } from "#base/assert.ts";

import { type Block, type BlockDrawing, columnsOf, noTicks } from "./block.ts";
import { createCallGraph, degree, withoutEdgesAmong } from "./call-graph.ts";
import { centred } from "./centre.ts";
import { type Component, componentsOf } from "./components.ts";
import { fitScreen } from "./fit-screen.ts";
import { drawWithForces } from "./force-drawing.ts";
import { drawOnGrid, gridLimits, type PartInput } from "./grid-drawing.ts";
import type { LayoutInput } from "./layout-input.ts";
import { columnPitch, labelStrip, latticeRow, rowHeight } from "./node-cell.ts";
import { packBlocks } from "./pack-blocks.ts";
import { rankNodes } from "./rank-nodes.ts";
import type { StagedLayout } from "./staged-layout.ts";
import { turnCycles } from "./turn-cycles.ts";

/** Beyond this many nodes in one connected part, forces take seconds: the ranked start is the picture. */
const forceLimit = 3000;

/** Services from left to right in the order in which they call one another, callers left of whom they call, entries leftmost. */
export function startFlow(input: LayoutInput): StagedLayout {
  const isEntry = (node: number) => input.roles[node] === "entry";
  const graph = withoutEdgesAmong(createCallGraph(input), isEntry);
  const parts = componentsOf(turnCycles(graph, isEntry));
  const drawings = parts.map((part) => drawPart(input, part));
  const alone = input.keys
    .map((_key, node) => node)
    .filter((node) => degree(graph.callers, node) + degree(graph.callees, node) === 0);
  const columns = Math.round(
    Math.sqrt((input.keys.length * rowHeight(input.radii) * input.aspect) / columnPitch(input.radii)),
  );
  const unfinished = new Set(drawings);
  return {
    picture() {
      const blocks = drawings.map((drawing) => drawing.block());
      const width = blocks.reduce((most, block) => Math.max(most, columnsOf(block)), Math.max(1, columns));
      const entries = alone.filter(isEntry);
      const others = alone.filter((node) => !isEntry(node));
      if (entries.length > 0) blocks.push(rowsOf(input, entries, 1));
      if (others.length > 0) blocks.push(rowsOf(input, others, width));
      return arrange(input, blocks, width);
    },
    // A few small parts that will look different do not spoil the picture of a large one.
    isRough() {
      const rough = drawings.reduce(
        (sum, drawing, i) => sum + (drawing.isRough() ? must(parts[i]).nodes.length : 0),
        0,
      );
      return 2 * rough > input.keys.length - alone.length;
    },
    tick() {
      for (const drawing of unfinished) if (drawing.tick()) unfinished.delete(drawing);
      return unfinished.size === 0;
    },
  };
}

function drawPart(input: LayoutInput, { nodes, graph }: Component): BlockDrawing {
  const isEntry = (node: number) => input.roles[must(nodes[node])] === "entry";
  const share = nodes.length / input.keys.length;
  const part: PartInput = {
    nodes,
    graph,
    ranks: rankNodes(graph, isEntry),
    radii: Float32Array.from(nodes, (node) => input.radii[node]!),
    isEntry,
    // What else there is goes below: the part must leave it that much of the height.
    aspect: input.aspect / Math.max(leastShare, share),
    seed: input.seed,
  };
  if (graph.size <= gridLimits.nodes && graph.from.length <= gridLimits.edges) return drawOnGrid(part, share);
  const drawing = drawWithForces(part);
  return graph.size <= forceLimit ? drawing : noTicks(drawing);
}

/** A part smaller than this share of the whole is drawn in the screen's own shape; many such parts share a row. */
const leastShare = 0.5;

/** Nodes without edges: tidy rows. */
function rowsOf(input: LayoutInput, nodes: readonly number[], columns: number): Block {
  const row = latticeRow(Float32Array.from(nodes, (node) => input.radii[node]!));
  return {
    nodes,
    from: new Uint32Array(),
    to: new Uint32Array(),
    column: Int32Array.from(nodes, (_node, i) => i % columns),
    y: Float64Array.from(nodes, (_node, i) => Math.floor(i / columns) * row),
    row,
  };
}

function arrange(input: LayoutInput, blocks: readonly Block[], width: number): Float32Array {
  const { radii } = input;
  const places = packBlocks(blocks, radii, width, (block) =>
    block.nodes.some((node) => input.roles[node] === "entry"),
  );
  const column = new Int32Array(input.keys.length);
  const y = new Float64Array(input.keys.length);
  blocks.forEach((block, b) => {
    const place = must(places[b]);
    block.nodes.forEach((node, i) => {
      column[node] = block.column[i]! + place.column;
      y[node] = block.y[i]! + place.y;
    });
  });
  const top = y.reduce((least, height, node) => Math.min(least, height - radii[node]!), Infinity);
  const bottom = y.reduce(
    (most, height, node) => Math.max(most, height + radii[node]! + labelStrip),
    -Infinity,
  );
  const columns = column.reduce((most, c) => Math.max(most, c + 1), 1);
  const { pitch, stretch } = fitScreen(
    {
      columns,
      leastPitch: columnPitch(radii),
      height: bottom - top,
      row: blocks[0]?.row ?? rowHeight(radii),
    },
    input.aspect,
  );
  const xy = new Float32Array(2 * input.keys.length);
  y.forEach((height, node) => {
    xy[2 * node] = column[node]! * pitch;
    xy[2 * node + 1] = height * stretch;
  });
  return centred(xy, radii, true);
}
