import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { allocateSpot, withoutPool, type SpotStrategy } from "./spot-pools.ts";

const tenPools = Array.from({ length: 10 }, (_, i) => ({ available: 1000, price: 10 + i }));
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

describe("spot pools", () => {
  it("A17: diversified, 100 instances over 10 pools are 10 each, and a lost pool leaves 90 (EC2 user guide)", () => {
    const counts = allocateSpot(tenPools, 100, { kind: "diversified" });
    expect(counts).toEqual(Array.from({ length: 10 }, () => 10));
    expect(sum(withoutPool(counts, 3))).toBe(90);
  });

  it("A17: at the lowest price in one pool, a lost pool leaves nothing", () => {
    const counts = allocateSpot(tenPools, 100, { kind: "lowestPrice", pools: 1 });
    expect(counts[0]).toBe(100);
    expect(sum(withoutPool(counts, 0))).toBe(0);
  });

  it("falls through to the next cheapest pool where the cheapest are empty", () => {
    const pools = [
      { available: 50, price: 3 },
      { available: 5, price: 1 },
      { available: 20, price: 2 },
    ];
    expect(allocateSpot(pools, 30, { kind: "lowestPrice", pools: 1 })).toEqual([5, 5, 20]);
    expect(allocateSpot(pools, 30, { kind: "capacityOptimized" })).toEqual([30, 0, 0]);
  });

  it("diversified gives small pools what they have, and the rest evenly to the others", () => {
    const pools = [2, 100, 100].map((available) => ({ available, price: 1 }));
    expect(allocateSpot(pools, 30, { kind: "diversified" })).toEqual([2, 14, 14]);
  });

  it("gives as many as are wanted, or as there are, and never more than a pool has", () => {
    const pool = fc.record({
      available: fc.integer({ min: 0, max: 60 }),
      price: fc.integer({ min: 1, max: 9 }),
    });
    const strategy = fc.constantFrom<SpotStrategy>(
      { kind: "diversified" },
      { kind: "lowestPrice", pools: 2 },
      { kind: "capacityOptimized" },
    );
    fc.assert(
      fc.property(
        fc.array(pool, { minLength: 1, maxLength: 8 }),
        fc.nat(300),
        strategy,
        (pools, target, how) => {
          const counts = allocateSpot(pools, target, how);
          expect(sum(counts)).toBe(Math.min(target, sum(pools.map(({ available }) => available))));
          for (const [i, count] of counts.entries()) {
            expect(count >= 0 && count <= pools[i]!.available).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
