import * as fc from "fast-check";

import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";
import { mulberry32 } from "#base/random.ts";
import type { ViewRole } from "#domain/focus.ts";
import type { NodeView } from "#domain/topology.ts";
import type { LayoutInput, LayoutResult } from "#layout/layout-input.ts";

/** A layout's input from edges written "from > to"; a name alone is a node without edges. */
export function layoutInput(edges: readonly string[], changes: Partial<LayoutInput> = {}): LayoutInput {
  const pairs = edges.map((edge) => edge.split(" > "));
  const keys = changes.keys ?? [...new Set(pairs.flat())];
  const ends = pairs
    .filter((pair) => pair.length === 2)
    .flatMap((pair) => pair.map((name) => keys.indexOf(name)));
  return {
    view: "flow",
    keys,
    roles: keys.map((key): ViewRole => (key === "INTERNET" ? "entry" : "member")),
    radii: new Float32Array(keys.length).fill(20),
    ends: Uint32Array.from(ends),
    weights: new Float32Array(ends.length / 2),
    aspect: 1.6,
    pins: new Map(),
    previous: new Map(),
    seed: 1,
    ...changes,
  };
}

export function placeOf(input: LayoutInput, result: LayoutResult, key: string): Point {
  const node = input.keys.indexOf(key);
  return { x: must(result.xy[2 * node]), y: must(result.xy[2 * node + 1]) };
}

/** What the next layout is told of this one. */
export function placesOf(input: LayoutInput, result: LayoutResult): ReadonlyMap<string, Point> {
  return new Map(input.keys.map((key) => [key, placeOf(input, result, key)]));
}

/** Pairs of discs that overlap, by name. */
export function overlappingDiscs(input: LayoutInput, { xy }: LayoutResult): readonly string[] {
  const found: string[] = [];
  for (let a = 0; a < input.keys.length; a += 1) {
    for (let b = a + 1; b < input.keys.length; b += 1) {
      const distance = Math.hypot(xy[2 * a]! - xy[2 * b]!, xy[2 * a + 1]! - xy[2 * b + 1]!);
      // Places are 32-bit numbers: discs that just touch may seem to overlap by less than a hundredth of a pixel.
      if (distance < input.radii[a]! + input.radii[b]! - 0.01)
        found.push(`${input.keys[a]} / ${input.keys[b]}`);
    }
  }
  return found;
}

/**
 * The graphs that layouts are measured with: n nodes in 12 ranks, 2n edges, each node but those of the first rank called from the rank
 * before; 60 % of the other edges lead to the next rank, 25 % to the one after, the rest anywhere further right. The shares are chosen so
 * that ranks and six barycentre sweeps alone leave 3.1 % of the edge pairs crossing, as on the graphs of the published comparison.
 */
export function rankedGraph(size: number, seed = 1): LayoutInput {
  const random = mulberry32(seed);
  const ranks = Array.from({ length: 12 }, (): number[] => []);
  const rankOf = Array.from({ length: size }, (_, node) => {
    const rank = node < ranks.length ? node : Math.floor(random() * ranks.length);
    ranks[rank]?.push(node);
    return rank;
  });
  const oneOf = (rank: number) => must(ranks[rank]?.[Math.floor(random() * must(ranks[rank]).length)]);
  const edges = new Map<number, readonly [number, number]>();
  const join = (from: number, to: number) => edges.set(from * size + to, [from, to]);
  rankOf.forEach((rank, node) => {
    if (rank > 0) join(oneOf(rank - 1), node);
  });
  while (edges.size < 2 * size) {
    const from = Math.floor(random() * size);
    const room = ranks.length - 1 - must(rankOf[from]);
    const draw = random();
    if (room === 0) continue;
    const step = draw < 0.6 ? 1 : draw < 0.85 ? Math.min(2, room) : 1 + Math.floor(random() * room);
    join(from, oneOf(must(rankOf[from]) + step));
  }
  const ends = [...edges.values()].flat();
  return {
    ...layoutInput([]),
    keys: rankOf.map((_rank, node) => `service-${node}`),
    roles: rankOf.map((_rank, node): ViewRole => (node === 0 ? "entry" : "member")),
    radii: new Float32Array(size).fill(21),
    ends: Uint32Array.from(ends),
    weights: Float32Array.from({ length: ends.length / 2 }, () => 10 ** (3 * random())),
  };
}

const rolesOf: Readonly<Record<NodeView, readonly ViewRole[]>> = {
  flow: ["member", "member", "member", "member", "entry"],
  ring: ["member", "member", "member", "member", "entry"],
  neighbourhood: ["caller", "callee", "instance"],
};

/** Any graph on any screen: calls to oneself, repeated edges, circles, parts that hang together with nothing. */
export function arbitraryLayout(view: NodeView, mostNodes = 40): fc.Arbitrary<LayoutInput> {
  return fc.integer({ min: 0, max: mostNodes }).chain((size) =>
    fc
      .record({
        roles: fc.array(fc.constantFrom(...rolesOf[view]), { minLength: size, maxLength: size }),
        radii: fc.array(fc.integer({ min: 4, max: 70 }), { minLength: size, maxLength: size }),
        pairs:
          size === 0
            ? fc.constant([])
            : fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 2 * size }),
        aspect: fc.constantFrom(0.46, 0.75, 1, 1.6, 2.4),
        seed: fc.nat(1000),
      })
      .map(({ roles, radii, pairs, aspect, seed }): LayoutInput => ({
        ...layoutInput([]),
        view,
        keys: roles.map((_role, node) => `n${node}`),
        roles: roles.map((role, node) => (view === "neighbourhood" && node === 0 ? "centre" : role)),
        radii: Float32Array.from(radii),
        ends: Uint32Array.from(pairs.flat()),
        weights: Float32Array.from(pairs, (_pair, e) => e * 7),
        aspect,
        seed,
      })),
  );
}
