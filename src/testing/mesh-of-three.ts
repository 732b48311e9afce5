import { mergeReports } from "#domain/observed/merge-reports.ts";
import type { Observation, ObservedEdge, ObservedEnd } from "#domain/observed/observation.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { testStart } from "./manual-clock.ts";

const outside: ObservedEnd = { kind: "outside" };

function service(region: string | undefined, name: string, namespace?: string): ObservedEnd {
  return { kind: "service", region, name, ...(namespace === undefined ? {} : { namespace }) };
}

function edge(from: ObservedEnd, to: ObservedEnd, normal: number, danger = 0): ObservedEdge {
  return { from, to, rates: { normal, warning: 0, danger }, protocol: "http", sampling: 0.1 };
}

/**
 * What a mesh of two regions and a corner without a region looks like: users come to both, us-east-1 calls eu-west-1 and the corner, eu-west-1 calls back, and one
 * service is called after a region.
 */
export function meshObservation(at = testStart): Observation {
  const east = (name: string): ObservedEnd => service("us-east-1", name);
  const west = (name: string): ObservedEnd => service("eu-west-1", name, "shop");
  const corner = (name: string): ObservedEnd => service(undefined, name);
  return {
    at,
    windowMs: 60_000,
    edges: [
      edge(outside, east("web"), 1_000),
      edge(outside, west("web"), 600),
      edge(east("web"), east("cart"), 500, 10),
      edge(west("web"), west("stock"), 300),
      edge(east("web"), west("stock"), 120),
      edge(east("web"), west("ledger"), 80),
      edge(west("stock"), east("cart"), 60),
      edge(east("cart"), corner("batch"), 25),
      edge(corner("batch"), corner("us-east-1"), 25),
    ],
    notices: [],
    capacities: [
      { about: { region: "us-east-1" }, rps: 2_600, from: "config" },
      { about: { region: "eu-west-1" }, rps: 2_400, from: "config" },
      {
        about: { region: "us-east-1", service: "cart" },
        rps: 1_200,
        from: "HPA limit of 12 replicas",
        instances: 4,
      },
    ],
    problems: [],
  };
}

/** The same as a graph: us-east-1, eu-west-1 and unknown, with four boundaries between them. */
export function meshOfThree(at = testStart): TrafficSnapshot {
  const report = { kind: "observation", observation: meshObservation(at) } as const;
  return mergeReports([{ source: "mesh", report, isStale: false }], { at, title: "shop", before: undefined })
    .snapshot;
}
