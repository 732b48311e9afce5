import { describe, expect, it } from "vitest";

import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { buildSnapshot, type NodeSketch } from "#testing/builders.ts";
import { deepFreeze } from "#testing/deep-freeze.ts";
import { ringOf, sixNumbers } from "#testing/drill-frames.ts";
import { drillOf, rateBetween } from "#testing/drills.ts";
import { worldFrame } from "#testing/region-graphs.ts";

import { defaultPlan } from "../plan/default-plan.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { policies } from "../plan/evacuation-policy.ts";
import { startDrill } from "./start-drill.ts";

function faultOf(frame: TrafficSnapshot, changes: Partial<DrillPlan> = {}): string {
  const plan = { ...defaultPlan("us-east-1", 7), ...changes };
  const started = startDrill({ frame, history: [], plan, commands: [] });
  return started.ok ? "none" : `${started.error.kind}: ${started.error.message}`;
}

/** Two regions; the first has a cycle that nothing feeds. */
function endless(): TrafficSnapshot {
  const inside = (edges: NodeSketch["edges"]): NodeSketch => ({
    view: "flow",
    children: { INTERNET: { isEntry: true }, a: {}, b: {} },
    ...(edges === undefined ? {} : { edges }),
  });
  return buildSnapshot({
    view: "ring",
    children: {
      INTERNET: { isEntry: true },
      "us-east-1": inside({ "a > b": [5], "b > a": [5] }),
      west: inside({ "INTERNET > a": [9] }),
    },
    edges: { "INTERNET > us-east-1": [10], "INTERNET > west": [9] },
  });
}

