import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { compileGraph } from "#simulation/graph/compile-graph.ts";

import type { TrafficSnapshot } from "../snapshot.ts";
import { mergeReports, type MergeOptions } from "./merge-reports.ts";
import type { Observation, ObservedCapacity } from "./observation.ts";

const service = (name: string) => ({ kind: "service" as const, region: "us-east-1", name });
const rates = { normal: 10, warning: 0, danger: 0 };

function merged(said: readonly ObservedCapacity[], more: Partial<MergeOptions> = {}) {
  const observation: Observation = {
    at: 0,
    windowMs: 1000,
    edges: [
      { from: { kind: "outside" }, to: service("web"), rates },
      { from: service("web"), to: service("cart"), rates },
    ],
    notices: [],
    capacities: said,
    problems: [],
  };
  return mergeReports([{ source: "mesh", report: { kind: "observation", observation }, isStale: false }], {
    at: 1,
    title: "shop",
    before: undefined,
    ...more,
  });
}

/** What the picture says of the cart: what it can bear, what it has borne, and who says so. */
function told({ topology, capacity, maxVolume }: TrafficSnapshot) {
  const node = topology.nodes.findIndex(({ name }) => name === "cart");
  return [capacity[node], maxVolume[node], must(topology.nodes[node]).metadata?.["capacityFrom"]];
}

const config: ObservedCapacity = { about: { service: "cart" }, rps: 40, from: "config" };
const hpa: ObservedCapacity = { about: { service: "cart" }, rps: 60, from: "HPA limit of 6 replicas" };
const peaks = { from: "peak of 7 days", peaks: [{ path: ["us-east-1", "cart"], rps: 25 }] };

describe("what a service can bear", () => {
  it.each([
    ["the config, before all others", [hpa], { capacities: [config], peaks }, [40, NaN, "config"]],
    ["what a source says, before peaks", [hpa], { peaks }, [60, NaN, "HPA limit of 6 replicas"]],
    ["recorded peaks, where nobody else does: as what was borne", [], { peaks }, [NaN, 25, "peak of 7 days"]],
    ["nobody", [], {}, [NaN, NaN, undefined]],
  ])("is said by %s", (_, said, more, expected) => {
    expect(told(merged(said, more).snapshot)).toEqual(expected);
  });

  it("is told when it is about nothing in the picture", () => {
    const wrong = { ...config, about: { region: "us-east-1", service: "card" } };
    expect(merged([], { capacities: [wrong] }).problems).toEqual([
      {
        kind: "note",
        place: "capacity",
        found: "the capacity (config) of card in us-east-1, which is not in the picture",
        done: "used it for nothing",
      },
    ]);
  });

  it.each([
    ["for sure, by the config", { capacities: [config] }, { rate: 40, source: "configured" }],
    ["as a lower bound, by peaks", { peaks }, { rate: 25, source: "max-volume" }],
  ])("is known to drills: %s", (_, more, expected) => {
    const graph = compileGraph(merged([], more).snapshot, []);
    if (!graph.ok) throw new Error(graph.error.message);
    const region = must(graph.value.regions[0]);
    const node = region.names.indexOf("cart");
    expect({ rate: region.capacities[node], source: region.capacitySources[node] }).toEqual(expected);
  });

  it("keeps the topology as an object while nothing differs", () => {
    const first = merged([hpa], { peaks }).snapshot.topology;
    expect(merged([hpa], { peaks, before: first }).snapshot.topology).toBe(first);
  });
});
