import fc from "fast-check";
import { expect, it } from "vitest";

import { isDeeperThan } from "./json-depth.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

it.each([
  ["{}", 0, true],
  ["{}", 1, false],
  ['[{"a": [1]}]', 2, true],
  ['[{"a": [1]}]', 3, false],
  ['["[[[[\\"[[["]', 1, false],
  ['["\\\\", [1]]', 1, true],
  ["]]]][", 0, false],
  ["", 0, false],
])("%s nests deeper than %d: %s", (text, limit, expected) => {
  expect(isDeeperThan(limit, bytes(text))).toBe(expected);
});

it("agrees with how deep a value is", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(6), (value, limit) => {
      expect(isDeeperThan(limit, bytes(JSON.stringify(value)))).toBe(depthOf(value) > limit);
    }),
  );
});
