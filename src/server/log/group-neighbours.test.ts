import { expect, it } from "vitest";

import { withNeighbours } from "./group-neighbours.ts";

/** Groups of ten frames; nothing was recorded from 40 to 100. */
const groups = [0, 10, 20, 30, 100, 110, 120].map((start) => ({
  first: start + 1,
  last: start + 10,
  start,
  end: start + 9,
  bytes: 1,
}));

const startsIn = (from: number, to: number) => withNeighbours(groups, { from, to }).map(({ start }) => start);

it("names the groups of a stretch and the nearest on either side", () => {
  expect(startsIn(12, 25)).toEqual([0, 10, 20, 30]);
  expect(startsIn(-Infinity, Infinity)).toEqual(groups.map(({ start }) => start));
});

it("says what a gap lies between", () => {
  expect(startsIn(50, 60)).toEqual([30, 100]);
});

it("names the first and the last where the stretch lies beyond them", () => {
  expect(startsIn(-20, -10)).toEqual([0]);
  expect(startsIn(500, 600)).toEqual([120]);
  expect(withNeighbours([], { from: 0, to: 1 })).toEqual([]);
});
