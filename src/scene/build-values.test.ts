import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { errorShare, severityRates } from "#domain/health.ts";
import { viewGraph } from "#domain/focus.ts";
import { resolvePath } from "#domain/node-path.ts";
import { arbitraryScene } from "#testing/built-scene.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";

import { referenceVolume } from "./reference-volume.ts";

describe("values of edges", () => {
  it("split the traffic of any edge by severity as everybody else does", () => {
    fc.assert(
      fc.property(arbitraryScene, ({ snapshot, structure, values }) => {
        structure.edgeIndex.forEach((edge, i) => {
          const rates = severityRates(snapshot.rates, edge, snapshot.topology.classes);
          expect(values.edgeRate[i]).toBe(Math.fround(rates.total));
          expect(values.edgeDanger[i]).toBe(Math.fround(errorShare(rates)));
        });
      }),
    );
  });
});

describe("the reference volume", () => {
  it("follows the busiest edge of the frames at hand, and asks anew when the view is another", () => {
    const quiet = twoRegions();
    const { topology } = quiet;
    const root = viewGraph(topology, 0);
    const loud = snapshotOf(topology, (edge) => (edge === root.edges[0] ? 25_000 : 1));
    expect(referenceVolume(root, [loud])).toBe(100_000);
    expect(referenceVolume(root, [loud, quiet])).toBe(100_000);
    const region = viewGraph(topology, resolvePath(topology, ["east"]).node);
    expect(referenceVolume(region, [loud])).toBeLessThan(100);
  });
});
