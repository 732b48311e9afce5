import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  curveAt,
  curveLength,
  curvePoint,
  curveStride,
  edgeCurves,
  type CurveStyle,
} from "./edge-geometry.ts";

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly rim: number;
}

/** Curves of edges "0 > 1" between discs. */
function curvesOf(discs: readonly Disc[], edges: readonly (readonly [number, number])[], style: CurveStyle) {
  const column = (key: keyof Disc) => Float32Array.from(discs, (disc) => disc[key]);
  return edgeCurves(
    {
      count: edges.length,
      source: Uint32Array.from(edges, ([source]) => source),
      target: Uint32Array.from(edges, ([, target]) => target),
    },
    { x: column("x"), y: column("y"), rim: column("rim") },
    style,
  );
}

const arbitraryDisc = (reach: number) =>
  fc.record({
    x: fc.integer({ min: -reach, max: reach }),
    y: fc.integer({ min: -reach, max: reach }),
    rim: fc.constantFrom(4, 6, 62, 79),
  });
const disc = fc.oneof(arbitraryDisc(60), arbitraryDisc(900));
const style = fc.constantFrom<CurveStyle>("straight", "level");
const distance = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.hypot(a.x - b.x, a.y - b.y);
/** Coordinates are 32-bit numbers. */
const slack = 0.01;

describe("the curve of an edge", () => {
  it("begins and ends on the rims of its discs", () => {
    fc.assert(
      fc.property(disc, disc, style, (a, b, way) => {
        // A curve never begins further out than a third of the way.
        fc.pre(distance(a, b) > Math.max(a.rim, b.rim) * 3 + 3);
        const curves = curvesOf([a, b], [[0, 1]], way);
        expect(distance(curvePoint(curves, 0, 0), a)).toBeCloseTo(a.rim, 1);
        expect(distance(curvePoint(curves, 0, 1), b)).toBeCloseTo(b.rim, 1);
      }),
    );
  });

  it("stays within its discs where they are too close for that", () => {
    fc.assert(
      fc.property(disc, disc, style, (a, b, way) => {
        const curves = curvesOf([a, b], [[0, 1]], way);
        expect(distance(curvePoint(curves, 0, 0), a)).toBeLessThanOrEqual(a.rim + slack);
        expect(distance(curvePoint(curves, 0, 1), b)).toBeLessThanOrEqual(b.rim + slack);
      }),
    );
  });

  it("is finite wherever the discs are, on top of each other too, and has a normal of length 1 at its ends", () => {
    fc.assert(
      fc.property(disc, disc, style, (a, b, way) => {
        const curves = curvesOf(
          [a, b, a],
          [
            [0, 1],
            [1, 0],
            [0, 2],
            [1, 1],
          ],
          way,
        );
        expect(curves.every(Number.isFinite)).toBe(true);
        for (let at = 0; at < curves.length; at += curveStride) {
          const { nx, ny, mx, my } = curveAt;
          expect(Math.hypot(curves[at + nx]!, curves[at + ny]!)).toBeCloseTo(1, 4);
          const end = Math.hypot(curves[at + nx]! + curves[at + mx]!, curves[at + ny]! + curves[at + my]!);
          expect(end).toBeCloseTo(1, 4);
        }
      }),
    );
  });

  it("is a straight line between rings when nothing comes back", () => {
    const curves = curvesOf(
      [
        { x: 0, y: 0, rim: 79 },
        { x: 400, y: 300, rim: 79 },
      ],
      [[0, 1]],
      "straight",
    );
    const { x, y } = curvePoint(curves, 0, 0.3);
    expect(y / x).toBeCloseTo(0.75, 4);
  });

  it("bends to its own right where two edges join the same pair, so that they are two lanes", () => {
    fc.assert(
      fc.property(disc, disc, (a, b) => {
        fc.pre(distance(a, b) > 40);
        const curves = curvesOf(
          [a, b],
          [
            [0, 1],
            [1, 0],
          ],
          "straight",
        );
        const there = curvePoint(curves, 0, 0.5);
        const back = curvePoint(curves, 1, 0.5);
        expect(distance(there, back)).toBeGreaterThan(distance(a, b) * 0.1);
        // Right of the direction of travel, on a screen whose y grows downwards.
        const side = (b.x - a.x) * (there.y - a.y) - (b.y - a.y) * (there.x - a.x);
        expect(side).toBeGreaterThan(0);
      }),
    );
  });

  it("leaves and arrives level between ranks, and never runs back on its way", () => {
    fc.assert(
      fc.property(disc, disc, (a, b) => {
        fc.pre(b.x - a.x > 40);
        const curves = curvesOf([a, b], [[0, 1]], "level");
        const isLevel = Math.abs(curves[curveAt.by]!) < slack;
        if (b.x - a.x - a.rim - b.rim > 60) expect(isLevel).toBe(true);
        if (!isLevel) return;
        let last = curvePoint(curves, 0, 0).x;
        for (let u = 0.05; u <= 1; u += 0.05) {
          const { x } = curvePoint(curves, 0, u);
          expect(x).toBeGreaterThanOrEqual(last - slack);
          last = x;
        }
      }),
    );
  });

  it("of a call to oneself is a loop above the disc", () => {
    const curves = curvesOf([{ x: 10, y: 20, rim: 6 }], [[0, 0]], "level");
    expect(curvePoint(curves, 0, 0.5).y).toBeLessThan(20 - 6 - 10);
    expect(curveLength(curves, 0)).toBeGreaterThan(40);
  });

  it("is measured within one per cent", () => {
    fc.assert(
      fc.property(disc, disc, style, (a, b, way) => {
        fc.pre(distance(a, b) > a.rim + b.rim);
        const curves = curvesOf([a, b], [[0, 1]], way);
        const exact = curveLength(curves, 0, 2000);
        expect(Math.abs(curveLength(curves, 0) - exact)).toBeLessThanOrEqual(exact * 0.01 + slack);
      }),
    );
  });
});
