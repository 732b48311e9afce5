import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { viewGraph } from "#domain/focus.ts";
import { resolvePath } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes, rowTotal } from "#domain/volume.ts";

import { mockFiles } from "../../../scripts/mock-data/mock-files.ts";
import { parseVizceral } from "./parse-vizceral.ts";
import { readVizceral } from "./read-vizceral.ts";
import { writeVizceral } from "./write-vizceral.ts";

const regionNames = ["us-east-1", "us-west-2", "eu-west-1"];

function text(path: string): string {
  return readFileSync(new URL(`../../../mock-data/${path}`, import.meta.url), "utf8");
}

/** The snapshot of a file in which nothing is odd. */
function clean(path: string): TrafficSnapshot {
  const read = parseVizceral(text(path), { now: 0 });
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.diagnostics).toEqual([]);
  return read.value.snapshot;
}

describe("mock-data", () => {
  it.each([...mockFiles()])("%s is what scripts/make-mock-data.ts writes, byte for byte", (path, made) => {
    expect(text(path) === made).toBe(true);
  });

  const topologies = [...mockFiles().keys()].filter((path) => path.startsWith("topologies/"));
  it.each(topologies)("%s is the same after being written and read again", (path) => {
    const snapshot = clean(path);
    const again = readVizceral(writeVizceral(snapshot), { now: 0 });
    expect(again).toEqual({ ok: true, value: { snapshot, diagnostics: [] } });
  });

  it("the demo carries the six numbers of its regions, in and outside", () => {
    const snapshot = clean("topologies/three-regions.json");
    const { topology } = snapshot;
    const { inbound, outbound } = nodeVolumes(snapshot);
    const numbers = regionNames.map((name) => {
      const region = resolvePath(topology, [name]).node;
      const internet = resolvePath(topology, [name, "INTERNET"]).node;
      const fromInternet =
        topology.incoming[region]?.find((edge) => topology.edges[edge]?.source === 1) ?? -1;
      const outside = [0, 1, 2].map((c) => snapshot.rates[fromInternet * 3 + c] ?? NaN);
      const inside = [0, 1, 2].map((c) => outbound[internet * 3 + c] ?? NaN);
      expect(inside.map((rate) => rate.toFixed(3))).toEqual(outside.map((rate) => rate.toFixed(3)));
      expect(rowTotal(inbound, internet, 3)).toBe(0);
      return [outside.reduce((a, b) => a + b, 0).toFixed(1), snapshot.maxVolume[region]];
    });
    expect(numbers).toEqual([
      ["63270.2", 96035.5],
      ["38794.8", 67937],
      ["31561.9", 73536],
    ]);
  });

  it("the demo's regions are alike but not the same, every service is reached, and instances add up", () => {
    const snapshot = clean("topologies/three-regions.json");
    const { topology } = snapshot;
    const { inbound } = nodeVolumes(snapshot);
    const members = regionNames.map((name) => {
      const graph = viewGraph(topology, resolvePath(topology, [name]).node);
      expect(graph.nodes.length).toBeGreaterThanOrEqual(34);
      expect(graph.nodes.length).toBeLessThanOrEqual(40);
      expect(graph.edges.length).toBeGreaterThanOrEqual(60);
      expect(graph.edges.length).toBeLessThanOrEqual(90);
      for (const { node, role } of graph.nodes) {
        if (role === "entry") continue;
        const instances = topology.children[node] ?? [];
        const reported = instances.reduce((sum, child) => sum + rowTotal(snapshot.nodeRates, child, 3), 0);
        expect(rowTotal(inbound, node, 3)).toBeGreaterThan(0);
        expect(reported).toBeCloseTo(rowTotal(inbound, node, 3), 6);
      }
      return new Set(graph.nodes.map(({ node }) => topology.nodes[node]?.name));
    });
    const [east, west, europe] = members;
    expect(
      [...(east ?? [])].filter((name) => west?.has(name) === true && europe?.has(name) === true).length,
    ).toBeGreaterThan(30);
    expect(
      members.map((names) => [...names].some((name) => members.some((other) => !other.has(name)))),
    ).toEqual([true, true, true]);
  });

  it("a region can be the root", () => {
    const { topology } = clean("topologies/one-region.json");
    expect([topology.nodes[0]?.name, topology.children[0]?.length]).toEqual(["us-east-1", 40]);
  });

  it("the huge one has 1,000 services and 5,000 edges over many orders of magnitude", () => {
    const snapshot = clean("topologies/huge.json");
    const { topology, rates } = snapshot;
    expect([topology.children[0]?.length, topology.edges.length]).toEqual([1000, 5000]);
    const totals = topology.edges.map((_, edge) => rowTotal(rates, edge, 3)).toSorted((a, b) => a - b);
    expect(totals[0]).toBeGreaterThan(0);
    expect((totals[4999] ?? 0) / (totals[50] ?? 1)).toBeGreaterThan(10_000);
  });
});
