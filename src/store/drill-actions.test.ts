import { describe, expect, it } from "vitest";

import { policies } from "#simulation/plan/evacuation-policy.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { createDrillApp, drillFrame, keepingFrames, type DrillApp } from "#testing/drill-app.ts";
import { directSimulation } from "#testing/direct-simulation.ts";
import { testStart } from "#testing/manual-clock.ts";
import { createTestApp } from "#testing/test-app.ts";

import { usualPlan } from "./drill-link.ts";

describe("a run", () => {
  it("takes the selection back: what is selected dims the rest", async () => {
    const { app, run } = createDrillApp();
    app.actions.select({ kind: "node", path: ["west"] });
    await run("east");
    expect(app.store.getState().view.selection).toBeUndefined();
  });
});

describe("the plan", () => {
  it("opens for a region with what is usual, and a forecast", () => {
    const { drill, planning, app } = createDrillApp();
    app.actions.openDrill("west");
    expect(drill().isPanelOpen).toBe(true);
    expect(planning()).toMatchObject({ plan: usualPlan("west"), isComputing: false, fault: undefined });
    expect(planning().forecast?.saviours.map(({ region }) => region)).toEqual(["east"]);
  });

  it.each<[string, (test: DrillApp) => void, string]>([
    ["the busiest region", () => undefined, "east"],
    ["the selected one", ({ app }) => app.actions.select({ kind: "node", path: ["west"] }), "west"],
    [
      "that of the selected service",
      ({ app }) => app.actions.select({ kind: "node", path: ["west", "api"] }),
      "west",
    ],
    ["the one that is entered", ({ app }) => app.actions.enter(["west"]), "west"],
    ["the one under the keyboard", ({ app }) => app.actions.setCursor(["west"]), "west"],
    ["the one under the pointer", ({ app }) => app.actions.hover({ kind: "node", path: ["west"] }), "west"],
    ["never the internet", ({ app }) => app.actions.select({ kind: "node", path: ["INTERNET"] }), "east"],
  ])("is for %s when none is named", (_, prepare, victim) => {
    const test = createDrillApp();
    prepare(test);
    test.app.actions.openDrill();
    expect(test.planning().plan.victim).toBe(victim);
  });

  it("is changed piece by piece, and the forecast follows", () => {
    const { planning, app } = createDrillApp();
    app.actions.openDrill("east");
    const before = planning().forecast;
    app.actions.changePlan({ policy: policies.classic, capacityFactor: 1.3 });
    expect(planning().plan).toMatchObject({ victim: "east", policy: { id: "classic" }, capacityFactor: 1.3 });
    expect(planning().forecast).not.toBe(before);
  });

  it("drops shares that were set by hand when others take part", () => {
    const { planning, app } = createDrillApp();
    app.actions.openDrill("east");
    app.actions.changePlan({ split: { kind: "manual", shares: { west: 1 } } });
    app.actions.changePlan({ ttlS: 30 });
    expect(planning().plan.split.kind).toBe("manual");
    app.actions.changePlan({ victim: "west" });
    expect(planning().plan).toMatchObject({ victim: "west", saviours: [], split: { kind: "headroom" } });
  });

  it("says why it cannot be run", async () => {
    const { planning, drill, app } = createDrillApp();
    app.actions.openDrill("nowhere");
    expect(planning().fault?.kind).toBe("no-such-region");
    await app.actions.runDrill();
    expect(drill().activity.kind).toBe("planning");
  });

  it("follows the traffic every five seconds, and not while the page is hidden", () => {
    const { player, clock, simulation, planning, app } = createDrillApp();
    app.actions.openDrill("east");
    const asked = () => simulation.commands.filter(({ kind }) => kind === "forecast").length;
    const before = asked();
    for (let second = 1; second <= 11; second += 1) {
      clock.advance(1000);
      player.show(twoRegions(testStart + second * 1000));
    }
    expect(asked() - before).toBe(2);
    expect(planning().isComputing).toBe(false);
    app.actions.setHidden(true);
    clock.advance(10_000);
    player.show(twoRegions(testStart + 60_000));
    expect(asked() - before).toBe(2);
  });

  it("says so where there is nothing to fail over", () => {
    const { toasts, app } = createDrillApp("", keepingFrames, buildSnapshot({ children: { a: {}, b: {} } }));
    app.actions.openDrill();
    expect(toasts()[0]).toContain("no region");
  });

  it("closes with Escape", () => {
    const { drill, app } = createDrillApp();
    app.actions.openDrill("east");
    app.actions.up();
    expect(drill()).toMatchObject({ isPanelOpen: false, activity: { kind: "none" } });
  });
});

