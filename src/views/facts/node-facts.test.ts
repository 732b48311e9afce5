import { describe, expect, it } from "vitest";

import { resolvePath, type NodePath } from "#domain/node-path.ts";
import type { Notice } from "#domain/notice.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";

import { edgeFacts } from "./edge-facts.ts";
import { nodeFacts } from "./node-facts.ts";

function factsOf(snapshot: TrafficSnapshot, path: NodePath) {
  return nodeFacts(snapshot, nodeVolumes(snapshot), resolvePath(snapshot.topology, path).node);
}

const indexOf = (snapshot: TrafficSnapshot, ...path: string[]) => resolvePath(snapshot.topology, path).node;

describe("nodeFacts", () => {
  it("tells a service's rates, health and neighbours", () => {
    const facts = factsOf(twoRegions(), ["east", "cart"]);
    expect(facts).toMatchObject({
      label: "cart",
      health: "healthy",
      rates: { total: 303, warning: 0, danger: 3 },
      canEnter: true,
      load: undefined,
    });
    expect(facts.incoming.map(({ name, rate, errors }) => [name, rate, errors])).toEqual([
      ["api", 303, 3 / 303],
    ]);
    expect(facts.outgoing.map(({ name, other }) => [name, other])).toEqual([
      ["store", { kind: "node", path: ["east", "store"] }],
    ]);
  });

  it("counts a region's inside, and lists a service's instances", () => {
    expect(factsOf(twoRegions(), ["east"])).toMatchObject({ inside: 4, instances: [] });
    const api = factsOf(twoRegions(), ["east", "api"]);
    expect([api.inside, api.instances.map(({ name }) => name)]).toEqual([0, ["api-1", "api-2"]]);
  });

  it("holds the volume against the capacity, else against the greatest that was seen", () => {
    const snapshot = twoRegions();
    const east = indexOf(snapshot, "east");
    const known = createSnapshot({ ...snapshot, values: snapshot.values.slice() });
    known.maxVolume[east] = 1812;
    expect(factsOf(known, ["east"]).load).toEqual({ kind: "peak", limit: 1812, share: 0.5 });
    known.capacity[east] = 3624;
    expect(factsOf(known, ["east"]).load).toEqual({ kind: "capacity", limit: 3624, share: 0.25 });
  });

  it("shows a node's own notices, and those of weight below it with their place, the worst first", () => {
    const snapshot = twoRegions();
    const notice = (severity: 0 | 1 | 2, title: string, ...path: string[]): Notice => ({
      severity,
      title,
      target: { kind: "node", node: indexOf(snapshot, ...path) },
    });
    const noticed = {
      ...snapshot,
      notices: [
        notice(0, "own", "east"),
        notice(0, "a trifle below", "east", "cart"),
        notice(2, "an error below", "east", "cart"),
        notice(2, "elsewhere", "west", "cart"),
      ],
    };
    expect(factsOf(noticed, ["east"]).notices.map(({ notice: { title }, place }) => [title, place])).toEqual([
      ["an error below", "cart"],
      ["own", undefined],
    ]);
  });

  it("says what the source declares, when that is something to worry about", () => {
    const snapshot = buildSnapshot({
      children: { a: { class: "danger" }, b: { class: "normal" } },
      edges: { "a > b": [1, 0, 0] },
    });
    expect(factsOf(snapshot, ["a"]).declared).toBe("danger");
    expect(factsOf(snapshot, ["b"]).declared).toBeUndefined();
  });

  it("tells how old a node's data are once that is too long", () => {
    const snapshot = twoRegions(1_000_000);
    const stale = createSnapshot({ ...snapshot, values: snapshot.values.slice() });
    stale.observedAt[indexOf(snapshot, "east")] = 1_000_000 - 181_000;
    stale.observedAt[indexOf(snapshot, "west")] = 1_000_000 - 179_000;
    expect([factsOf(stale, ["east"]).staleMs, factsOf(stale, ["west"]).staleMs]).toEqual([181_000, 0]);
  });
});

describe("edgeFacts", () => {
  it("tells both ends, rates and what was not measured", () => {
    const facts = edgeFacts(twoRegions(), 0);
    expect(facts).toMatchObject({
      source: { label: "INTERNET", ref: { kind: "node", path: ["east", "INTERNET"] } },
      target: { label: "api", ref: { kind: "node", path: ["east", "api"] } },
      rates: { total: 906, warning: 5, danger: 1 },
      latency: { p50: NaN, p95: NaN, p99: NaN },
      windowMs: 1000,
    });
  });
});
