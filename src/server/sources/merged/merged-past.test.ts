import { describe, expect, it } from "vitest";

import type { Millis } from "#base/time.ts";
import type { Observation } from "#domain/observed/observation.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { turns } from "#testing/turns.ts";

import type { SourcePart } from "../parts/source-part.ts";
import { mergedPast } from "./merged-past.ts";

/** A part that has seen an edge of its own at some moments. */
function part(
  name: string,
  rates: Readonly<Record<Millis, number>> | undefined,
): SourcePart & { closed: boolean } {
  const service = (of: string) => ({ kind: "service" as const, region: name, name: of });
  const observation = (at: Millis, normal: number): Observation => ({
    at,
    windowMs: 1000,
    edges:
      normal === 0
        ? []
        : [{ from: service("web"), to: service("cart"), rates: { normal, warning: 0, danger: 0 } }],
    notices: [],
    capacities: [],
    problems: [],
  });
  const made = {
    name,
    kind: "test",
    staleAfterMs: 1000,
    closed: false,
    run: () => Promise.resolve(),
  };
  if (rates === undefined) return made;
  async function* past() {
    try {
      for (const [at, rate] of Object.entries(rates ?? {}))
        yield await Promise.resolve(observation(Number(at), rate));
    } finally {
      made.closed = true;
    }
  }
  return Object.assign(made, { past });
}

async function merged(parts: readonly SourcePart[], lingerMs = 0): Promise<readonly TrafficSnapshot[]> {
  const ask = { from: 0, to: 3000, stepMs: 1000, signal: new AbortController().signal };
  const seen: TrafficSnapshot[] = [];
  const turn = () => turns(1);
  for await (const one of mergedPast({ title: "shop", parts, lingerMs, turn }, ask)) seen.push(one);
  return seen;
}

function ratesOf(snapshots: readonly TrafficSnapshot[]) {
  return snapshots.map(({ at, rates: all }) => [at, ...[...all].filter((rate) => rate > 0)]);
}

describe("the past of a feed out of several sources", () => {
  it("is one graph for each moment, of what each saw then", async () => {
    const parts = [
      part("a", { 0: 1, 1000: 2, 2000: 3, 3000: 4 }),
      part("b", { 1000: 5, 3000: 6 }),
      part("c", undefined),
    ];
    expect(ratesOf(await merged(parts))).toEqual([
      [0, 1],
      [1000, 2, 5],
      [2000, 3],
      [3000, 4, 6],
    ]);
  });

  it("begins with the first traffic, and keeps what has fallen silent as in the present", async () => {
    const seen = await merged([part("a", { 0: 0, 1000: 2, 2000: 0, 3000: 3 })], 60_000);
    expect(ratesOf(seen)).toEqual([[1000, 2], [2000], [3000, 3]]);
    expect(seen[1]?.topology).toBe(seen[0]?.topology);
  });

  it("ends the reading of its parts", async () => {
    const one = part("a", { 0: 1, 1000: 1, 5000: 1, 6000: 1 });
    await merged([one]);
    expect(one.closed).toBe(true);
  });
});
