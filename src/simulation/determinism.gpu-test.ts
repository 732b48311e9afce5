import { expect, it } from "vitest";

import { goldenDigestOfSimulation, simulationDigest } from "#testing/simulation-digest.ts";

it("the models give the same bits in Chromium as in Node", () => {
  expect(simulationDigest()).toEqual(goldenDigestOfSimulation);
});
