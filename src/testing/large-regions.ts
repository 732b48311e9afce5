import { mulberry32 } from "#base/random.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { buildSnapshot, type NodeSketch } from "./builders.ts";

export interface LargeSize {
  readonly regions: number;
  /** Services, and calls among them, of each region. */
  readonly services: number;
  readonly calls: number;
  readonly seed: number;
}

/** Regions named region-0, region-1 ... of the same shape, with cycles among a few percent of the services; for benches. */
export function largeRegions({ regions, services, calls, seed }: LargeSize): TrafficSnapshot {
  const random = mulberry32(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const edges: Record<string, readonly number[]> = { "INTERNET > service-0": [10_000, 5, 5] };
  for (let i = 1; i < services; i += 1)
    edges[`service-${pick(i)} > service-${i}`] = [1 + random() * 100, 0, 1];
  while (Object.keys(edges).length < calls) {
    const from = pick(services);
    // One call in fifty leads back.
    const to = random() < 0.02 ? pick(from + 1) : from + 1 + pick(services - from);
    if (to < services) edges[`service-${from} > service-${to}`] = [1 + random() * 100, 0, 1];
  }
  const children: Record<string, NodeSketch> = { INTERNET: { isEntry: true } };
  for (let i = 0; i < services; i += 1) children[`service-${i}`] = {};
  const inside: NodeSketch = { view: "flow", children, edges };
  const names = Array.from({ length: regions }, (_, i) => `region-${i}`);
  const frame = buildSnapshot({
    view: "ring",
    children: { INTERNET: { isEntry: true }, ...Object.fromEntries(names.map((name) => [name, inside])) },
    edges: Object.fromEntries(names.map((name) => [`INTERNET > ${name}`, [10_000, 5, 5]])),
  });
  frame.topology.nodes.forEach(({ parent }, node) => {
    if (parent === 0) frame.maxVolume[node] = 20_000;
  });
  return frame;
}
