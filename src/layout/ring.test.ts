import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { layoutInput, overlappingDiscs, placeOf, placesOf } from "#testing/layout-inputs.ts";

import { pointsOnEllipse } from "./ellipse.ts";
import { layoutGraph } from "./layout-graph.ts";
import type { LayoutInput } from "./layout-input.ts";

/** The internet and some regions, as large as they are drawn. */
function ringOf(
  regions: readonly string[],
  changes: Partial<LayoutInput> = {},
  more: readonly string[] = [],
): LayoutInput {
  const input = layoutInput([...regions.map((region) => `INTERNET > ${region}`), ...more], {
    view: "ring",
    ...changes,
  });
  return { ...input, radii: Float32Array.from(input.keys, (key) => (key === "INTERNET" ? 92 : 84)) };
}

/** The regions in the order in which one meets them going round counter-clockwise, from the first one named. */
function roundFrom(
  input: LayoutInput,
  places: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
  first: string,
) {
  const middle = must(places.get("INTERNET"));
  const turn = (key: string) => {
    const { x, y } = must(places.get(key));
    return Math.atan2(x - middle.x, y - middle.y);
  };
  const start = turn(first);
  const way = (key: string) => (turn(key) - start + 4 * Math.PI) % (2 * Math.PI);
  return input.keys.filter((key) => key !== "INTERNET").toSorted((a, b) => way(a) - way(b));
}

describe("a ring", () => {
  it("of three regions has two above, one below, and the internet between them", () => {
    const input = ringOf(["us-east-1", "us-west-2", "eu-west-1"]);
    const result = layoutGraph(input);
    const [internet, east, west, europe] = ["INTERNET", "us-east-1", "us-west-2", "eu-west-1"].map((key) =>
      placeOf(input, result, key),
    );
    expect(must(east).y).toBeCloseTo(must(west).y, 0);
    expect(must(east).x).toBeCloseTo(-must(west).x, 0);
    expect(must(west).x).toBeLessThan(-300);
    expect([must(internet).x, must(europe).x].map(Math.round)).toEqual([0, 0]);
    expect(must(west).y).toBeLessThan(must(internet).y - 100);
    expect(must(europe).y).toBeGreaterThan(must(internet).y + 200);
  });

  it("of two has one on either side, on a tall screen one above and one below", () => {
    for (const [aspect, axis] of [
      [1.6, "x"],
      [0.5, "y"],
    ] as const) {
      const input = ringOf(["a", "b"], { aspect });
      const result = layoutGraph(input);
      const [a, b] = [placeOf(input, result, "a"), placeOf(input, result, "b")];
      expect(Math.abs(a[axis] - b[axis])).toBeGreaterThan(600);
      expect(Math.abs(a[axis] + b[axis])).toBeLessThan(1);
    }
  });

  it("fills wide and tall screens alike", () => {
    for (const aspect of [0.5, 1, 1.6, 2.4]) {
      const { xy } = layoutGraph(ringOf(["a", "b", "c", "d", "e"], { aspect }));
      const span = (axis: number) => {
        const values = [...xy].filter((_value, i) => i % 2 === axis);
        return Math.max(...values) - Math.min(...values) + 2 * 84;
      };
      expect(span(0) / span(1) / aspect).toBeGreaterThan(0.9);
      expect(span(0) / span(1) / aspect).toBeLessThan(1.1);
    }
  });

  it("of one to forty regions of any size overlaps nowhere and leaves room for lanes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 120 }), { minLength: 1, maxLength: 40 }), (sizes) => {
        const ring = ringOf(sizes.map((_size, i) => `region-${i}`));
        const input = { ...ring, radii: Float32Array.from([92, ...sizes]) };
        const result = layoutGraph(input);
        expect(overlappingDiscs(input, result)).toEqual([]);
        const middle = placeOf(input, result, "INTERNET");
        const lanes = sizes.map((size, i) => {
          const { x, y } = placeOf(input, result, `region-${i}`);
          return Math.hypot(x - middle.x, y - middle.y) - 92 - size;
        });
        expect(Math.min(...lanes)).toBeGreaterThan(100);
      }),
    );
  });

  it("does not depend on the order in which regions are told", () => {
    const a = ringOf(["x", "y", "z", "w"]);
    const b = ringOf(["w", "z", "x", "y"]);
    const names = ["INTERNET", "w", "x", "y", "z"];
    const placesIn = (input: LayoutInput) => names.map((name) => placeOf(input, layoutGraph(input), name));
    expect(placesIn(a)).toEqual(placesIn(b));
  });

  it("keeps its order when a region joins", () => {
    const names = ["a", "b", "d", "e", "f"];
    const before = ringOf(names, {}, ["a > d", "d > a", "b > e"]);
    const previous = placesOf(before, layoutGraph(before));
    const after = ringOf([...names, "c"], { previous }, ["a > d", "d > a", "b > e"]);
    const places = placesOf(after, layoutGraph(after));
    const order = roundFrom(after, places, "a");
    expect(order.filter((key) => key !== "c")).toEqual(roundFrom(before, previous, "a"));
    expect(overlappingDiscs(after, layoutGraph(after))).toEqual([]);
  });

  it("keeps traffic between two regions out of the middle", () => {
    const input = ringOf(["a", "b", "c", "d"], {}, ["a > c", "b > d"]);
    const order = roundFrom(input, placesOf(input, layoutGraph(input)), "a");
    const apart = (from: string, to: string) => Math.abs(order.indexOf(from) - order.indexOf(to)) % 2;
    expect([apart("a", "c"), apart("b", "d")]).toEqual([1, 1]);
  });

  it("without an entry is a ring all the same", () => {
    const input = ringOf([], { keys: ["a", "b", "c"], roles: ["member", "member", "member"] });
    const { xy } = layoutGraph(input);
    expect(overlappingDiscs(input, { xy })).toEqual([]);
    expect(new Set([...xy].map(Math.round)).size).toBeGreaterThan(3);
  });
});

describe("points on an ellipse", () => {
  it("begin at the bottom and are alike left and right", () => {
    const [bottom, right, left] = pointsOnEllipse(400, 200, [1, 1, 1]);
    expect([must(bottom).x, must(bottom).y].map(Math.round).map(Math.abs)).toEqual([0, 100]);
    expect(must(right).x).toBeGreaterThan(0);
    expect(must(left).x).toBeCloseTo(-must(right).x, 1);
    expect(must(left).y).toBeCloseTo(must(right).y, 1);
  });

  it("stand closer where shares are smaller", () => {
    const points = pointsOnEllipse(200, 200, [3, 1, 1, 1]);
    const chord = (i: number, j: number) =>
      Math.hypot(must(points[i]).x - must(points[j]).x, must(points[i]).y - must(points[j]).y);
    expect(chord(0, 1)).toBeGreaterThan(chord(1, 2) * 1.5);
  });
});
