import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";

import { amplificationOf } from "./amplification.ts";
import { callOrder } from "./call-order.ts";
import { solveVolumes, type GainGraph } from "./solve-volumes.ts";

interface Case extends GainGraph {
  readonly targets: Int32Array;
  readonly gains: Float64Array;
}

function caseOf(size: number, calls: readonly (readonly [number, number, number])[]): Case {
  const sources = Int32Array.from(calls, ([source]) => source);
  const targets = Int32Array.from(calls, ([, target]) => target);
  const gains = Float64Array.from(calls, ([, , gain]) => gain);
  return { sources, targets, gains, order: callOrder({ size, sources, targets }) };
}

function namesOf(size: number): string[] {
  return Array.from({ length: size }, (_, i) => `s${i}`);
}

/** Calls among `size` nodes at random, with so small gains that the sum over a node's callers stays below `most`. */
function randomCase(size: number, calls: number, most: number, seed: number): Case {
  const random = mulberry32(seed);
  const list = Array.from({ length: calls }, () => {
    const from = Math.floor(random() * size);
    return [from, Math.floor(random() * size), random()] as [number, number, number];
  });
  const sums = new Float64Array(size);
  for (const [, target, gain] of list) sums[target]! += gain;
  return caseOf(
    size,
    list.map(([from, to, gain]) => [from, to, (gain / sums[to]!) * most] as const),
  );
}

/** How far each node is from what begins there and what its callers send; relative. */
function residual({ sources, targets, gains }: Case, roots: Float64Array, volumes: Float64Array): number {
  const expected = roots.slice();
  for (let e = 0; e < gains.length; e += 1) expected[targets[e]!]! += gains[e]! * volumes[sources[e]!]!;
  return expected.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(value - volumes[i]!) / Math.max(value, 1e-9)),
    0,
  );
}

describe("solveVolumes", () => {
  it("gives every node what begins there and what its callers send", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(120),
        fc.double({ noNaN: true, min: 0.1, max: 0.999 }),
        fc.nat(),
        (size, calls, most, seed) => {
          const graph = randomCase(size, calls, most, seed);
          const roots = Float64Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 1 + i : 0));
          expect(residual(graph, roots, solveVolumes(graph, graph.gains, roots))).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("solves a cycle of many nodes by sweeps just as well", () => {
    const graph = randomCase(600, 3000, 0.9, 3);
    const roots = new Float64Array(600).fill(1);
    expect(graph.order.isCycle.length).toBeLessThan(200);
    expect(residual(graph, roots, solveVolumes(graph, graph.gains, roots))).toBeLessThan(1e-11);
  });

  it("counts further tries of a node that calls itself", () => {
    const graph = caseOf(2, [
      [0, 1, 0.5],
      [1, 1, 0.5],
    ]);
    expect([...solveVolumes(graph, graph.gains, Float64Array.of(10, 0))]).toEqual([10, 10]);
  });

  it("does not write to what it is given", () => {
    const graph = caseOf(2, [[0, 1, 2]]);
    const roots = Float64Array.of(1, 0);
    solveVolumes(graph, graph.gains, roots);
    expect([...roots]).toEqual([1, 0]);
  });
});

describe("amplificationOf", () => {
  it("is 0 where nothing goes round", () => {
    const graph = caseOf(3, [
      [0, 1, 9],
      [1, 2, 9],
    ]);
    expect(amplificationOf(graph, graph.gains, namesOf(3))).toEqual({ radius: 0, cycle: [] });
  });

  it("is the root of the product along a cycle, and names it in the order of the calls", () => {
    const two = caseOf(2, [
      [0, 1, 2],
      [1, 0, 0.125],
    ]);
    expect(amplificationOf(two, two.gains, namesOf(2)).radius).toBeCloseTo(0.5, 9);
    const three = caseOf(5, [
      [0, 1, 3],
      [1, 2, 1],
      [2, 3, 2],
      [3, 1, 4],
      [3, 4, 7],
    ]);
    const { radius, cycle } = amplificationOf(three, three.gains, namesOf(5));
    expect(radius).toBeCloseTo(2, 9);
    expect([...cycle, ...cycle].join(" ")).toContain("s1 s2 s3");
    expect(cycle).toHaveLength(3);
  });

  it("takes the loudest of several, and a node that calls itself for one", () => {
    const graph = caseOf(3, [
      [0, 1, 0.2],
      [1, 0, 0.2],
      [1, 2, 1],
      [2, 2, 0.75],
    ]);
    const { radius, cycle } = amplificationOf(graph, graph.gains, namesOf(3));
    expect(radius).toBeCloseTo(0.75, 9);
    expect(cycle).toEqual(["s2"]);
  });

  it("is never above the greatest sum of the gains into a node", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(90), fc.nat(), (size, calls, seed) => {
        const graph = randomCase(size, calls, 0.8, seed);
        const { radius } = amplificationOf(graph, graph.gains, namesOf(size));
        expect(radius).toBeLessThanOrEqual(0.8 + 1e-9);
        expect(radius).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });

  it("bounds from above what has edges without calls", () => {
    const graph = caseOf(3, [
      [0, 1, 0.5],
      [1, 0, 0],
      [1, 2, 1],
      [2, 1, 0.25],
    ]);
    const { radius } = amplificationOf(graph, graph.gains, namesOf(3));
    expect(radius).toBeGreaterThanOrEqual(0.5 - 1e-9);
    expect(radius).toBeLessThan(0.51);
  });
});
