import { expect, it } from "vitest";

import { drillDigest, goldenDrillDigest } from "#testing/drill-digest.ts";

it("drills give the same hashes in Chromium as in Node", { timeout: 60_000 }, () => {
  expect(drillDigest()).toEqual(goldenDrillDigest);
});
