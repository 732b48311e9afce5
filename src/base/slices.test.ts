import { expect, it } from "vitest";

import { atOnce, eachInSlices, inTurns } from "./slices.ts";

it("does the same at once and in turns, and gives others as many turns as there are full slices", async () => {
  const seen: number[] = [];
  atOnce(eachInSlices([1, 2, 3, 4, 5], 2, (item) => void seen.push(item)));
  let turns = 0;
  await inTurns(
    eachInSlices([1, 2, 3, 4, 5], 2, (item) => void seen.push(item)),
    () => {
      turns += 1;
      return Promise.resolve();
    },
  );
  expect([seen, turns]).toEqual([[1, 2, 3, 4, 5, 1, 2, 3, 4, 5], 2]);
});
