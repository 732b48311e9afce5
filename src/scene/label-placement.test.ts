import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  labelRect,
  placeDetailedLabels,
  placeLabels,
  type DetailedWish,
  type LabelWish,
} from "./label-placement.ts";

const wish = (over: Partial<LabelWish>): LabelWish => ({
  node: 0,
  x: 0,
  y: 0,
  width: 60,
  height: 14,
  priority: 1,
  isRequired: false,
  ...over,
});

describe("placing labels", () => {
  it("grants the weightier of two that cover each other", () => {
    const granted = placeLabels([wish({ node: 1, priority: 5 }), wish({ node: 2, priority: 9, x: 10 })]);
    expect(granted.map(({ node }) => node)).toEqual([2]);
  });

  it("grants a required label always, and first", () => {
    const granted = placeLabels([wish({ node: 1, priority: 9 }), wish({ node: 2, isRequired: true })]);
    expect(granted.map(({ node }) => node)).toEqual([2]);
  });

  it("keeps clear of what is taken", () => {
    expect(placeLabels([wish({})], [{ left: -5, top: 5, right: 5, bottom: 8 }])).toEqual([]);
  });

  it("never lets two labels that nobody required cover each other", () => {
    const wishes = fc.array(
      fc.record({
        x: fc.integer({ min: -300, max: 300 }),
        y: fc.integer({ min: -300, max: 300 }),
        width: fc.integer({ min: 1, max: 200 }),
        priority: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(wishes, (list) => {
        const rects = placeLabels(list.map((item, node) => wish({ ...item, node }))).map(labelRect);
        rects.forEach((a, i) =>
          rects.slice(i + 1).forEach((b) => {
            const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            expect(apart).toBe(true);
          }),
        );
      }),
    );
  });
});

describe("placing labels with details", () => {
  const detailed = (over: Partial<DetailedWish>): DetailedWish => ({
    ...wish({}),
    isAsked: true,
    details: { width: 80, height: 14 },
    ...over,
  });
  const told = (wishes: readonly DetailedWish[]) =>
    placeDetailedLabels(wishes).map(({ wish: { node }, hasDetails }) => [node, hasDetails]);

  it("tells a name without its details where they would cover another name that was asked for", () => {
    expect(told([detailed({ node: 1 }), detailed({ node: 2, y: 16 })])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it("lets details that were asked for go before names that were not", () => {
    const others = { isAsked: false, details: undefined, priority: 99 };
    expect(told([detailed({ node: 2, y: 16, ...others }), detailed({ node: 1 })])).toEqual([[1, true]]);
  });

  it("keeps name and details together where nobody asked", () => {
    expect(
      told([detailed({ node: 1, isAsked: false }), detailed({ node: 2, y: 40, isAsked: false })]),
    ).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(
      told([detailed({ node: 1, isAsked: false }), detailed({ node: 2, y: 16, isAsked: false })]),
    ).toEqual([[1, true]]);
  });

  it("has names that were asked for keep clear of each other", () => {
    expect(told([detailed({ node: 1, priority: 2 }), detailed({ node: 2, x: 20 })])).toEqual([[1, true]]);
  });
});