describe("a run", () => {
  it("starts from the traffic that is shown, marked as simulated", async () => {
    const { run, running, app } = createDrillApp();
    await run();
    expect(running()).toMatchObject({ plan: usualPlan("east"), progress: { elapsedMs: -40_000, speed: 8 } });
    expect(app.store.getState().feed.current?.simulated?.victim).toBe("east");
  });

  it("has its first frame kept by the server", async () => {
    const { run, drill } = createDrillApp();
    await run();
    expect(drill().start).toMatchObject({ kind: "frozen", hash: "0f" });
  });

  it("goes on, faster and slower, paused and stepped, and to any moment", async () => {
    const { run, running, clock, app } = createDrillApp();
    await run();
    app.actions.setDrillSpeed(60);
    clock.advance(1000);
    expect(running().progress).toMatchObject({ speed: 60, elapsedMs: 20_000 });
    app.actions.pauseDrill();
    app.actions.stepDrill(1);
    expect(running().progress).toMatchObject({ isPaused: true, elapsedMs: 21_000 });
    app.actions.stepDrill(-1);
    app.actions.seekDrill(100_000);
    expect(running().progress.elapsedMs).toBe(100_000);
    app.actions.togglePause();
    expect(running().progress.isPaused).toBe(false);
    app.actions.restartDrill();
    expect(running().progress.elapsedMs).toBe(-40_000);
  });

  it("is failed back, which is part of it from then on", async () => {
    const { run, running, clock, app } = createDrillApp();
    await run();
    clock.advance(10_000);
    app.actions.failBack();
    clock.advance(2000);
    expect(running().progress).toMatchObject({ stage: "restoring", commands: [{ kind: "fail-back" }] });
  });

  it("is stopped into the plan, back on the newest traffic, with what came of it", async () => {
    const { run, planning, drill, player, clock, toasts, app } = createDrillApp();
    await run();
    clock.advance(20_000);
    const newest = twoRegions(testStart + 20_000);
    player.show(newest);
    app.actions.stopDrill();
    expect(app.store.getState().feed.current).toBe(newest);
    expect(planning().plan).toEqual(usualPlan("east"));
    expect(drill()).toMatchObject({ start: { kind: "now" }, last: { elapsedMs: 120_000 } });
    expect(toasts().at(-1)).toContain("stopped");
  });

  it("goes on when its panel is closed with Escape, and says so", async () => {
    const { run, drill, running, toasts, app } = createDrillApp();
    await run();
    app.actions.up();
    expect(drill().isPanelOpen).toBe(false);
    expect(running().progress.isPaused).toBe(false);
    expect(toasts().at(-1)).toContain("runs on");
    app.actions.openDrill();
    expect(drill().isPanelOpen).toBe(true);
    app.actions.up();
    app.actions.stopDrill();
    expect(drill().activity.kind).toBe("none");
  });

  it("is stopped by going back to live", async () => {
    const { run, drill, app } = createDrillApp();
    await run();
    app.actions.goLive();
    expect(drill().activity.kind).toBe("planning");
  });

  it("does not start on traffic that is simulated already", async () => {
    const simulated = { drill: "x", victim: "east", saviours: ["west"], stage: "dns", elapsedMs: 1 } as const;
    const { run, drill, toasts } = createDrillApp("", keepingFrames, { ...drillFrame, simulated });
    await run();
    expect(drill().activity.kind).toBe("planning");
    expect(toasts()[0]).toContain("simulated already");
  });
});

describe("two policies side by side", () => {
  it("are computed to the end from the same traffic, and closed again", () => {
    const { drill, app } = createDrillApp();
    app.actions.openDrill("east");
    app.actions.compareWith("hot");
    const [first, second] = drill().comparison?.runs ?? [];
    expect(first).toMatchObject({ policy: "nimble", progress: { kind: "done" } });
    expect(second).toMatchObject({ policy: "hot", progress: { kind: "done" } });
    app.actions.compareWith(undefined);
    expect(drill().comparison).toBeUndefined();
  });

  it("are another comparison when the plan is another", () => {
    const { drill, app } = createDrillApp();
    app.actions.openDrill("east");
    app.actions.compareWith("hot");
    app.actions.changePlan({ ttlS: 10 });
    expect(drill().comparison).toBeUndefined();
  });
});

describe("the losses of all regions", () => {
  it("wait for the first picture", () => {
    const simulation = directSimulation();
    const { app } = createTestApp(drillFrame, "", { simulation: simulation.service });
    expect(app.store.getState().survival.at).toBeUndefined();
    app.actions.setDrawing({ isDrawn: true });
    expect(app.store.getState().survival.at).toBe(drillFrame.at);
  });

  it("are looked at every five seconds, but neither hidden nor in a drill", async () => {
    const { player, clock, run, app } = createDrillApp();
    const at = () => app.store.getState().survival.at;
    const show = (second: number) => {
      clock.advance(1000);
      player.show(twoRegions(testStart + second * 1000));
    };
    expect(app.store.getState().survival.losses.map(({ victim }) => victim)).toEqual(["east", "west"]);
    for (let second = 1; second <= 7; second += 1) show(second);
    expect(at()).toBe(testStart + 5000);
    app.actions.setHidden(true);
    for (let second = 8; second <= 14; second += 1) show(second);
    expect(at()).toBe(testStart + 5000);
    app.actions.setHidden(false);
    expect(at()).toBe(testStart + 14_000);
    await run();
    clock.advance(30_000);
    expect(at()).toBe(testStart + 14_000);
  });
});