describe("what cannot be run", () => {
  it.each([
    ["a region that does not exist", "no-such-region", () => faultOf(sixNumbers(), { victim: "mars" })],
    [
      "the only region",
      "no-other-region",
      () => faultOf(ringOf({ "us-east-1": { users: 1, maxVolume: 2 } })),
    ],
    ["an empty graph", "empty-graph", () => faultOf(buildSnapshot({ view: "ring" }))],
    [
      "traffic from nowhere",
      "no-traffic",
      () => faultOf(buildSnapshot({ view: "ring", children: { "us-east-1": {}, west: {} } })),
    ],
    [
      "calls that go round without end",
      "amplifies-without-end",
      () => faultOf(endless(), { split: { kind: "current-share" } }),
    ],
    [
      "headroom of which nothing is known",
      "no-capacity",
      () => faultOf(ringOf({ "us-east-1": { users: 9, maxVolume: 0 }, west: { users: 9, maxVolume: 0 } })),
    ],
    [
      "shares for nobody",
      "bad-plan",
      () => faultOf(sixNumbers(), { split: { kind: "manual", shares: { "us-west-2": 0 } } }),
    ],
  ])("%s: %s, in a sentence", (_, kind, fault) => {
    expect(fault().split(":")[0]).toBe(kind);
    expect(fault()).toMatch(/: [A-Z"“].+\.$/);
  });
});

describe("a session", () => {
  it("starts as the frame, at its time, and says that it is simulated", () => {
    const frame = sixNumbers();
    const drill = drillOf({ ...frame, at: 5_000_000 });
    const shown = drill.snapshot();
    expect(shown.at).toBe(5_000_000);
    expect(rateBetween(shown, "INTERNET", "us-east-1")).toBeCloseTo(63_270.2, 6);
    expect(shown.simulated).toEqual({
      drill: drill.id,
      victim: "us-east-1",
      saviours: ["us-west-2", "eu-west-1"],
      stage: "before",
      elapsedMs: -40_000,
    });
    drill.advanceTo(20_000);
    expect(drill.snapshot().at).toBe(5_060_000);
  });

  it("adds edges from the victim to its saviours and classes for errors, once", () => {
    const frame = buildSnapshot({
      view: "ring",
      children: { INTERNET: { isEntry: true }, "us-east-1": {}, west: {} },
      edges: { "INTERNET > us-east-1": [10], "INTERNET > west": [9] },
    });
    const plain = { ...frame, topology: { ...frame.topology, classes: frame.topology.classes.slice(0, 1) } };
    const rates = frame.rates.filter((_, slot) => slot % 3 === 0);
    const drill = drillOf({ ...plain, rates }, { split: { kind: "current-share" } });
    const first = drill.snapshot();
    drill.advanceTo(200_000);
    const later = drill.snapshot();
    expect(first.topology).toBe(later.topology);
    expect(first.topology.classes.map(({ severity }) => severity)).toEqual(["normal", "warning", "danger"]);
    expect(first.topology.edges.length).toBe(3);
    expect(rateBetween(first, "us-east-1", "west")).toBe(0);
    expect(rateBetween(later, "us-east-1", "west")).toBeGreaterThan(0);
  });

  it("P14: never changes what it starts from", () => {
    const frame = worldFrame({ seed: 1, regions: 3, services: 8, calls: 14, peak: 1.4 });
    const before = frame.values.slice();
    const plan = deepFreeze(defaultPlan("region-0", 1));
    const started = startDrill(deepFreeze({ frame, history: [frame], plan, commands: [] }));
    expect(started.ok).toBe(true);
    if (!started.ok) return;
    started.value.advanceTo(600_000);
    started.value.snapshot();
    expect(frame.values).toEqual(before);
  });

  it("goes on as one that a person fails back, when it is given the command of the first", () => {
    const first = drillOf(sixNumbers());
    first.advanceTo(600_000);
    first.failBack();
    first.advanceTo(1_000_000);
    const again = drillOf(sixNumbers(), {}, [{ atMs: 600_000, kind: "fail-back" }]);
    again.advanceTo(1_000_000);
    expect(again.hash()).toBe(first.hash());
    expect(again.events).toEqual(first.events);
    expect(again.phases.at(-1)).toMatchObject({ kind: "restore", startS: 600, state: "running" });
  });

  it("has the same id for the same request, and another for another", () => {
    const ids = [{}, {}, { seed: 8 }, { ttlS: 61 }].map((changes) => drillOf(sixNumbers(), changes).id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(drillOf({ ...sixNumbers(), at: 1 }).id).not.toBe(ids[0]);
  });

  it("keeps a row of loads for every second, which adds up to the demand", () => {
    const drill = drillOf(sixNumbers());
    drill.advanceTo(400_000);
    const { rows, regions, load } = drill.loads;
    expect(rows).toBe(440);
    for (let row = 0; row < rows; row += 40) {
      const sum = regions.reduce((total, _, r) => total + load[row * regions.length + r]!, 0);
      expect(sum).toBeCloseTo(133_626.9, 5);
    }
  });

  it("shows phases as they come and go", () => {
    const drill = drillOf(sixNumbers());
    const states = [-10, 30, 130, 320, 500].map((seconds) => {
      drill.advanceTo(seconds * 1000);
      return drill.phases.map(({ state }) => state[0]).join("");
    });
    expect(states).toEqual(["wwww", "rwww", "drww", "dddr", "dddd"]);
  });

  it("stays stuck in a storm of retries after a short loss of capacity, and says so", () => {
    const clients = { timeoutS: 1, retries: 1, retryBudget: undefined, queueS: 4 };
    const failure = { capacityLoss: 0.5, errorShare: 0 };
    const commands = [{ atMs: 30_000, kind: "fail-back" }] as const;
    const storm = drillOf(sixNumbers(), { policy: policies.nothing, clients, failure }, commands);
    storm.advanceTo(300_000);
    expect(storm.result().isStuck).toBe(true);
    const budget = { ...clients, retryBudget: 0.1, queueS: 0.5 };
    const calm = drillOf(sixNumbers(), { policy: policies.nothing, clients: budget, failure }, commands);
    calm.advanceTo(300_000);
    expect(calm.result().isStuck).toBe(false);
  });

  it("scales the saviours' instances and capacities while they are ungated, and notes it", () => {
    const frame = worldFrame({ seed: 3, regions: 3, services: 5, calls: 6, peak: 3 });
    const service = frame.topology.nodes.findIndex(({ name, parent }) => name === "s0" && parent > 4);
    frame.instances[service] = 10;
    const drill = drillOf(frame, { victim: "region-0" });
    drill.advanceTo(50_000);
    const before = drill.snapshot();
    drill.advanceTo(120_000);
    const during = drill.snapshot();
    expect(before.instances[service]).toBe(10);
    expect(during.instances[service]).toBeGreaterThan(10);
    expect(during.capacity[service]).toBeGreaterThan(before.capacity[service]!);
    expect(during.notices.some(({ title }) => title === "Scaling up")).toBe(true);
  });
});
