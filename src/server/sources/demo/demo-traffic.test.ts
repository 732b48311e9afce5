import { readFileSync } from "node:fs";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { rowTotal } from "#domain/volume.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { twoRegions } from "#testing/builders.ts";

import { demoTraffic } from "./demo-traffic.ts";

const file = new URL("../../../../mock-data/topologies/three-regions.json", import.meta.url);
const parsed = parseVizceral(readFileSync(file, "utf8"), { now: 0 });
if (!parsed.ok) throw new Error(parsed.error.message);
const base = parsed.value.snapshot;
const { topology } = base;

const moment = fc.nat(48 * 3_600_000);

/** Requests per second that reach a region, by its name. */
function regionVolumes(snapshot: TrafficSnapshot): Record<string, number> {
  return Object.fromEntries(
    must(topology.inside[0]).flatMap((edge) => {
      const { source, target } = must(topology.edges[edge]);
      const name = must(topology.nodes[target]).name;
      const isFromUsers = topology.nodes[source]?.name === "INTERNET";
      return isFromUsers ? [[name, rowTotal(snapshot.rates, edge, 3)]] : [];
    }),
  );
}

describe("the demo's traffic", () => {
  it("starts at the numbers of its file", () => {
    const volumes = regionVolumes(demoTraffic(base, 1)(0, 0));
    expect(volumes["us-east-1"]).toBeCloseTo(63_270.2, 0);
    expect(volumes["us-west-2"]).toBeCloseTo(38_794.8, 0);
    expect(volumes["eu-west-1"]).toBeCloseTo(31_561.9, 0);
  });

  it("is the same for the same seed and moment, and another for another seed", () => {
    const [one, again, other] = [1, 1, 2].map((seed) => demoTraffic(base, seed)(600_000, 5));
    expect(one).toEqual(again);
    expect(one?.rates).not.toEqual(other?.rates);
  });

  it("stays near its file, never below 0, with unknown numbers unknown", () => {
    const trafficAt = demoTraffic(base, 3);
    fc.assert(
      fc.property(moment, (elapsedMs) => {
        const { rates, latencyMs } = trafficAt(elapsedMs, 0);
        expect(rates.every((rate) => rate >= 0)).toBe(true);
        for (let edge = 0; edge < topology.edges.length; edge += 1) {
          const [now, before] = [rowTotal(rates, edge, 3), rowTotal(base.rates, edge, 3)];
          expect(Math.abs(now - before)).toBeLessThanOrEqual(before * 0.75);
        }
        expect(Array.from(latencyMs.p99, Number.isNaN)).toEqual(Array.from(base.latencyMs.p99, Number.isNaN));
      }),
      { numRuns: 50 },
    );
  });

  it("says of limits what the file says, so that forecasts start from the recent peaks", () => {
    const { capacity, maxVolume, instances } = demoTraffic(base, 3)(90_000, 0);
    expect([capacity, maxVolume, instances]).toEqual([base.capacity, base.maxVolume, base.instances]);
  });

  it("carries inside a region what reaches the region", () => {
    const trafficAt = demoTraffic(base, 4);
    fc.assert(
      fc.property(moment, (elapsedMs) => {
        const snapshot = trafficAt(elapsedMs, 0);
        const outside = regionVolumes(snapshot);
        for (const [name, volume] of Object.entries(outside)) {
          const region = topology.nodes.findIndex((node) => node.name === name && node.parent === 0);
          const entry = must(topology.children[region]).find((node) => topology.nodes[node]?.isEntry);
          const sent = must(topology.outgoing[must(entry)]);
          const inside = sent.reduce((sum, edge) => sum + rowTotal(snapshot.rates, edge, 3), 0);
          expect(Math.abs(inside / volume - 1)).toBeLessThan(0.05);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("an incident of the demo", () => {
  const trafficAt = demoTraffic(base, 5);
  const isOn = (elapsedMs: number) => trafficAt(elapsedMs, 0).notices.length > base.notices.length;

  it("comes once in 90 s and passes within 40", () => {
    for (let period = 0; period < 5; period += 1) {
      const seconds = Array.from({ length: 90 }, (_, s) => isOn(period * 90_000 + s * 1000));
      const starts = seconds.filter((on, s) => on && seconds[s - 1] !== true).length;
      const length = seconds.filter(Boolean).length;
      expect([starts, length >= 19 && length <= 40]).toEqual([1, true]);
    }
  });

  it("lets requests to one service fail, without more or fewer of them, and says which service", () => {
    const elapsedMs = must(
      Array.from({ length: 90 }, (_, s) => s * 1000 + 16_000).find((ms) => isOn(ms - 14_000)),
    );
    const during = trafficAt(elapsedMs, 0);
    const { target, severity } = must(during.notices.at(-1));
    const node = target.kind === "node" ? target.node : -1;
    expect(severity).toBe(2);
    for (const edge of must(topology.incoming[node])) {
      const [total, danger] = [rowTotal(during.rates, edge, 3), must(during.rates[edge * 3 + 2])];
      expect(danger / total).toBeGreaterThan(0.1);
      expect(Math.abs(total / rowTotal(base.rates, edge, 3) - 1)).toBeLessThan(0.4);
    }
  });
});

it("says why it cannot begin where nothing flows", () => {
  const lonely = twoRegions();
  lonely.rates.fill(0);
  expect(() => demoTraffic(lonely, 1)).toThrow(/traffic/);
});

it("is the same run through second by second, or asked for its last moment alone", () => {
  const [through, alone] = [demoTraffic(base, 6), demoTraffic(base, 6)];
  for (let s = 0; s < 150; s += 1) through(s * 1000, 0);
  const [one, other] = [through(150_000, 0), alone(150_000, 0)];
  for (let slot = 0; slot < one.rates.length; slot += 1) {
    expect(other.rates[slot]).toBeCloseTo(must(one.rates[slot]), 3);
  }
});
