import { describe, expect, it } from "vitest";

import { err, ok } from "#base/result.ts";
import type { DrillFrames } from "#players/drill-frames.ts";
import type { SharedDrillControl } from "#players/shared-drill.ts";
import { policies } from "#simulation/plan/evacuation-policy.ts";
import { createDrillApp, drillFrame, keepingFrames, type DrillApp } from "#testing/drill-app.ts";
import { twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { createTestApp } from "#testing/test-app.ts";
import { turns } from "#testing/turns.ts";

import type { Ports } from "./app.ts";
import { usualPlan } from "./drill-link.ts";

/** Lends the app a clipboard; returns what is on it. */
function lendClipboard({ app, address }: Pick<DrillApp, "app" | "address">): string[] {
  const copied: string[] = [];
  const nothing = (): void => undefined;
  const ports: Ports = {
    focusFind: nothing,
    focusFilter: nothing,
    capturePicture: () => Promise.resolve(undefined),
    download: nothing,
    copyText: async (text) => void copied.push(text),
    chooseFiles: async () => [],
    toggleFullscreen: nothing,
    address: () => `http://host/${address.search}`,
  };
  app.actions.lendPorts(ports);
  return copied;
}

function picture({ app, running }: DrillApp) {
  const { current, frames, timeMap } = app.store.getState().feed;
  return {
    current: current?.values,
    frames: frames.map(({ at, values }) => ({ at, values })),
    dataAt: timeMap.dataAt,
    progress: running().progress,
  };
}

describe("the address", () => {
  it("tells the plan, what is changed in it, the frame that a run starts from, and where one is in it", async () => {
    const { app, address, clock } = createDrillApp();
    const settled = () => {
      clock.advance(300);
      return address.search;
    };
    app.actions.openDrill("east");
    expect(settled()).toBe("?drill=east");
    app.actions.changePlan({ policy: policies.classic });
    expect(settled()).toBe("?drill=east&policy=classic");
    await app.actions.runDrill();
    await turns();
    app.actions.seekDrill(240_000);
    app.actions.pauseDrill();
    expect(settled()).toBe("?drill=east&policy=classic&frame=0f&t=240&paused=1");
    app.actions.failBack();
    expect(settled()).toContain("&failback=2");
    app.actions.stopDrill();
    expect(settled()).toBe("?drill=east&policy=classic");
    app.actions.up();
    expect(settled()).toBe("");
  });

  it("does not change by itself while a drill runs", async () => {
    const { run, address, clock } = createDrillApp();
    await run();
    clock.advance(300);
    const { search } = address;
    clock.advance(60_000);
    expect(address.search).toBe(search);
  });
});

describe("a link to a run", () => {
  it("shows the same run on another screen, frame for frame", async () => {
    const first = createDrillApp();
    const copied = lendClipboard(first);
    await first.run();
    first.clock.advance(8000);
    first.app.actions.failBack();
    first.clock.advance(4000);
    first.app.actions.pauseDrill();
    await first.app.actions.copyDrillLink();
    expect(first.toasts().at(-1)).toContain("frame for frame");

    const second = createDrillApp(new URL(copied[0] ?? "").search);
    await turns();
    expect(second.drill().isPanelOpen).toBe(true);
    const [mine, theirs] = [picture(first), picture(second)];
    expect(theirs.frames.slice(0, 17)).toEqual(mine.frames.slice(0, 17));
    expect({ ...theirs, frames: [] }).toEqual({ ...mine, frames: [] });
  });

  it("opens before the feed has shown anything", async () => {
    const test = createDrillApp("?drill=east&frame=0f&t=10&paused=1", keepingFrames, "none yet");
    await turns();
    expect(test.running().progress).toMatchObject({ elapsedMs: 10_000, isPaused: true });
    expect(test.drill().start).toMatchObject({ kind: "frozen", hash: "0f" });
  });

  it("opens the plan on the frame that it names when it names no moment", async () => {
    const { planning, drill, app } = createDrillApp("?drill=west&frame=0f");
    await turns();
    expect(planning()).toMatchObject({ plan: usualPlan("west"), isComputing: false });
    expect(planning().forecast).toBeDefined();
    await app.actions.runDrill();
    expect(drill()).toMatchObject({ activity: { kind: "running" }, start: { hash: "0f" } });
  });

  it("says that its frame is gone, and offers the traffic of now", async () => {
    const { planning, drill, toasts, app } = createDrillApp("?drill=east&frame=dead&t=240");
    await turns();
    expect(drill().start).toMatchObject({ kind: "gone", hash: "dead", message: "It is gone." });
    expect(toasts()[0]).toContain("It is gone.");
    expect(planning().forecast).toBeDefined();
    app.actions.startFromNow();
    await app.actions.runDrill();
    expect(drill().activity.kind).toBe("running");
  });

  it("says what is wrong with it, and opens nothing", async () => {
    const { drill, toasts } = createDrillApp("?drill=east&factor=900");
    expect(drill().activity.kind).toBe("none");
    expect(toasts()[0]).toContain("capacityFactor");
  });

  it("names a region that is not there, and lands in the plan with the reason", async () => {
    const { planning } = createDrillApp("?drill=mars&frame=0f&t=10");
    await turns();
    expect(planning().fault?.message).toContain("mars");
  });

  it("is turned from before it has been opened", async () => {
    const { app, planning } = createDrillApp("?drill=east&frame=0f&t=10");
    app.actions.closeDrill();
    app.actions.openDrill("west");
    await turns();
    expect(planning().plan.victim).toBe("west");
  });

  it("says so when the server could not keep the frame", async () => {
    const frames: DrillFrames = { ...keepingFrames, freeze: () => Promise.resolve(err("No room.")) };
    const test = createDrillApp("", frames);
    const copied = lendClipboard(test);
    await test.run();
    await test.app.actions.copyDrillLink();
    expect(copied[0]).toBe("http://host/?drill=east");
    expect(test.toasts().at(-1)).toContain("No room.");
  });

  it("waits for the server's answer", async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const frames: DrillFrames = {
      ...keepingFrames,
      freeze: async () => {
        await waiting;
        return ok("0f");
      },
    };
    const test = createDrillApp("", frames);
    const copied = lendClipboard(test);
    await test.run();
    const copying = test.app.actions.copyDrillLink();
    expect(copied).toEqual([]);
    answer();
    await copying;
    expect(copied[0]).toContain("frame=0f");
  });
});

