import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { twoRegions } from "#testing/builders.ts";

import { createSnapshot, emptyValues, slotOffsets, slotShape } from "./snapshot.ts";

describe("a snapshot", () => {
  it("has columns that lie side by side in one array, without a hole and without sharing a slot", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { rates, latencyMs, nodeRates, maxVolume, capacity, instances, observedAt, values } = snapshot;
        const { p50, p95, p99 } = latencyMs;
        const columns = [rates, p50, p95, p99, nodeRates, maxVolume, capacity, instances, observedAt];
        let next = values.byteOffset;
        for (const column of columns) {
          expect(column.byteOffset).toBe(next);
          next += column.byteLength;
        }
        expect(next - values.byteOffset).toBe(values.byteLength);
        expect(values.length).toBe(slotOffsets(slotShape(snapshot.topology)).length);
      }),
    );
  });

  it("has a row for each edge, and a row for each node", () => {
    const { rates, latencyMs, nodeRates, instances, topology } = twoRegions();
    const { nodes, edges, classes } = slotShape(topology);
    expect([rates.length, latencyMs.p99.length]).toEqual([edges * classes, edges]);
    expect([nodeRates.length, instances.length]).toEqual([nodes * classes, nodes]);
  });

  it("starts without traffic, and without knowing anything else", () => {
    const { topology } = twoRegions();
    const values = emptyValues(topology);
    const { p50 } = slotOffsets(slotShape(topology));
    expect(values.slice(0, p50).every((value) => value === 0)).toBe(true);
    expect(values.slice(p50).every(Number.isNaN)).toBe(true);
  });

  it("refuses numbers that are not as many as its topology has slots", () => {
    const { topology } = twoRegions();
    const values = new Float64Array(3);
    expect(() => createSnapshot({ at: 0, windowMs: 1000, topology, notices: [], values })).toThrow("3 slots");
  });
});
