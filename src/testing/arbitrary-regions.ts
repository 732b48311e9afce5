import * as fc from "fast-check";

import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { buildSnapshot, type NodeSketch } from "./builders.ts";

/** How many regions, and how many services in each. */
export interface RegionsSize {
  readonly regions: { readonly min: number; readonly max: number };
  readonly services: { readonly min: number; readonly max: number };
}

const usualSize: RegionsSize = { regions: { min: 3, max: 5 }, services: { min: 5, max: 80 } };

/**
 * Frames of several regions around the internet: services call one another at random, some in cycles, some begin traffic of their own. Rates need not add
 * up anywhere, as in real frames.
 */
export function arbitraryRegions({
  regions,
  services,
}: RegionsSize = usualSize): fc.Arbitrary<TrafficSnapshot> {
  return fc
    .array(fc.record({ users: rate, own: arbitraryRegion(services) }), {
      minLength: regions.min,
      maxLength: regions.max,
    })
    .map((drafts) => {
      const children: Record<string, NodeSketch> = { INTERNET: { isEntry: true } };
      const edges: Record<string, readonly number[]> = {};
      drafts.forEach(({ users, own }, i) => {
        children[`region-${i}`] = own;
        edges[`INTERNET > region-${i}`] = [users, 0, users / 100];
      });
      return buildSnapshot({ view: "ring", children, edges });
    });
}

const rate = fc.double({ noNaN: true, min: 0.01, max: 10_000 });

function arbitraryRegion({ min, max }: RegionsSize["services"]): fc.Arbitrary<NodeSketch> {
  return fc.integer({ min, max }).chain((size) =>
    fc
      .record({
        fromUsers: fc.array(fc.tuple(fc.nat(size - 1), rate), { minLength: 1, maxLength: 4 }),
        calls: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), rate), { maxLength: size * 2 }),
      })
      .map(({ fromUsers, calls }) => {
        const children: Record<string, NodeSketch> = { INTERNET: { isEntry: true } };
        for (let i = 0; i < size; i += 1) children[`service-${i}`] = {};
        const edges: Record<string, readonly number[]> = {};
        for (const [to, value] of fromUsers) edges[`INTERNET > service-${to}`] = [value, 0, 0];
        for (const [from, to, value] of calls) {
          edges[`service-${from} > service-${to}`] = [value, value / 50, value / 100];
        }
        return { view: "flow", children, edges };
      }),
  );
}
