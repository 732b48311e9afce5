import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { layoutInput, rankedGraph } from "#testing/layout-inputs.ts";

import { annealGrid } from "./anneal-grid.ts";
import { createCallGraph } from "./call-graph.ts";
import { chooseGrid } from "./choose-grid.ts";
import { costOf, price } from "./grid-cost.ts";
import { createGridPlan, drawEdges, type GridPlan, moveNode } from "./grid-plan.ts";
import { rankNodes } from "./rank-nodes.ts";

const isEntry = (node: number) => node === 0;

/** A plan of a generated graph in which every node has a place, one after the other down each column. */
function planOf(size: number) {
  const input = rankedGraph(size);
  const graph = createCallGraph(input);
  const { grid, column } = chooseGrid(graph, rankNodes(graph, isEntry), input.radii, 1.6, isEntry);
  const plan = createGridPlan(graph, grid, input.radii);
  const filled = new Int32Array(grid.columns);
  const rows = Int32Array.from(column, (c) => {
    filled[c]! += 1;
    return filled[c]! - 1;
  });
  column.forEach((c, node) => moveNode(plan, node, c, rows[node]! * grid.row));
  column.forEach((_c, node) => drawEdges(plan, node));
  return { plan, rows };
}

/** The cost of the whole picture, counted the slow way: each crossing and each overlap once. */
function wholeCost(plan: GridPlan): number {
  const { from, to, weight } = plan.graph;
  const at = (e: number, column: number) => plan.height[e * plan.grid.columns + column]!;
  let cost = 0;
  for (let e = 0; e < from.length; e += 1) {
    const columns = plan.right[e]! - plan.left[e]! - 1;
    const rows = Math.abs(plan.y[to[e]!]! - plan.y[from[e]!]!) / plan.grid.row;
    cost += weight[e]! * (price.column * columns + price.row * rows);
    for (let f = e + 1; f < from.length; f += 1) {
      const first = Math.max(plan.left[e]!, plan.left[f]!);
      const last = Math.min(plan.right[e]!, plan.right[f]!);
      if (first < last && (at(e, first) - at(f, first)) * (at(e, last) - at(f, last)) < 0)
        cost += price.crossing;
    }
  }
  return cost;
}

describe("the cost of places on a grid", () => {
  it("changes by as much as the whole picture's cost when a node moves", () => {
    const { plan } = planOf(60);
    // Without discs and labels, which the slow count leaves out.
    plan.radii.fill(-1000);
    fc.assert(
      fc.property(fc.nat(59), fc.integer({ min: -300, max: 300 }), (node, y) => {
        const before = [wholeCost(plan), costOf(plan, node, node, Infinity)] as const;
        moveNode(plan, node, plan.column[node]!, y);
        drawEdges(plan, node);
        const after = [wholeCost(plan), costOf(plan, node, node, Infinity)] as const;
        expect(after[1] - before[1]).toBeCloseTo(after[0] - before[0], 6);
      }),
      { numRuns: 60 },
    );
  });

  it("changes by as much when two nodes change places", () => {
    const { plan } = planOf(60);
    plan.radii.fill(-1000);
    const column = [...plan.column.keys()].filter((node) => plan.column[node] === 3);
    const [a, b] = [must(column[0]), must(column[2])];
    const before = [wholeCost(plan), costOf(plan, a, b, Infinity)] as const;
    const [yA, yB] = [plan.y[a]!, plan.y[b]!];
    moveNode(plan, a, 3, yB);
    moveNode(plan, b, 3, yA);
    drawEdges(plan, a);
    drawEdges(plan, b);
    const after = [wholeCost(plan), costOf(plan, a, b, Infinity)] as const;
    expect(after[1] - before[1]).toBeCloseTo(after[0] - before[0], 6);
    expect(after[0]).not.toBe(before[0]);
  });

  it("an edge over a foreign disc costs more than one beside it", () => {
    const graph = createCallGraph({
      keys: ["a", "b", "c", "d"],
      ends: Uint32Array.from([0, 2]),
      weights: new Float32Array(1),
    });
    const grid = { columns: 3, rows: 9, pitch: 150, row: 60 };
    const plan = createGridPlan(graph, grid, new Float32Array(4).fill(20));
    const costAt = (y: number) => {
      moveNode(plan, 0, 0, 0);
      moveNode(plan, 2, 2, 0);
      moveNode(plan, 3, 0, 500);
      moveNode(plan, 1, 1, y);
      drawEdges(plan, 0);
      return costOf(plan, 1, 1, Infinity);
    };
    expect([costAt(0), costAt(-30), costAt(40), costAt(200)]).toEqual([
      price.overDisc,
      price.overLabel,
      0,
      0,
    ]);
  });
});

describe("annealing", () => {
  it("lowers the cost, keeps every edge leading right and gives each node a place of its own", () => {
    const { plan, rows } = planOf(60);
    const before = wholeCost(plan);
    annealGrid(plan, rows, isEntry, 6000, 1).run(6000);
    expect(wholeCost(plan)).toBeLessThan(before / 2);
    expect(plan.column[0]).toBe(0);
    expect([...plan.graph.from.keys()].filter((e) => plan.left[e]! >= plan.right[e]!)).toEqual([]);
    const places = [...plan.column.keys()].map((node) => `${plan.column[node]} ${plan.y[node]}`);
    expect(new Set(places).size).toBe(60);
  });

  it("entries stand in the first column to begin with, before others from whom longer chains start", () => {
    const chains = Array.from({ length: 30 }, (_, i) => [`r${i} > s${i}`, `s${i} > t${i}`]).flat();
    const input = layoutInput([...chains, "INTERNET > t0"]);
    const graph = createCallGraph(input);
    const entry = input.keys.indexOf("INTERNET");
    const ranks = rankNodes(graph, (node) => node === entry);
    const { column } = chooseGrid(graph, ranks, input.radii, 2, (node) => node === entry);
    expect(column[entry]).toBe(0);
    expect([...column].filter((c) => c === 0).length).toBeLessThan(30);
  });

  it("the columns to begin with lead right as well, and none is longer than the grid", () => {
    const { plan } = planOf(150);
    expect([...plan.graph.from.keys()].filter((e) => plan.left[e]! >= plan.right[e]!)).toEqual([]);
    const counts = Array.from(
      { length: plan.grid.columns },
      (_, c) => [...plan.column].filter((own) => own === c).length,
    );
    expect(Math.max(...counts)).toBeLessThanOrEqual(plan.grid.rows);
  });
});
