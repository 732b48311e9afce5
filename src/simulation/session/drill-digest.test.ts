import { expect, it } from "vitest";

import { drillDigest, goldenDrillDigest } from "#testing/drill-digest.ts";

it("drills give the golden hashes in Node", { timeout: 60_000 }, () => {
  expect(drillDigest()).toEqual(goldenDrillDigest);
});
