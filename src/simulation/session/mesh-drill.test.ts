import { describe, expect, it } from "vitest";

import { isBoundary } from "#domain/boundary.ts";
import { findItem } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { rowTotal } from "#domain/volume.ts";
import { meshOfThree } from "#testing/mesh-of-three.ts";

import { makeForecast } from "../forecast/make-forecast.ts";
import { survivalTable } from "../forecast/survival.ts";
import { defaultPlan } from "../plan/default-plan.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import type { DrillSession } from "./drill-session.ts";
import { startDrill } from "./start-drill.ts";

const frame = meshOfThree();
const plan: DrillPlan = { ...defaultPlan("us-east-1", 7), saviours: ["eu-west-1"] };

function drill(changes: Partial<DrillPlan> = {}): DrillSession {
  const started = startDrill({ frame, history: [], plan: { ...plan, ...changes }, commands: [] });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

/** Requests per second over an edge, and the part of them that failed or was shed. */
function over({ topology, rates }: TrafficSnapshot, source: string, target: string, parent?: string) {
  const place = parent === undefined ? [] : [parent];
  const item = findItem(topology, { kind: "edge", parent: place, source, target });
  if (item?.kind !== "edge") throw new Error(`no edge ${source} > ${target}`);
  const classes = topology.classes.length;
  const normal = topology.classes.findIndex(({ severity }) => severity === "normal");
  const total = rowTotal(rates, item.edge, classes);
  return { total, failed: 1 - rates[item.edge * classes + normal]! / total };
}

describe("a drill on what a mesh of several regions was seen to do", () => {
  it("begins with the frame: calls between regions are as they were measured, at both levels and in both insides", () => {
    const run = drill();
    run.advanceTo(-1000);
    const before = run.snapshot();
    expect(over(before, "us-east-1", "eu-west-1").total).toBeCloseTo(200, 6);
    expect(over(before, "web", "eu-west-1", "us-east-1").total).toBeCloseTo(200, 6);
    expect(over(before, "us-east-1", "stock.shop", "eu-west-1").total).toBeCloseTo(120, 6);
    expect(over(before, "us-east-1", "ledger.shop", "eu-west-1").total).toBeCloseTo(80, 6);
    expect(over(before, "eu-west-1", "cart", "us-east-1").total).toBeCloseTo(60, 6);
  });

  it("loses no user, and ends what the lost region called", () => {
    const run = drill();
    run.advanceTo(3_600_000);
    const after = run.snapshot();
    const left = over(after, "INTERNET", "us-east-1").total / 1_000;
    expect(left).toBeLessThan(0.01);
    const arrived = over(after, "INTERNET", "eu-west-1").total;
    expect(arrived + 1_000 * left).toBeCloseTo(1_600, 3);
    // What still comes to the lost region is passed on by its front door.
    expect(over(after, "INTERNET", "web.shop", "eu-west-1").total).toBeCloseTo(1_600, 3);
    expect(over(after, "us-east-1", "stock.shop", "eu-west-1").total).toBeCloseTo(0, 6);
    expect(over(after, "us-east-1", "eu-west-1").total).toBeCloseTo(1_000 * left, 6);
  });

  it("shows that what the others go on calling in the lost region fails, alike at both levels", () => {
    const run = drill({ failure: { capacityLoss: 1, errorShare: 0 } });
    run.advanceTo(3_600_000);
    const after = run.snapshot();
    expect(over(after, "stock.shop", "us-east-1", "eu-west-1").failed).toBeCloseTo(1, 6);
    expect(over(after, "eu-west-1", "us-east-1").failed).toBeCloseTo(1, 6);
    expect(over(after, "eu-west-1", "cart", "us-east-1").failed).toBeCloseTo(1, 6);
    const inside = over(after, "stock.shop", "us-east-1", "eu-west-1").total;
    expect(inside).toBeGreaterThan(60);
    // One step apart, while the last users come.
    expect(over(after, "eu-west-1", "us-east-1").total).toBeCloseTo(inside, 3);
    expect(over(after, "eu-west-1", "cart", "us-east-1").total).toBeCloseTo(inside, 3);
  });

  it("lets calls between regions grow with what calls them", () => {
    const run = drill({ victim: "eu-west-1", saviours: ["us-east-1"] });
    run.advanceTo(3_600_000);
    const after = run.snapshot();
    expect(over(after, "INTERNET", "us-east-1").total).toBeGreaterThan(1_590);
    expect(over(after, "us-east-1", "unknown").total).toBeCloseTo(
      over(after, "us-east-1 (region)", "batch", "unknown").total,
      6,
    );
    expect(over(after, "cart", "unknown", "us-east-1").total).toBeCloseTo(
      over(after, "us-east-1", "unknown").total,
      6,
    );
    expect(over(after, "us-east-1", "unknown").total).toBeGreaterThan(30);
    expect(over(after, "us-east-1", "unknown").total).toBeLessThan(50);
  });

  it("never counts a boundary as a service that fills up or that a saviour lacks", () => {
    const forecast = makeForecast(frame, [], plan);
    if (!forecast.ok) throw new Error(forecast.error.message);
    const { saviours, lost } = forecast.value;
    const names = saviours.flatMap(({ services }) => services.map(({ name }) => name));
    expect(names.toSorted()).toEqual(["ledger.shop", "stock.shop", "web.shop"]);
    expect(lost.map(({ service }) => service)).toEqual(["web", "cart"]);
    const nodes = frame.topology.nodes.filter((_, node) => isBoundary(frame.topology, node));
    const table = survivalTable(frame, []);
    if (!table.ok) throw new Error(table.error.message);
    const regions = table.value.map(({ region }) => region);
    expect(regions).toEqual(["us-east-1", "eu-west-1", "unknown"]);
    expect(nodes).toHaveLength(4);
  });

  it("forecasts what ends as well as what grows", () => {
    const forecast = makeForecast(frame, [], plan);
    if (!forecast.ok) throw new Error(forecast.error.message);
    const [eu] = forecast.value.saviours;
    const volume = (name: string) => eu?.services.find((service) => service.name === name)?.after;
    // 1600 users of 600; stock had 300 for 600 users, and 120 from the lost region, which end.
    expect(volume("web.shop")).toBeCloseTo(1_600, 6);
    expect(volume("stock.shop")).toBeCloseTo(800, 6);
    expect(volume("ledger.shop")).toBeCloseTo(0, 6);
  });
});
