import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";
import { cases } from "#testing/cases.ts";

import { holdPlaces } from "./hold-places.ts";

const radii = new Float32Array(8).fill(20);
const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });

const xyOf = (places: readonly Point[]) => Float32Array.from(places.flatMap(({ x, y }) => [x, y]));

describe("holdPlaces", () => {
  it("moves nobody who had a place, and puts no newcomer on anybody", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("flow" as const, "ring" as const),
        fc.array(point, { minLength: 8, maxLength: 8 }),
        fc.array(fc.option(point, { nil: undefined }), { minLength: 8, maxLength: 8 }),
        (view, laidOut, before) => {
          const keys: readonly string[] = laidOut.map((_, i) => `node ${i}`);
          const known = new Map<string, Point>(
            before.flatMap((place, i) => (place === undefined ? [] : [[`node ${i}`, place] as const])),
          );
          const held = holdPlaces(
            { view, keys, roles: keys.map(() => "member"), radii, previous: known },
            xyOf(laidOut),
          );
          expect([...held.keys()]).toEqual(keys);
          for (const [key, place] of known) expect(held.get(key)).toBe(place);
          if (known.size === 0) return;
          for (const key of keys.filter((name) => !known.has(name))) {
            const { x, y } = must(held.get(key));
            for (const other of keys.filter((name) => name !== key)) {
              const there = must(held.get(other));
              expect(Math.hypot(x - there.x, y - there.y)).toBeGreaterThanOrEqual(40);
            }
          }
        },
      ),
      { numRuns: cases(200) },
    );
  });

  it("shifts newcomers along with a layout that is shifted as a whole", () => {
    const known = new Map([
      ["a", { x: 0, y: 0 }],
      ["b", { x: 100, y: 0 }],
    ]);
    const laidOut = [
      { x: -50, y: 10 },
      { x: 50, y: 10 },
      { x: 150, y: 60 },
    ];
    const keys = ["a", "b", "c"];
    const roles = ["member", "member", "member"] as const;
    const input = { view: "flow", keys, roles, radii, previous: known } as const;
    const held = holdPlaces(input, xyOf(laidOut));
    expect(held.get("c")).toEqual({ x: 200, y: 50 });
  });

  it("puts newcomers on a ring into the widest gap, at a distance", () => {
    const previous = new Map([
      ["INTERNET", { x: 0, y: 0 }],
      ["east", { x: 300, y: 0 }],
      ["west", { x: -300, y: -1 }],
    ]);
    const keys = ["INTERNET", "east", "west", "gone"];
    const roles = ["entry", "member", "member", "member"] as const;
    const ring = { view: "ring", keys, roles, radii: radii.map(() => 100), previous } as const;
    const gone = holdPlaces(ring, new Float32Array(8)).get("gone");
    expect(gone?.x).toBeCloseTo(0, -1);
    expect(gone?.y).toBeGreaterThan(270);
    expect(gone?.y).toBeLessThan(290);
  });
});
