import { expect, it } from "vitest";

import { fuzzyScore } from "./fuzzy-score.ts";

const best = (query: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, score: fuzzyScore(query, text) ?? -Infinity }))
    .toSorted((a, b) => b.score - a.score)[0]?.text;

it("finds letters in order, whatever the case", () => {
  expect(fuzzyScore("CHK", "checkout")).toBeDefined();
  expect(fuzzyScore("kc", "checkout")).toBeUndefined();
});

it("likes the start best, then the start of a word, then the middle", () => {
  expect(best("cart", "ecarton", "my-cart", "cart-api")).toBe("cart-api");
  expect(best("cart", "ecarton", "my-cart")).toBe("my-cart");
});

it("understands the first letters of words", () => {
  expect(best("pa", "play-board-api", "spam-trap")).toBe("spam-trap");
  expect(best("pba", "play-board-api", "pxbxax")).toBe("play-board-api");
});

it("takes the shorter of two names that fit alike", () => {
  expect(best("store", "store-events", "store")).toBe("store");
});
