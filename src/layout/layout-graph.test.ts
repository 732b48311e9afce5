import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";
import type { NodeView } from "#domain/topology.ts";
import { cases } from "#testing/cases.ts";
import {
  arbitraryLayout,
  layoutInput,
  overlappingDiscs,
  placeOf,
  placesOf,
  rankedGraph,
} from "#testing/layout-inputs.ts";

import { layoutGraph, startLayout } from "./layout-graph.ts";
import type { LayoutInput } from "./layout-input.ts";

const views: readonly NodeView[] = ["flow", "ring", "neighbourhood"];
const anyLayout = fc.constantFrom(...views).chain((view) => arbitraryLayout(view));

/** The input without its last `count` nodes. */
function without(input: LayoutInput, count: number): LayoutInput {
  const size = Math.max(0, input.keys.length - count);
  const kept = [...input.weights.keys()].filter(
    (e) => input.ends[2 * e]! < size && input.ends[2 * e + 1]! < size,
  );
  return {
    ...input,
    keys: input.keys.slice(0, size),
    roles: input.roles.slice(0, size),
    radii: input.radii.slice(0, size),
    ends: Uint32Array.from(kept.flatMap((e) => [input.ends[2 * e]!, input.ends[2 * e + 1]!])),
    weights: Float32Array.from(kept, (e) => input.weights[e]!),
  };
}

