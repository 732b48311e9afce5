import { expect, it } from "vitest";

import { goldenDigestOfSimulation, simulationDigest } from "#testing/simulation-digest.ts";

it("the models give the golden bits in Node, run after run", () => {
  expect(simulationDigest()).toEqual(goldenDigestOfSimulation);
  expect(simulationDigest()).toEqual(goldenDigestOfSimulation);
});
