import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { cases } from "#testing/cases.ts";
import { arbitraryLayout, layoutInput, rankedGraph } from "#testing/layout-inputs.ts";

import { createCallGraph, withoutEdgesAmong } from "./call-graph.ts";
import type { LayoutInput } from "./layout-input.ts";
import { rankNodes } from "./rank-nodes.ts";
import { turnCycles } from "./turn-cycles.ts";

function turned(input: LayoutInput) {
  const isEntry = (node: number) => input.roles[node] === "entry";
  return turnCycles(withoutEdgesAmong(createCallGraph(input), isEntry), isEntry);
}

function ranksOf(input: LayoutInput): Int32Array {
  return rankNodes(turned(input), (node) => input.roles[node] === "entry");
}

/** Rank by name. */
function ranksByName(edges: readonly string[]): Readonly<Record<string, number>> {
  const input = layoutInput(edges);
  const ranks = ranksOf(input);
  return Object.fromEntries(input.keys.map((key, node) => [key, must(ranks[node])]));
}

/** The edges that were turned round, as "from > to" before. */
function turnedEdges(edges: readonly string[]): readonly string[] {
  const input = layoutInput(edges);
  const before = createCallGraph(input);
  const after = turned(input);
  return [...before.from.keys()]
    .filter((e) => before.from[e] !== after.from[e])
    .map((e) => `${input.keys[before.from[e]!]} > ${input.keys[before.to[e]!]}`);
}

describe("ranks", () => {
  it("every edge leads to a higher rank once circles are broken, whatever the graph", () => {
    fc.assert(
      fc.property(arbitraryLayout("flow"), (input) => {
        const graph = turned(input);
        const ranks = ranksOf(input);
        const backwards = [...graph.from.keys()].filter(
          (e) => ranks[graph.from[e]!]! >= ranks[graph.to[e]!]!,
        );
        expect(backwards).toEqual([]);
      }),
      { numRuns: cases(300) },
    );
  });

  it("start at 0, leave no gap, and give entries the first", () => {
    fc.assert(
      fc.property(arbitraryLayout("flow"), (input) => {
        const ranks = ranksOf(input);
        const used = [...new Set(ranks)].toSorted((a, b) => a - b);
        expect(used).toEqual(used.map((_rank, i) => i));
        expect([...ranks].filter((rank, node) => input.roles[node] === "entry" && rank !== 0)).toEqual([]);
      }),
    );
  });

  it("whoever calls nobody stands right behind the last caller, not in one far column", () => {
    expect(ranksByName(["a > b", "b > c", "c > d", "a > leaf", "b > twig"])).toEqual({
      a: 0,
      b: 1,
      c: 2,
      d: 3,
      leaf: 1,
      twig: 2,
    });
  });

  it("whom nobody calls stands right before the first callee", () => {
    expect(ranksByName(["INTERNET > a", "a > b", "b > c", "cron > c"])["cron"]).toBe(2);
  });

  it("a chain of such callers moves up together", () => {
    expect(ranksByName(["a > b", "b > c", "c > d", "d > e", "cron > job", "job > e"])).toMatchObject({
      cron: 2,
      job: 3,
    });
  });
});

describe("breaking circles", () => {
  it("turns nothing where there is no circle", () => {
    expect(turnedEdges(["a > b", "b > c", "a > c", "d > c"])).toEqual([]);
  });

  it("turns the call that leads back up the flow, and only that", () => {
    expect(turnedEdges(["INTERNET > a", "a > b", "b > c", "c > d", "d > b"])).toEqual(["d > b"]);
  });

  it("turns one of two calls back and forth", () => {
    expect(turnedEdges(["INTERNET > a", "a > b", "b > a", "b > c"])).toEqual(["b > a"]);
  });

  it("turns whatever calls an entry", () => {
    expect(turnedEdges(["a > INTERNET", "INTERNET > b", "c > d"])).toEqual(["a > INTERNET"]);
  });

  it("a few calls back do not make the graph deep", () => {
    const input = rankedGraph(400);
    const back = [5, 90, 170, 260].flatMap((i) => [input.ends[2 * i + 1]!, input.ends[2 * i]!]);
    const circular = {
      ...input,
      ends: Uint32Array.from([...input.ends, ...back]),
      weights: new Float32Array(input.weights.length + 4),
    };
    expect(Math.max(...ranksOf(circular))).toBeLessThan(16);
  });
});

describe("the graph that layouts work on", () => {
  it("leaves out calls to oneself and joins repeated ones, adding their rates", () => {
    const input = layoutInput(["a > a", "a > b", "a > b"], { weights: Float32Array.from([5, 40, 59]) });
    const graph = createCallGraph(input);
    expect([...graph.from]).toEqual([0]);
    expect([...graph.to]).toEqual([1]);
    expect(graph.weight[0]).toBeCloseTo(1.8, 5);
  });
});