describe("a scenario of the server", () => {
  const plan = { ...usualPlan("west"), policy: policies.hot };
  const commands = [{ atMs: 60_000, kind: "fail-back" as const }];
  const frames: DrillFrames = {
    ...keepingFrames,
    scenario: (name) =>
      Promise.resolve(
        name === "hot" ? ok({ title: "Hot", plan, commands, frame: "0f" }) : err("There is no such."),
      ),
  };

  it("opens its plan on its frame", async () => {
    const { planning, running, drill, app } = createDrillApp("?scenario=hot", frames);
    await turns();
    expect(planning()).toMatchObject({ plan, commands });
    expect(drill().start).toMatchObject({ kind: "frozen", hash: "0f" });
    await app.actions.runDrill();
    app.actions.seekDrill(70_000);
    expect(running().progress).toMatchObject({ commands, stage: "restoring" });
  });

  it("is missed with a sentence", async () => {
    const { drill, toasts } = createDrillApp("?scenario=nope", frames);
    await turns();
    expect(drill().activity.kind).toBe("none");
    expect(toasts()[0]).toContain("There is no such.");
  });
});

describe("a drill that everybody sees", () => {
  function openAs(role: "viewer" | "operator", offersDrills = true) {
    const asked: unknown[] = [];
    let tell: (message: string) => void = () => undefined;
    const control: SharedDrillControl = {
      start: (plan, speed) => asked.push([plan.victim, speed]),
      setSpeed: (speed) => asked.push(speed),
      failBack: () => asked.push("fail-back"),
      stop: () => asked.push("stop"),
      onNews: (listener) => {
        tell = listener;
        return () => undefined;
      },
    };
    const test = createTestApp(undefined, "", {
      frames: keepingFrames,
      playing: (player) => Object.assign(player, { sharedDrills: control }),
    });
    const source = { title: "Demo", feed: "demo", intervalMs: 1000, role, problems: [], offersDrills };
    test.player.tell({ source });
    test.player.show(drillFrame);
    test.app.actions.openDrill("east");
    const toasts = () => test.app.store.getState().toasts.map(({ text }) => text);
    return { ...test, asked, toasts, source, tell: (message: string) => tell(message) };
  }

  it("is started with the plan, and its panel closes: the feed shows it", () => {
    const { app, asked } = openAs("operator");
    app.actions.shareDrill();
    expect(asked).toEqual([["east", 8]]);
    expect(app.store.getState().drill.isPanelOpen).toBe(false);
  });

  it.each<["viewer" | "operator", boolean]>([
    ["viewer", true],
    ["operator", false],
  ])("is not for a %s where the feed offers it: %s", (role, offers) => {
    const { app, asked, toasts } = openAs(role, offers);
    app.actions.shareDrill();
    expect(asked).toEqual([]);
    expect(toasts()[0]).toContain("operator");
  });

  it("is steered while it runs, and what the source says is told", () => {
    const { app, asked, player, source, tell, toasts } = openAs("operator");
    app.actions.steerSharedDrill("stop");
    expect(asked).toEqual([]);
    const sharedDrill = {
      drill: "x",
      plan: usualPlan("east"),
      speed: 8,
      by: "operator",
      startedAt: 1,
    } as const;
    player.tell({ source: { ...source, sharedDrill } });
    app.actions.steerSharedDrill({ speed: 60 });
    app.actions.steerSharedDrill("fail-back");
    app.actions.steerSharedDrill("stop");
    expect(asked).toEqual([60, "fail-back", "stop"]);
    tell("The drill is over.");
    expect(toasts()).toContain("The drill is over.");
  });
});

