import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { ViewRole } from "#domain/focus.ts";
import { layoutInput, overlappingDiscs, placeOf, placesOf } from "#testing/layout-inputs.ts";

import { layoutGraph } from "./layout-graph.ts";
import type { LayoutInput } from "./layout-input.ts";

const radiusOf: Readonly<Record<string, number>> = { centre: 66, caller: 21, callee: 21, instance: 15 };

/** A service "api" with so many callers, callees and instances; caller-0 and callee-0 have the most traffic. */
function around(callers: number, callees: number, instances: number, aspect = 1.6): LayoutInput {
  const names = (role: string, count: number) => Array.from({ length: count }, (_, i) => `${role}-${i}`);
  const input = layoutInput(
    [
      "api",
      ...names("caller", callers).map((name) => `${name} > api`),
      ...names("callee", callees).map((name) => `api > ${name}`),
      ...names("instance", instances),
    ],
    { view: "neighbourhood", aspect },
  );
  const roles = input.keys.map((key): ViewRole => {
    if (key.startsWith("caller")) return "caller";
    if (key.startsWith("callee")) return "callee";
    return key === "api" ? "centre" : "instance";
  });
  return {
    ...input,
    roles,
    radii: Float32Array.from(roles, (role) => must(radiusOf[role])),
    weights: input.weights.map((_rate, e) => 1000 / (1 + e)),
  };
}

describe("a neighbourhood", () => {
  it("has callers left, callees right and instances below, and nothing overlaps, up to hundreds", () => {
    const count = fc.integer({ min: 0, max: 150 });
    fc.assert(
      fc.property(
        count,
        count,
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom(0.5, 1, 1.6, 2.4),
        (a, b, c, aspect) => {
          const input = around(a, b, c, aspect);
          const result = layoutGraph(input);
          const places = placesOf(input, result);
          const middle = must(places.get("api"));
          const misplaced = [...places].filter(([key, { x, y }]) => {
            if (key.startsWith("caller")) return x > middle.x - 200;
            if (key.startsWith("callee")) return x < middle.x + 200;
            return key.startsWith("instance") && y < middle.y + 100;
          });
          expect(misplaced).toEqual([]);
          expect(overlappingDiscs(input, result)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("has the heaviest neighbours nearest", () => {
    const input = around(0, 40, 0);
    const places = placesOf(input, layoutGraph(input));
    const heaviest = must(places.get("callee-0")).x;
    const lightest = must(places.get("callee-39")).x;
    expect(heaviest).toBeLessThan(lightest - 100);
  });

  it("has few neighbours in one column each, level with the centre", () => {
    const input = around(1, 3, 0);
    const result = layoutGraph(input);
    const { y } = placeOf(input, result, "api");
    expect(placeOf(input, result, "caller-0").y).toBeCloseTo(y, 3);
    expect(placeOf(input, result, "callee-0").y).toBeCloseTo(y, 3);
    expect(placeOf(input, result, "callee-1").y + placeOf(input, result, "callee-2").y).toBeCloseTo(2 * y, 3);
  });

  it("takes a new callee in on the right, beside the others", () => {
    const before = around(3, 6, 4);
    const previous = placesOf(before, layoutGraph(before));
    const after = { ...around(3, 7, 4), previous };
    const result = layoutGraph(after);
    const others = [0, 1, 2, 3, 4, 5].map((i) => must(previous.get(`callee-${i}`)));
    const joined = placeOf(after, result, "callee-6");
    expect(joined.x).toBeGreaterThan(must(previous.get("api")).x + 200);
    expect(Math.min(...others.map(({ x, y }) => Math.hypot(x - joined.x, y - joined.y)))).toBeLessThan(200);
  });
});
