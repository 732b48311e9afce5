import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { buildSnapshot } from "#testing/builders.ts";

import { buildFlowRow } from "./flow-rows.ts";
import { dotsPerSecond, type FlowScale } from "./flow-scale.ts";

const scale: FlowScale = { mode: "linear", worth: 1, floorPerSecond: 0.2, isCapped: false };

describe("a row of the dots' history", () => {
  it("gives each class its share of one density, which is that of all classes together", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { topology, rates } = snapshot;
        const classes = topology.classes.length;
        const row = buildFlowRow(snapshot, Int32Array.from(topology.edges.keys()), classes, scale);
        topology.edges.forEach((_, edge) => {
          const own = [...rates.subarray(edge * classes, (edge + 1) * classes)];
          const total = own.reduce((sum, rate) => sum + rate, 0);
          const at = edge * row.stride;
          expect(row.columns[at]).toBeCloseTo(Math.fround(dotsPerSecond(scale, total)), 5);
          const ends = [0, ...row.columns.subarray(at + 1, at + classes), 1];
          own.forEach((rate, c) => {
            const share = c === classes - 1 ? 1 - (ends[c] ?? 0) : (ends[c + 1] ?? 0) - (ends[c] ?? 0);
            if (total > 0) expect(share).toBeCloseTo(rate / total, 5);
          });
        });
      }),
    );
  });

  it("follows the edges on screen, with nothing where an edge did not exist yet", () => {
    const snapshot = buildSnapshot(
      { children: { a: {}, b: {}, c: {} }, edges: { "a > b": [10], "b > c": [30] } },
      5000,
    );
    const { at, stride, columns } = buildFlowRow(snapshot, Int32Array.of(1, -1, 0), 3, scale);
    expect(at).toBe(5000);
    expect([0, 1, 2].map((i) => columns[i * stride])).toEqual([30, 0, 10]);
  });

  it("counts classes that the screen does not know to the last one that it knows", () => {
    const snapshot = buildSnapshot({ children: { a: {}, b: {} }, edges: { "a > b": [60, 30, 10] } });
    const { columns } = buildFlowRow(snapshot, Int32Array.of(0), 2, scale);
    expect(columns[0]).toBe(100);
    expect(columns[1]).toBeCloseTo(0.6, 6);
  });
});
