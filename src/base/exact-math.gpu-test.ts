import { expect, it } from "vitest";

import { goldenDigest, goldenRows } from "#testing/exact-math-golden.ts";

it("exp, log and pow give the same bits in Chromium as in Node", () => {
  for (const { call, bits, golden } of goldenRows()) expect(`${call} ${bits}`).toBe(`${call} ${golden}`);
  expect(goldenDigest()).toBe(4032525171);
});
