import { expect, it } from "vitest";

import { sameValue } from "./delta-same.ts";

it.each<[boolean, unknown, unknown]>([
  [true, { a: [1, { b: null }] }, { a: [1, { b: null }] }],
  [true, { a: 1, b: undefined }, { a: 1 }],
  [false, { a: 1 }, { a: 1, b: 2 }],
  [false, { a: 1, b: 2 }, { a: 1 }],
  [false, [1, 2], [1]],
  [false, [1], { 0: 1 }],
  [false, {}, { constructor: 1 }],
  [false, { toString: 1 }, {}],
  [false, JSON.parse('{"__proto__": 1}'), {}],
])("says %s for %j and %j", (same, a, b) => {
  expect(sameValue(a, b)).toBe(same);
});
