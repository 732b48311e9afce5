import { describe, expect, it } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { errorShare, severityRates } from "#domain/health.ts";
import { ringOf, sixNumbers } from "#testing/drill-frames.ts";
import { rateBetween } from "#testing/drills.ts";
import { worldFrame } from "#testing/region-graphs.ts";

import { createTrafficEngine, type TrafficEngine } from "./traffic-engine.ts";

const frame = worldFrame({ seed: 5, regions: 3, services: 10, calls: 18, peak: 2, ownRoots: 1 });

function engineOf(demandAt: (region: string, tS: number) => number = () => 1): TrafficEngine {
  const created = createTrafficEngine({ frame, demandAt });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

/** Share of failed requests on the first edge to a service of the first region. */
function errorsAt({ topology, rates }: TrafficSnapshot, service: string): number {
  const edge = topology.edges.findIndex(({ target }) => topology.nodes[target]?.name === service);
  return errorShare(severityRates(rates, edge, topology.classes));
}

describe("traffic without a drill", () => {
  it("P10: is the frame for ever while demand stands still", () => {
    const engine = engineOf();
    engine.advanceTo(120_000);
    const { rates } = engine.snapshot(0, []);
    rates.forEach((rate, slot) => expect(rate).toBeCloseTo(frame.rates[slot]!, 6));
  });

  it("follows the demand of each region by itself, whatever the strides", () => {
    const demandAt = (region: string, tS: number): number => (region === "region-1" ? 1 + tS / 100 : 1);
    const [one, other] = [engineOf(demandAt), engineOf(demandAt)];
    one.advanceTo(20_000);
    for (let ms = 0; ms <= 20_000; ms += 333) other.advanceTo(ms);
    other.advanceTo(20_000);
    expect(one.elapsedMs).toBe(20_000);
    expect(other.snapshot(7, []).values).toEqual(one.snapshot(7, []).values);
    const rate = (shown: TrafficSnapshot, region: string): number => rateBetween(shown, "INTERNET", region);
    const shown = one.snapshot(0, []);
    expect(rate(shown, "region-1") / rate(frame, "region-1")).toBeCloseTo(1.2, 9);
    expect(rate(shown, "region-0") / rate(frame, "region-0")).toBeCloseTo(1, 9);
  });

  it("answers with errors at a service in trouble, and is well again when the trouble ends", () => {
    const engine = engineOf();
    const before = errorsAt(frame, "s3");
    expect(engine.suffer([{ kind: "errors", path: ["region-0", "s3"], share: 0.4 }])).toEqual({
      ok: true,
      value: undefined,
    });
    engine.advanceTo(15_000);
    expect(errorsAt(engine.snapshot(0, []), "s3")).toBeGreaterThan(before + 0.2);
    engine.suffer([]);
    engine.advanceTo(60_000);
    expect(errorsAt(engine.snapshot(0, []), "s3")).toBeCloseTo(before, 6);
  });

  it("turns calls away where two thirds of the instances are gone", () => {
    const engine = engineOf();
    engine.suffer([{ kind: "loss", path: ["region-0", "s3"], share: 2 / 3 }]);
    engine.advanceTo(30_000);
    const { topology, rates } = engine.snapshot(0, []);
    const edge = topology.edges.findIndex(({ target }) => topology.nodes[target]?.name === "s3");
    expect(severityRates(rates, edge, topology.classes).warning).toBeGreaterThan(0);
  });

  it("opens a breaker where Latency Monkey delays all calls, so that the caller falls back, and closes it afterwards", () => {
    const engine = engineOf();
    const { topology } = frame;
    const edge = topology.edges.findIndex(({ source, target }) => {
      const names = [topology.nodes[source]?.name, topology.nodes[target]?.name];
      return names[0] === "s0" && names[1] !== "INTERNET";
    });
    frame.latencyMs.p50[edge] = 20;
    const callee = topology.nodes[topology.edges[edge]?.target ?? -1]?.name ?? "";
    engine.suffer([{ kind: "delay", path: ["region-0", "s0", callee], share: 1 }]);
    engine.advanceTo(100);
    const first = engine.snapshot(0, []);
    expect(first.latencyMs.p50[edge]).toBeGreaterThan(1000);
    engine.advanceTo(3000);
    const shown = severityRates(engine.snapshot(0, []).rates, edge, topology.classes);
    expect(shown.warning / shown.total).toBeGreaterThan(0.9);
    engine.suffer([]);
    engine.advanceTo(60_000);
    const { rates } = engine.snapshot(0, []);
    expect(severityRates(rates, edge, topology.classes).total).toBeCloseTo(shown.total, 3);
    expect(severityRates(rates, edge, topology.classes).warning / shown.total).toBeLessThan(0.01);
  });

  it("refuses an incident at a place that is not there, and leaves the others as they are", () => {
    const refused = engineOf().suffer([{ kind: "errors", path: ["region-0", "nowhere"], share: 1 }]);
    expect(refused).toEqual({
      ok: false,
      error:
        "There is no region-0 / nowhere that traffic reaches. Name a region, a region and one of its services, or for a delay two services.",
    });
  });

  it("says why a frame without traffic has none to go on with", () => {
    const created = createTrafficEngine({
      frame: ringOf({ a: { users: 0, maxVolume: 0 } }),
      demandAt: () => 1,
    });
    expect(created.ok ? "ok" : created.error.kind).toBe("no-traffic");
    expect(createTrafficEngine({ frame: sixNumbers(), demandAt: () => 1 }).ok).toBe(true);
  });
});
