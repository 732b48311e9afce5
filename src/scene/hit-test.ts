import type { Point } from "#base/point.ts";

import { curvePoint, curveStride } from "./edge-geometry.ts";
import type { SceneStructure, SceneValues } from "./scene.ts";

export type Hit =
  | { readonly kind: "node"; readonly node: number }
  | { readonly kind: "edge"; readonly edge: number };

/** A pointer need not be exact: CSS pixels around a node and beside an edge that still count. A finger gets twice as much. */
export const forgiveness = { nodePx: 5, edgePx: 6 } as const;

/** Cells of the grid, world units: about the distance between two neighbours. */
const cellSize = 96;

/** Of a wide band this much to either side of its middle counts, world units. */
const widestHalf = 30;

/** Pieces that an edge is cut into for the grid and for its distance. */
const pieces = 16;

/**
 * Finds what lies under a point. Built once per structure (O(nodes + edges)); a question looks only into the cells of a grid that lie within reach, so that moving
 * the pointer costs the same whatever the graph.
 */
export class HitTest {
  readonly #structure: SceneStructure;
  readonly #nodes = new Map<number, number[]>();
  readonly #edges = new Map<number, number[]>();

  constructor(structure: SceneStructure) {
    this.#structure = structure;
    const { nodes, edges } = structure;
    for (let node = 0; node < nodes.count; node += 1) {
      const reach = nodes.radius[node]!;
      const x = nodes.x[node]!;
      const y = nodes.y[node]!;
      eachCell(x - reach, y - reach, x + reach, y + reach, (cell) => push(this.#nodes, cell, node));
    }
    for (let edge = 0; edge < edges.count; edge += 1) this.#addEdge(edge);
  }

  /** What lies at a world point, nodes before edges, the nearest of each. `zoom` turns the forgiveness into world units. */
  at(world: Point, zoom: number, values: SceneValues | undefined, isFinger = false): Hit | undefined {
    const scale = (isFinger ? 2 : 1) / zoom;
    const node = this.#nodeAt(world, forgiveness.nodePx * scale);
    if (node >= 0) return { kind: "node", node };
    const edge = this.#edgeAt(world, forgiveness.edgePx * scale, values);
    return edge >= 0 ? { kind: "edge", edge } : undefined;
  }

  #nodeAt(world: Point, slack: number): number {
    const { nodes } = this.#structure;
    let best = -1;
    let bestDistance = Infinity;
    eachCell(world.x - slack, world.y - slack, world.x + slack, world.y + slack, (cell) => {
      for (const node of this.#nodes.get(cell) ?? []) {
        const distance = Math.hypot(nodes.x[node]! - world.x, nodes.y[node]! - world.y) - nodes.radius[node]!;
        if (distance <= slack && distance < bestDistance) {
          best = node;
          bestDistance = distance;
        }
      }
    });
    return best;
  }

  #edgeAt(world: Point, slack: number, values: SceneValues | undefined): number {
    let best = -1;
    let bestDistance = Infinity;
    const reach = slack + widestHalf;
    const seen = new Set<number>();
    eachCell(world.x - reach, world.y - reach, world.x + reach, world.y + reach, (cell) => {
      for (const edge of this.#edges.get(cell) ?? []) {
        if (seen.has(edge)) continue;
        seen.add(edge);
        const halfWidth = Math.min(widestHalf, (values?.edgeWidth[edge] ?? 0) / 2);
        const distance = this.#distanceTo(edge, world);
        if (distance <= slack + halfWidth && distance < bestDistance) {
          best = edge;
          bestDistance = distance;
        }
      }
    });
    return best;
  }

  #distanceTo(edge: number, world: Point): number {
    const { curves } = this.#structure.edges;
    let least = Infinity;
    let last = curvePoint(curves, edge, 0);
    for (let piece = 1; piece <= pieces; piece += 1) {
      const next = curvePoint(curves, edge, piece / pieces);
      least = Math.min(least, segmentDistance(world, last, next));
      last = next;
    }
    return least;
  }

  #addEdge(edge: number): void {
    const { curves } = this.#structure.edges;
    if (curves.length < (edge + 1) * curveStride) return;
    const cells = new Set<number>();
    let last = curvePoint(curves, edge, 0);
    for (let piece = 1; piece <= pieces; piece += 1) {
      const next = curvePoint(curves, edge, piece / pieces);
      eachCell(
        Math.min(last.x, next.x),
        Math.min(last.y, next.y),
        Math.max(last.x, next.x),
        Math.max(last.y, next.y),
        (cell) => cells.add(cell),
      );
      last = next;
    }
    for (const cell of cells) push(this.#edges, cell, edge);
  }
}

function segmentDistance(point: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy);
}

function eachCell(
  left: number,
  top: number,
  right: number,
  bottom: number,
  visit: (cell: number) => void,
): void {
  for (let y = Math.floor(top / cellSize); y <= Math.floor(bottom / cellSize); y += 1) {
    for (let x = Math.floor(left / cellSize); x <= Math.floor(right / cellSize); x += 1)
      visit(y * 65_536 + x);
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
