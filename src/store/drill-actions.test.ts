import { describe, expect, it } from "vitest";

import { err, ok } from "#base/result.ts";
import { createDrillPlayer } from "#players/drill-player.ts";
import type { DrillFrames } from "#players/drill-frames.ts";
import { policies } from "#simulation/plan/evacuation-policy.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { directSimulation } from "#testing/direct-simulation.ts";
import { testStart } from "#testing/manual-clock.ts";
import { noFrames } from "#testing/no-frames.ts";
import { createTestApp } from "#testing/test-app.ts";
import { turns } from "#testing/turns.ts";

import type { DrillPlanning, DrillRunning } from "./drill-state.ts";
import { usualPlan } from "./drill-link.ts";

const frame = twoRegions(testStart);

const keeping: DrillFrames = {
  ...noFrames,
  freeze: async () => ok("0f"),
  fetch: async (hash) => (hash === "0f" ? ok(frame) : err("It is gone.")),
};

function open(search = "", frames: DrillFrames = keeping, snapshot = frame) {
  const simulation = directSimulation();
  const test = createTestApp(snapshot, search, {
    simulation: simulation.service,
    frames,
    playing: (player, clock) => createDrillPlayer(player, { simulation: simulation.service, clock }),
  });
  const { app } = test;
  const drill = () => app.store.getState().drill;
  function planning(): DrillPlanning {
    const { activity } = drill();
    if (activity.kind !== "planning") throw new Error(`nothing is planned: ${activity.kind}`);
    return activity;
  }
  function running(): DrillRunning {
    const { activity } = drill();
    if (activity.kind !== "running") throw new Error(`nothing runs: ${activity.kind}`);
    return activity;
  }
  const toasts = () => app.store.getState().toasts.map(({ text }) => text);
  async function run(region = "east"): Promise<void> {
    app.actions.openDrill(region);
    await app.actions.runDrill();
    await turns();
  }
  return { ...test, actions: app.actions, simulation, drill, planning, running, toasts, run };
}

describe("the plan", () => {
  it("opens for a region with what is usual, and a forecast", () => {
    const { actions, drill, planning } = open();
    actions.openDrill("west");
    expect(drill().isPanelOpen).toBe(true);
    expect(planning()).toMatchObject({ plan: usualPlan("west"), isComputing: false, fault: undefined });
    expect(planning().forecast?.saviours.map(({ region }) => region)).toEqual(["east"]);
  });

  it.each<[string, (test: ReturnType<typeof open>) => void, string]>([
    ["the busiest region", () => undefined, "east"],
    ["the selected one", ({ actions }) => actions.select({ kind: "node", path: ["west"] }), "west"],
    [
      "that of the selected service",
      ({ actions }) => actions.select({ kind: "node", path: ["west", "api"] }),
      "west",
    ],
    ["the one that is entered", ({ actions }) => actions.enter(["west"]), "west"],
    ["the one under the keyboard", ({ actions }) => actions.setCursor(["west"]), "west"],
    ["never the internet", ({ actions }) => actions.select({ kind: "node", path: ["INTERNET"] }), "east"],
  ])("is for %s when none is named", (_, prepare, victim) => {
    const test = open();
    prepare(test);
    test.actions.openDrill();
    expect(test.planning().plan.victim).toBe(victim);
  });

  it("is changed piece by piece, and the forecast follows", () => {
    const { actions, planning } = open();
    actions.openDrill("east");
    const before = planning().forecast;
    actions.changePlan({ policy: policies.classic, capacityFactor: 1.3 });
    expect(planning().plan).toMatchObject({ victim: "east", policy: { id: "classic" }, capacityFactor: 1.3 });
    expect(planning().forecast).not.toBe(before);
  });

  it("drops shares that were set by hand when others take part", () => {
    const { actions, planning } = open();
    actions.openDrill("east");
    actions.changePlan({ split: { kind: "manual", shares: { west: 1 } } });
    actions.changePlan({ ttlS: 30 });
    expect(planning().plan.split.kind).toBe("manual");
    actions.changePlan({ victim: "west" });
    expect(planning().plan).toMatchObject({ victim: "west", saviours: [], split: { kind: "headroom" } });
  });

  it("says why it cannot be run", async () => {
    const { actions, planning, drill } = open();
    actions.openDrill("nowhere");
    expect(planning().fault?.kind).toBe("no-such-region");
    await actions.runDrill();
    expect(drill().activity.kind).toBe("planning");
  });

  it("follows the traffic every five seconds, and not while the page is hidden", () => {
    const { actions, player, clock, simulation, planning } = open();
    actions.openDrill("east");
    const asked = () => simulation.commands.filter(({ kind }) => kind === "forecast").length;
    const before = asked();
    for (let second = 1; second <= 11; second += 1) {
      clock.advance(1000);
      player.show(twoRegions(testStart + second * 1000));
    }
    expect(asked() - before).toBe(2);
    expect(planning().isComputing).toBe(false);
    actions.setHidden(true);
    clock.advance(10_000);
    player.show(twoRegions(testStart + 60_000));
    expect(asked() - before).toBe(2);
  });

  it("says so where there is nothing to fail over", () => {
    const { actions, toasts } = open("", keeping, buildSnapshot({ children: { a: {}, b: {} } }));
    actions.openDrill();
    expect(toasts()[0]).toContain("no region");
  });

  it("closes with Escape", () => {
    const { actions, drill } = open();
    actions.openDrill("east");
    actions.up();
    expect(drill()).toMatchObject({ isPanelOpen: false, activity: { kind: "none" } });
  });
});