describe("commands of a drill", () => {
  it("are available when they make sense", async () => {
    const test = createDrillApp();
    const { app, run, clock } = test;
    const available = () =>
      app.commands
        .filter(
          ({ group, isAvailable }) => group === "drill" && isAvailable?.(app.store.getState()) !== false,
        )
        .map(({ id }) => id);
    expect(available()).toEqual(["drill"]);
    app.actions.openDrill("east");
    expect(available()).toEqual(["drill", "drill-run", "drill-link"]);
    await run();
    const whileRunning = [
      "drill",
      "drill-step",
      "drill-step-back",
      "drill-faster",
      "drill-slower",
      "drill-restart",
      "drill-stop",
      "drill-link",
    ];
    expect(available()).toEqual(whileRunning);
    clock.advance(10_000);
    expect(available()).toContain("drill-fail-back");
    app.actions.failBack();
    expect(available()).toEqual(whileRunning);
  });

  it("do what they say", async () => {
    const { app, running, drill } = createDrillApp();
    const command = async (id: string) => {
      await app.commands.find((one) => one.id === id)?.run(app);
      await turns();
    };
    await command("drill");
    await command("drill-run");
    await command("drill-faster");
    expect(running().progress.speed).toBe(15);
    await command("drill-slower");
    await command("drill-step");
    expect(running().progress).toMatchObject({ speed: 8, elapsedMs: -39_000, isPaused: true });
    await command("drill-step-back");
    await command("pause");
    expect(running().progress).toMatchObject({ elapsedMs: -40_000, isPaused: false });
    await command("drill");
    expect(drill()).toMatchObject({ isPanelOpen: false, activity: { kind: "running" } });
    await command("drill-stop");
    expect(drill().activity.kind).toBe("none");
  });

  it("are not offered where no drills can run", () => {
    const { app } = createTestApp(twoRegions(testStart));
    const state = app.store.getState();
    expect(state.drill.isOffered).toBe(false);
    expect(app.commands.find(({ id }) => id === "drill")?.isAvailable?.(state)).toBe(false);
  });
});