describe("the laws of every layout", () => {
  it("every node has a place and no two discs overlap", () => {
    fc.assert(
      fc.property(anyLayout, (input) => {
        const result = layoutGraph(input);
        expect([...result.xy].filter((value) => !Number.isFinite(value))).toEqual([]);
        expect(result.xy.length).toBe(2 * input.keys.length);
        expect(overlappingDiscs(input, result)).toEqual([]);
      }),
      { numRuns: cases(300) },
    );
  });

  it("the first picture is complete and free of overlaps as well", () => {
    fc.assert(
      fc.property(anyLayout, (input) => {
        const first = startLayout(input).picture();
        expect(first.xy.every(Number.isFinite)).toBe(true);
        expect(overlappingDiscs(input, first)).toEqual([]);
      }),
    );
  });

  it("the picture lies around (0, 0)", () => {
    fc.assert(
      fc.property(anyLayout, (input) => {
        fc.pre(input.keys.length > 0);
        const { xy } = layoutGraph(input);
        const xs = [...input.radii.keys()].flatMap((i) => [
          xy[2 * i]! - input.radii[i]!,
          xy[2 * i]! + input.radii[i]!,
        ]);
        // Labels count too, so half a label's width is the most that discs alone may be off.
        expect(Math.abs(Math.min(...xs) + Math.max(...xs)) / 2).toBeLessThanOrEqual(55);
      }),
    );
  });

  it("the same input gives the same picture, however the steps are cut", () => {
    fc.assert(
      fc.property(anyLayout, fc.array(fc.integer({ min: 1, max: 40 })), (input, cuts) => {
        const run = startLayout(input);
        for (const ticks of cuts) {
          run.step(ticks);
          run.picture();
        }
        while (!run.step(7));
        expect(run.picture().xy).toEqual(layoutGraph(input).xy);
      }),
      { numRuns: 60 },
    );
  });

  it("pins hold to the last bit, and nobody else stands under them", () => {
    const place = fc.integer({ min: -600, max: 600 });
    fc.assert(
      fc.property(anyLayout, place, place, fc.nat(), (input, x, y, which) => {
        fc.pre(input.keys.length > 0);
        const key = must(input.keys[which % input.keys.length]);
        const pinned = { ...input, pins: new Map([[key, { x, y }]]) };
        const result = layoutGraph(pinned);
        expect(placeOf(pinned, result, key)).toEqual({ x, y });
        expect(overlappingDiscs(pinned, result)).toEqual([]);
      }),
    );
  });

  it("numbers alone move nothing: other rates, sizes, screens, seeds", () => {
    fc.assert(
      fc.property(anyLayout, fc.nat(1000), (input, seed) => {
        const before = layoutGraph(input);
        const after = layoutGraph({
          ...input,
          weights: input.weights.map((rate) => rate * 3 + 1),
          radii: input.radii.map((radius) => radius * 1.3),
          aspect: 0.9,
          seed,
          previous: placesOf(input, before),
        });
        expect(after.xy).toEqual(before.xy);
      }),
      { numRuns: 60 },
    );
  });

  it("nobody moves when nodes leave", () => {
    fc.assert(
      fc.property(anyLayout, fc.nat(10), (input, count) => {
        const places = placesOf(input, layoutGraph(input));
        const smaller = without(input, count);
        const after = placesOf(smaller, layoutGraph({ ...smaller, previous: places }));
        expect([...after]).toEqual(smaller.keys.map((key) => [key, places.get(key)]));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a ranked picture", () => {
  it("has nobody left of its entries, however odd the graph", () => {
    fc.assert(
      fc.property(arbitraryLayout("flow"), (input) => {
        const { xy } = layoutGraph(input);
        const left = input.keys.reduce((least, _key, node) => Math.min(least, xy[2 * node]!), Infinity);
        const displaced = input.keys.filter(
          (_key, node) => input.roles[node] === "entry" && xy[2 * node] !== left,
        );
        expect(displaced).toEqual([]);
      }),
    );
  });

  it("has nobody left of its entries when those who call fill many columns", () => {
    const callers = Array.from({ length: 260 }, (_, i) => `caller-${i} > hub`);
    const input = layoutInput([...callers.slice(0, 100), "INTERNET > hub", ...callers.slice(100)]);
    const result = layoutGraph(input);
    expect(placeOf(input, result, "INTERNET").x).toBe(
      Math.min(...[...placesOf(input, result).values()].map(({ x }) => x)),
    );
  });

  it("has callers left of those whom they call", () => {
    const input = layoutInput(["INTERNET > a", "a > b", "a > c", "b > d", "c > d", "job > d"]);
    const places = placesOf(input, layoutGraph(input));
    const edges = "INTERNET,a a,b a,c b,d c,d job,d".split(" ").map((pair) => pair.split(","));
    const backwards = edges.filter(
      ([from = "", to = ""]) => must(places.get(from)).x >= must(places.get(to)).x,
    );
    expect(backwards).toEqual([]);
  });

  it("fills the screen that it is laid out for, wide or tall", () => {
    for (const aspect of [0.6, 1, 1.6, 2.2]) {
      const input = { ...rankedGraph(80), aspect };
      const { xy } = layoutGraph(input);
      const span = (axis: number) => {
        const values = input.keys.map((_key, node) => xy[2 * node + axis]!);
        return Math.max(...values) - Math.min(...values);
      };
      const shape = (span(0) + 110) / (span(1) + 60);
      expect(Math.min(shape / aspect, aspect / shape)).toBeGreaterThan(0.8);
    }
  });

  it("has parts without a tie near one another, not flung out", () => {
    const pairs = Array.from({ length: 12 }, (_, i) => `p${i} > q${i}`);
    const input = layoutInput(["a > b", "b > c", "a > d", "d > e", ...pairs, "alone", "lonely"]);
    const { xy } = layoutGraph(input);
    const reach = Math.max(...[...xy].map(Math.abs));
    expect(reach).toBeLessThan(1000);
  });
});

describe("a layout with places from before", () => {
  const growing = fc
    .constantFrom<NodeView>("flow", "neighbourhood")
    .chain((view) => fc.tuple(arbitraryLayout(view), fc.integer({ min: 1, max: 12 })))
    .filter(([input, count]) => input.keys.length >= 2 * count);

  it("gives new nodes free places and moves nobody", () => {
    fc.assert(
      fc.property(growing, ([input, count]) => {
        const smaller = without(input, count);
        const places = placesOf(smaller, layoutGraph(smaller));
        const result = layoutGraph({ ...input, previous: places });
        const after = placesOf(input, result);
        expect(smaller.keys.map((key) => after.get(key))).toEqual(smaller.keys.map((key) => places.get(key)));
        expect(overlappingDiscs(input, result)).toEqual([]);
      }),
    );
  });

  it("puts a new service right of its caller and left of its callee, at their height", () => {
    const before = layoutInput(["INTERNET > a", "a > b", "b > c", "c > d", "a > x", "x > y"]);
    const places = placesOf(before, layoutGraph(before));
    const input = layoutInput(
      ["INTERNET > a", "a > b", "b > c", "c > d", "a > x", "x > y", "b > new", "new > d"],
      {
        previous: places,
      },
    );
    const { x, y } = placeOf(input, layoutGraph(input), "new");
    const caller = must(places.get("b"));
    const callee = must(places.get("d"));
    expect(x).toBeGreaterThan(caller.x);
    expect(x).toBeLessThan(callee.x);
    expect(Math.abs(y - (caller.y + callee.y) / 2)).toBeLessThan(200);
  });

  it("puts a new caller left of its callee, but never left of an entry", () => {
    const edges = ["INTERNET > a", "a > b", "b > c", "c > d", "d > e", "e > f"];
    const before = layoutInput(edges);
    const previous = placesOf(before, layoutGraph(before));
    const input = layoutInput([...edges, "job > c", "cron > a", "tick > a"], { previous });
    const after = placesOf(input, layoutGraph(input));
    expect(must(after.get("job")).x).toBeLessThan(must(after.get("c")).x - 100);
    const entry = must(after.get("INTERNET")).x;
    expect(["job", "cron", "tick"].filter((key) => must(after.get(key)).x < entry)).toEqual([]);
    const aboveAll = layoutInput([...edges, "early > INTERNET", "early > x"], { previous });
    expect(placeOf(aboveAll, layoutGraph(aboveAll), "early").x).toBeGreaterThanOrEqual(entry);
  });

  it("puts new nodes without edges in a row below everybody else", () => {
    const before = layoutInput(["a > b", "a > c", "b > d"]);
    const places = placesOf(before, layoutGraph(before));
    const input = layoutInput(["a > b", "a > c", "b > d", "alone", "lonely"], { previous: places });
    const after = layoutGraph(input);
    const alone = placeOf(input, after, "alone");
    const lonely = placeOf(input, after, "lonely");
    expect(alone.y).toBe(lonely.y);
    expect(alone.x).toBeLessThan(lonely.x);
    expect(alone.y).toBeGreaterThan(Math.max(...[...places.values()].map(({ y }) => y)));
  });

  it("starts afresh when more nodes are new than old", () => {
    const input = layoutInput(["a > b", "b > c", "c > d"]);
    const stray: ReadonlyMap<string, Point> = new Map([["a", { x: 7000, y: 7000 }]]);
    expect(layoutGraph({ ...input, previous: stray }).xy).toEqual(layoutGraph(input).xy);
  });

  it("passes over places that are no places", () => {
    const input = layoutInput(["a > b"]);
    const broken = new Map([
      ["a", { x: Number.NaN, y: 0 }],
      ["b", { x: 0, y: Number.POSITIVE_INFINITY }],
    ]);
    expect(layoutGraph({ ...input, previous: broken, pins: broken }).xy).toEqual(layoutGraph(input).xy);
  });

  it("lets whoever stands under a new pin step aside, and only them", () => {
    const input = layoutInput(["a > b", "a > c", "b > d", "c > d"]);
    const previous = placesOf(input, layoutGraph(input));
    const pins = new Map([["a", must(previous.get("d"))]]);
    const after = placesOf(input, layoutGraph({ ...input, previous, pins }));
    expect(after.get("a")).toEqual(previous.get("d"));
    expect(["b", "c"].map((key) => after.get(key))).toEqual(["b", "c"].map((key) => previous.get(key)));
    const moved = must(after.get("d"));
    const old = must(previous.get("d"));
    expect(Math.hypot(moved.x - old.x, moved.y - old.y)).toBeLessThan(80);
  });
});

describe("odd graphs", () => {
  it("an empty graph has an empty picture", () => {
    for (const view of views) expect(layoutGraph(layoutInput([], { view })).xy.length).toBe(0);
  });

  it("a single node stands in the middle", () => {
    for (const view of views) {
      const { x, y } = placeOf(layoutInput(["a"], { view }), layoutGraph(layoutInput(["a"], { view })), "a");
      expect(Math.abs(x)).toBeLessThan(1);
      expect(Math.abs(y)).toBeLessThan(15);
    }
  });

  it("calls to oneself and back and forth are laid out", () => {
    const input = layoutInput(["a > a", "a > b", "b > a"]);
    expect(overlappingDiscs(input, layoutGraph(input))).toEqual([]);
  });

  it("a screen without a shape is no obstacle", () => {
    for (const aspect of [Number.NaN, 0, Number.POSITIVE_INFINITY])
      expect(layoutGraph(layoutInput(["a > b"], { aspect })).xy.every(Number.isFinite)).toBe(true);
  });

  it("an edge that ends nowhere is a bug", () => {
    expect(() =>
      layoutGraph(layoutInput(["a > b"], { keys: ["a"], ends: Uint32Array.from([0, 1]) })),
    ).toThrow(/edge 0 of a layout ends nowhere/);
  });

  it("twenty thousand nodes are laid out by rank, without forces", () => {
    const input = rankedGraph(20_000);
    const run = startLayout(input);
    expect(run.step(60)).toBe(true);
    expect(run.picture().xy.every(Number.isFinite)).toBe(true);
  });

  it("a chain of five thousand calls is no deeper than the stack allows", () => {
    const edges = Array.from({ length: 5000 }, (_, i) => `${i} > ${i + 1}`);
    const ends = Uint32Array.from(edges.flatMap((_edge, i) => [i, i + 1]));
    const keys = Array.from({ length: 5001 }, (_, i) => String(i));
    const input = { ...layoutInput([], { keys }), ends, weights: new Float32Array(5000) };
    expect(layoutGraph(input).xy.every(Number.isFinite)).toBe(true);
  });
});
