import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { policies } from "#simulation/plan/evacuation-policy.ts";

import { withDuration, withSaviour, withShare } from "./edit-plan.ts";

describe("another duration for a phase", () => {
  it("moves what comes after it along, and makes the policy one's own", () => {
    const { id, phases } = withDuration(policies.nimble, 1, 5);
    expect(id).toBe("custom");
    expect(phases.map(({ kind, startS, endS }) => [kind, startS, endS])).toEqual([
      ["decide", 0, 60],
      ["ungate", 60, 360],
      ["proxy", 360, 480],
      ["dns", 480, 660],
    ]);
  });

  it("changes nothing when it is the same, or no number", () => {
    expect(withDuration(policies.nimble, 1, 2)).toBe(policies.nimble);
    expect(withDuration(policies.nimble, 1, NaN)).toBe(policies.nimble);
    expect(withDuration(policies.nimble, 9, 3)).toBe(policies.nimble);
  });

  it("is never shorter than half a minute", () => {
    const { phases } = withDuration(policies.nimble, 0, -3);
    expect(phases[0]).toMatchObject({ startS: 0, endS: 30 });
  });
});

describe("a share that is set by hand", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 });

  it("stands where it was put, and all shares add up to one", () => {
    fc.assert(
      fc.property(
        names,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (regions, parts, share) => {
          const before = Object.fromEntries(regions.map((name, i) => [name, parts[i] ?? 0]));
          const after = withShare(before, regions[0] ?? "", share);
          expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
          expect(after[regions[0] ?? ""]).toBe(share);
          expect(Object.values(after).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("leaves the others in the proportion that they had", () => {
    const after = withShare({ a: 0.5, b: 0.3, c: 0.2 }, "a", 0);
    expect(after["b"]).toBeCloseTo(0.6);
    expect(after["c"]).toBeCloseTo(0.4);
  });
});

describe("taking part", () => {
  const all = ["a", "b", "c"];

  it("names those that are left when one is left out", () => {
    expect(withSaviour(all, all, "b", false)).toEqual(["a", "c"]);
  });

  it("names nobody when all take part: all others is what an empty list stands for", () => {
    expect(withSaviour(["a", "c"], all, "b", true)).toEqual([]);
  });

  it("cannot be left by the last one", () => {
    expect(withSaviour(["a"], all, "a", false)).toEqual(["a"]);
  });
});
