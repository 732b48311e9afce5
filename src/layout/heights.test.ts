import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { curvePoint, edgeCurves } from "#scene/edge-geometry.ts";
import { layoutInput, rankedGraph } from "#testing/layout-inputs.ts";

import { createCallGraph } from "./call-graph.ts";
import { createFreePlaces } from "./free-places.ts";
import { keepDistances } from "./keep-distances.ts";
import { levelHeight } from "./level-curve.ts";
import { distanceBelow } from "./node-cell.ts";
import { orderRanks } from "./order-ranks.ts";
import { splitRanks } from "./split-ranks.ts";

const wishes = fc.array(fc.tuple(fc.integer({ min: -200, max: 200 }), fc.integer({ min: 0, max: 60 })), {
  maxLength: 25,
});

describe("keeping distances", () => {
  it("keeps the order and all distances", () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const distance = Float64Array.from(list, ([, least]) => least);
        const heights = keepDistances(
          Float64Array.from(list, ([wish]) => wish),
          distance,
        );
        const tooClose = [...heights.keys()].filter(
          (i) => i > 0 && heights[i]! - heights[i - 1]! < distance[i]! - 1e-9,
        );
        expect(tooClose).toEqual([]);
      }),
    );
  });

  it("leaves alone what is far enough apart", () => {
    const wished = Float64Array.from([-30, 0, 45, 46]);
    expect([...keepDistances(wished, Float64Array.from([0, 20, 20, 1]))]).toEqual([...wished]);
  });

  it("moves those who are too close as little as possible: to both sides of their middle", () => {
    expect([...keepDistances(Float64Array.from([0, 0, 100]), Float64Array.from([0, 40, 40]))]).toEqual([
      -20, 20, 100,
    ]);
    expect([...keepDistances(Float64Array.from([10, 10, 10]), Float64Array.from([0, 30, 30]))]).toEqual([
      -20, 10, 40,
    ]);
  });
});

describe("free places", () => {
  const occupants = fc.array(
    fc.record({
      x: fc.integer({ min: -200, max: 200 }),
      y: fc.integer({ min: -200, max: 200 }),
      radius: fc.integer({ min: 5, max: 40 }),
    }),
    { maxLength: 20 },
  );

  it("are free, and none nearer is", () => {
    fc.assert(
      fc.property(
        occupants,
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: -200, max: 200 }),
        (list, x, y) => {
          const free = createFreePlaces();
          for (const occupant of list) free.occupy(occupant, occupant.radius);
          const isFree = (height: number) =>
            list.every(
              (other) =>
                // Half a label's width, or the disc, on either side, and 6 of air.
                Math.abs(other.x - x) >= 55 + Math.max(55, other.radius) + 6 ||
                other.y - height >= distanceBelow(20, other.radius) - 1e-9 ||
                height - other.y >= distanceBelow(other.radius, 20) - 1e-9,
            );
          const found = free.nearestHeight(x, y, 20);
          expect(isFree(found)).toBe(true);
          for (let nearer = Math.ceil(Math.abs(found - y)) - 1; nearer >= 0; nearer -= 7)
            expect([isFree(y + nearer), isFree(y - nearer)]).toEqual([false, false]);
        },
      ),
    );
  });

  it("can be asked for below a line", () => {
    const free = createFreePlaces();
    free.occupy({ x: 0, y: 10 }, 20);
    expect(free.nearestHeight(0, 0, 20, 0)).toBe(10 + distanceBelow(20, 20));
    expect(free.nearestHeight(0, 500, 20, 0)).toBe(500);
  });
});

describe("the order within ranks", () => {
  it("is an order of the same nodes", () => {
    const input = rankedGraph(120);
    const ranks = Int32Array.from(input.keys, (_key, node) => node % 7);
    const order = orderRanks(createCallGraph(input), ranks);
    expect(order.map((nodes) => nodes.toSorted((a, b) => a - b))).toEqual(
      Array.from({ length: 7 }, (_, rank) =>
        input.keys.map((_key, node) => node).filter((node) => ranks[node] === rank),
      ),
    );
  });

  it("untangles what can be drawn without a crossing", () => {
    const input = layoutInput(["a > z", "b > y", "c > x", "z > 3", "y > 2", "x > 1"]);
    const ranks = Int32Array.from(input.keys, (key) =>
      "abc".includes(key) ? 0 : "xyz".includes(key) ? 1 : 2,
    );
    const [first, second, third] = orderRanks(createCallGraph(input), ranks).map((nodes) =>
      nodes.map((node) => must(input.keys[node])),
    );
    const partner = new Map(["az", "by", "cx"].map((pair) => [pair[0], pair[1]] as const));
    const end = new Map(["z3", "y2", "x1"].map((pair) => [pair[0], pair[1]] as const));
    expect(second).toEqual(must(first).map((key) => partner.get(key)));
    expect(third).toEqual(must(second).map((key) => end.get(key)));
  });

  it("a rank too long for the screen is dealt out to several columns, in order", () => {
    const rank = Array.from({ length: 90 }, (_, i) => i);
    const columns = splitRanks([rank], new Float32Array(90).fill(20), 1.6, () => false);
    expect(columns.length).toBeGreaterThan(3);
    expect(columns.map((nodes) => nodes.slice(0, 2))).toEqual(
      columns.map((_nodes, i) => [i, i + columns.length]),
    );
    expect(columns.flat().toSorted((a, b) => a - b)).toEqual(rank);
  });
});

describe("the course of level edges", () => {
  it("is the one that is drawn", () => {
    const curves = edgeCurves(
      { count: 1, source: Uint32Array.from([0]), target: Uint32Array.from([1]) },
      { x: Float32Array.from([0, 1000]), y: Float32Array.from([0, 100]), rim: Float32Array.from([0, 0]) },
      "level",
    );
    for (const u of [0, 0.1, 0.25, 0.5, 0.6, 0.9, 1]) {
      const { x, y } = curvePoint(curves, 0, u);
      expect(levelHeight(x / 1000)).toBeCloseTo(y / 100, 3);
    }
  });
});
