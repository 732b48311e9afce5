import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bucketOf, bucketsOf, normalisedSplit, steeredTo, steeringBuckets, stickyShare } from "./steering.ts";

const percent = fc.double({ min: 0, max: 100, noNaN: true });
const users = Array.from({ length: 20_000 }, (_, i) => `user-${i}`);

describe("steering users in buckets of 0.01 %", () => {
  it("P13: p percent moves p to .01 % of the buckets, and a greater p moves the same and more", () => {
    fc.assert(
      fc.property(percent, percent, (one, other) => {
        const [low, high] = [bucketsOf(Math.min(one, other)), bucketsOf(Math.max(one, other))];
        const share = (100 * low) / steeringBuckets;
        expect(Math.abs(share - Math.min(one, other))).toBeLessThanOrEqual(0.01);
        expect(low).toBeLessThanOrEqual(high);
      }),
      { numRuns: 300 },
    );
  });

  it("P13: raising the percentage takes nobody back, and sends nobody elsewhere", () => {
    const user = fc.constantFrom(...users);
    const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(user, percent, percent, weights, (name, one, other, some) => {
        const rule = { split: normalisedSplit(some), salt: "drill" };
        const early = steeredTo(name, { ...rule, percent: Math.min(one, other) });
        const late = steeredTo(name, { ...rule, percent: Math.max(one, other) });
        expect(early === undefined || late === early).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("moves as many of many users as the percentage and the split say", () => {
    const rule = { percent: 40, split: [0.25, 0.75], salt: "drill" };
    const counts = [0, 0];
    for (const user of users) {
      const target = steeredTo(user, rule);
      if (target !== undefined) counts[target]! += 1;
    }
    // Deviations of 42 and 65 users.
    expect(Math.abs(counts[0]! - 2000)).toBeLessThan(200);
    expect(Math.abs(counts[1]! - 6000)).toBeLessThan(300);
  });

  it("deals users evenly over the buckets, and anew for another salt", () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    let same = 0;
    for (const user of users) {
      tenths[Math.floor(bucketOf(user, "a") / 1000)]! += 1;
      if (bucketOf(user, "a") === bucketOf(user, "b")) same += 1;
    }
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
    expect(same).toBeLessThan(20);
  });

  it("P7: a split sums to 1", () => {
    const weights = fc.array(fc.double({ min: -1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(weights, (some) => {
        const sum = normalisedSplit(some).reduce((total, share) => total + share, 0);
        expect(Math.abs(sum - 1)).toBeLessThanOrEqual(1e-12);
      }),
      { numRuns: 300 },
    );
  });
});

describe("sticky sessions", () => {
  it("A5: half are left after 25 min (Maelstrom), and none after the tear-down", () => {
    expect(Math.abs(stickyShare(25 * 60) - 0.5)).toBeLessThanOrEqual(0.025);
    expect(stickyShare(0)).toBe(1);
    expect(stickyShare(61 * 60, 61 * 60)).toBe(0);
  });
});
