import { forceCollide, forceManyBody, forceX, forceY, type Force, type SimulationNodeDatum } from "d3-force";

import { must } from "#base/assert.ts";
import { mulberry32, type Random } from "#base/random.ts";

import { type BlockDrawing, ticksPerDrawing } from "./block.ts";
import type { CallGraph } from "./call-graph.ts";
import type { PartInput } from "./grid-drawing.ts";
import { rowHeight } from "./node-cell.ts";
import { heightsOf, orderRanks } from "./order-ranks.ts";
import { spaceColumns } from "./space-columns.ts";
import { splitRanks } from "./split-ranks.ts";

/** In the forces' own space the room of a node (a disc with its label) is as wide as it is high: one `cell`. */
interface Body extends SimulationNodeDatum {
  readonly index: number;
  x: number;
  y: number;
  vx: number;
  vy: number;
}

const cell = 60;

/** A warm start: the sweeps have brought everything near its place. */
const firstAlpha = 0.5;
const alphaDecay = 0.08;
const friction = 0.6;
/** Twice as coarse as d3's default of 0.9 and nearly twice as fast, for no visible difference. */
const theta = 1.5;
/**
 * Measured on generated graphs of 300 and 1,000 nodes: edges become 8 to 17 % less steep and no more of them cross. Stronger straightening
 * or weaker spreading gathers the nodes in the middle and crosses more.
 */
const columnStrength = 0.6;
const spreadStrength = 0.1;
const straightness = 0.2;
const clearRadius = 0.45 * cell;
/** Nodes further apart than this many cells do not see each other. */
const sight = 8;

/**
 * Draws a large part: ranks, sweeps, ranks split into columns, then forces that straighten edges and spread nodes, each held to its
 * column. d3's simulation is not used, only its forces: it would start a timer and read the clock.
 */
export function drawWithForces(part: PartInput): BlockDrawing {
  const { graph, radii } = part;
  const order = orderRanks(graph, part.ranks);
  const columns = splitRanks(order, radii, part.aspect, part.isEntry);
  const rows = columns.reduce((most, nodes) => Math.max(most, nodes.length), 1);
  const column = new Int32Array(graph.size);
  columns.forEach((nodes, c) => {
    for (const node of nodes) column[node] = c;
  });
  const heights = heightsOf(order, graph.size);
  const bodies = Array.from({ length: graph.size }, (_, index): Body => {
    const x = column[index]! * cell;
    return { index, x, y: heights[index]! * rows * cell, vx: 0, vy: 0 };
  });
  const forces = createForces(graph, bodies, mulberry32(part.seed));
  const row = rowHeight(radii);
  let ticks = 0;
  return {
    block() {
      const wished = Float64Array.from(bodies, ({ y }) => (y / cell) * row);
      const y = spaceColumns(columns, radii, wished);
      return { nodes: part.nodes, from: graph.from, to: graph.to, column, y, row };
    },
    isRough: () => false,
    tick() {
      const alpha = firstAlpha * (1 - alphaDecay) ** (ticks + 1);
      for (const force of forces.always) force(alpha);
      if (ticks >= ticksPerDrawing / 2) forces.atLast(alpha);
      for (const body of bodies) {
        body.vx *= friction;
        body.vy *= friction;
        body.x += body.vx;
        body.y += body.vy;
      }
      ticks += 1;
      return ticks >= ticksPerDrawing;
    },
  };
}

interface Forces {
  readonly always: readonly ((alpha: number) => void)[];
  /** Keeping clear of one another in the first half would only hold up those who must pass. */
  readonly atLast: (alpha: number) => void;
}

function createForces(graph: CallGraph, bodies: Body[], random: Random): Forces {
  const place = bodies.map(({ x, y }) => ({ x, y }));
  const columns = forceX<Body>((body) => must(place[body.index]).x).strength(columnStrength);
  const spread = forceY<Body>((body) => must(place[body.index]).y).strength(spreadStrength);
  const apart = forceManyBody<Body>()
    .strength(-cell)
    .theta(theta)
    .distanceMax(sight * cell);
  const clear = forceCollide<Body>(clearRadius);
  for (const force of [columns, spread, apart, clear] satisfies Force<Body, undefined>[])
    force.initialize?.(bodies, random);
  return { always: [columns, spread, straightening(graph, bodies), apart], atLast: clear };
}

/** Pulls the ends of an edge to one height: the weighted mean of its neighbours is where a node wants to be. */
function straightening(graph: CallGraph, bodies: readonly Body[]): (alpha: number) => void {
  const total = new Float64Array(graph.size);
  graph.weight.forEach((weight, e) => {
    total[graph.from[e]!]! += weight;
    total[graph.to[e]!]! += weight;
  });
  return (alpha) => {
    for (let e = 0; e < graph.from.length; e += 1) {
      const from = must(bodies[graph.from[e]!]);
      const to = must(bodies[graph.to[e]!]);
      const pull = (to.y + to.vy - from.y - from.vy) * alpha * straightness * graph.weight[e]!;
      from.vy += pull / total[from.index]!;
      to.vy -= pull / total[to.index]!;
    }
  };
}