describe("a run", () => {
  it("starts from the traffic that is shown, marked as simulated", async () => {
    const { run, running, app } = open();
    await run();
    expect(running()).toMatchObject({ plan: usualPlan("east"), progress: { elapsedMs: -40_000, speed: 8 } });
    expect(app.store.getState().feed.current?.simulated?.victim).toBe("east");
  });

  it("has its first frame kept by the server", async () => {
    const { run, drill } = open();
    await run();
    expect(drill().start).toMatchObject({ kind: "frozen", hash: "0f" });
  });

  it("goes on, faster and slower, paused and stepped, and to any moment", async () => {
    const { run, running, actions, clock } = open();
    await run();
    actions.setDrillSpeed(60);
    clock.advance(1000);
    expect(running().progress).toMatchObject({ speed: 60, elapsedMs: 20_000 });
    actions.pauseDrill();
    actions.stepDrill(1);
    expect(running().progress).toMatchObject({ isPaused: true, elapsedMs: 21_000 });
    actions.stepDrill(-1);
    actions.seekDrill(100_000);
    expect(running().progress.elapsedMs).toBe(100_000);
    actions.togglePause();
    expect(running().progress.isPaused).toBe(false);
    actions.restartDrill();
    expect(running().progress.elapsedMs).toBe(-40_000);
  });

  it("is failed back, which is part of it from then on", async () => {
    const { run, running, actions, clock } = open();
    await run();
    clock.advance(10_000);
    actions.failBack();
    clock.advance(2000);
    expect(running().progress).toMatchObject({ stage: "restoring", commands: [{ kind: "fail-back" }] });
  });

  it("is stopped into the plan, back on the newest traffic, with what came of it", async () => {
    const { run, actions, planning, drill, player, clock, app, toasts } = open();
    await run();
    clock.advance(20_000);
    const newest = twoRegions(testStart + 20_000);
    player.show(newest);
    actions.stopDrill();
    expect(app.store.getState().feed.current).toBe(newest);
    expect(planning().plan).toEqual(usualPlan("east"));
    expect(drill()).toMatchObject({ start: { kind: "now" }, last: { elapsedMs: 120_000 } });
    expect(toasts().at(-1)).toContain("stopped");
  });

  it("goes on when its panel is closed with Escape, and says so", async () => {
    const { run, actions, drill, running, toasts } = open();
    await run();
    actions.up();
    expect(drill().isPanelOpen).toBe(false);
    expect(running().progress.isPaused).toBe(false);
    expect(toasts().at(-1)).toContain("runs on");
    actions.openDrill();
    expect(drill().isPanelOpen).toBe(true);
    actions.up();
    actions.stopDrill();
    expect(drill().activity.kind).toBe("none");
  });

  it("is stopped by going back to live", async () => {
    const { run, actions, drill } = open();
    await run();
    actions.goLive();
    expect(drill().activity.kind).toBe("planning");
  });

  it("does not start on traffic that is simulated already", async () => {
    const simulated = { drill: "x", victim: "east", saviours: ["west"], stage: "dns", elapsedMs: 1 } as const;
    const { run, drill, toasts } = open("", keeping, { ...frame, simulated });
    await run();
    expect(drill().activity.kind).toBe("planning");
    expect(toasts()[0]).toContain("simulated already");
  });
});

describe("two policies side by side", () => {
  it("are computed to the end from the same traffic, and closed again", () => {
    const { actions, drill } = open();
    actions.openDrill("east");
    actions.compareWith("hot");
    const [first, second] = drill().comparison?.runs ?? [];
    expect(first).toMatchObject({ policy: "nimble", progress: { kind: "done" } });
    expect(second).toMatchObject({ policy: "hot", progress: { kind: "done" } });
    actions.compareWith(undefined);
    expect(drill().comparison).toBeUndefined();
  });

  it("are another comparison when the plan is another", () => {
    const { actions, drill } = open();
    actions.openDrill("east");
    actions.compareWith("hot");
    actions.changePlan({ ttlS: 10 });
    expect(drill().comparison).toBeUndefined();
  });
});

describe("the losses of all regions", () => {
  it("are looked at every five seconds, but neither hidden nor in a drill", async () => {
    const { app, actions, player, clock, run } = open();
    const at = () => app.store.getState().survival.at;
    const show = (second: number) => {
      clock.advance(1000);
      player.show(twoRegions(testStart + second * 1000));
    };
    expect(app.store.getState().survival.losses.map(({ victim }) => victim)).toEqual(["east", "west"]);
    for (let second = 1; second <= 7; second += 1) show(second);
    expect(at()).toBe(testStart + 5000);
    actions.setHidden(true);
    for (let second = 8; second <= 14; second += 1) show(second);
    expect(at()).toBe(testStart + 5000);
    actions.setHidden(false);
    expect(at()).toBe(testStart + 14_000);
    await run();
    clock.advance(30_000);
    expect(at()).toBe(testStart + 14_000);
  });
});
