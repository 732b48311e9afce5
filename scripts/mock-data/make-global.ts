import type { JsonObject } from "#base/json.ts";
import { mulberry32 } from "#base/random.ts";

import { latency, makeRegion, metrics, writtenAt } from "./make-region.ts";
import { betweenRegions, regions, type Region } from "./streaming-company.ts";

/** Each region has a stream of chance of its own, so that changing one leaves the others alone. */
function regionSeed(seed: number, region: Region): number {
  return seed + regions.indexOf(region) * 101;
}

/** The demo: the internet and three regions. */
export function makeThreeRegions(seed: number): JsonObject {
  const random = mulberry32(seed);
  const made = regions.map((region) => ({
    region,
    ...makeRegion(region, mulberry32(regionSeed(seed, region))),
  }));
  return {
    renderer: "global",
    name: "global",
    displayName: "Global",
    entryNode: "INTERNET",
    serverUpdateTime: writtenAt,
    nodes: [{ renderer: "region", name: "INTERNET", node_type: "users" }, ...made.map(({ node }) => node)],
    connections: [
      ...made.map(({ region, entering }) => ({
        source: "INTERNET",
        target: region.name,
        metrics: metrics(entering),
        latencyMs: latency(118, random),
      })),
      ...betweenRegions.map(([source, target, normal, ms]) => ({
        source,
        target,
        metrics: metrics({ normal, warning: 0, danger: 0 }),
        latencyMs: latency(ms, random),
      })),
    ],
  };
}

/** One region alone; its root is a region, as many files have it. */
export function makeOneRegion(seed: number): JsonObject {
  const [region] = regions;
  if (region === undefined) return {};
  return { ...makeRegion(region, mulberry32(seed)).node, serverUpdateTime: writtenAt };
}
