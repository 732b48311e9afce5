import { describe, expect, it } from "vitest";

import { dataTimeAt, motionTimeAt } from "#base/time-map.ts";
import { policies } from "#simulation/plan/evacuation-policy.ts";
import { defaultPlan } from "#simulation/plan/default-plan.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import { twoRegions } from "#testing/builders.ts";
import { directSimulation } from "#testing/direct-simulation.ts";
import { FakePlayer } from "#testing/fake-player.ts";
import { ManualClock, testStart } from "#testing/manual-clock.ts";
import { tinyEngine } from "#testing/tiny-drill.ts";

import type { DrillProgress, DrillStart } from "./drill-control.ts";
import { createDrillPlayer } from "./drill-player.ts";
import type { PlayerState } from "./player.ts";

const plan: DrillPlan = { ...defaultPlan("east", 1), leadInS: 5 };

function setUp(simulation = directSimulation()) {
  const inner = new FakePlayer();
  const clock = new ManualClock();
  const player = createDrillPlayer(inner, { simulation: simulation.service, clock });
  const states: PlayerState[] = [];
  player.start((state) => void states.push(state));
  inner.show(twoRegions(testStart));
  const now = () => states.at(-1)!;
  function progress(): DrillProgress {
    const { phase } = now();
    if (phase.kind !== "simulated") throw new Error(`no drill runs: ${phase.kind}`);
    return phase.drill;
  }
  function start(change: Partial<DrillStart> = {}) {
    return player.drills.start({
      basis: player.drills.basis!,
      plan,
      commands: [],
      speed: 1,
      ...change,
    });
  }
  /** What a picture is made of, apart from how often it was told. */
  function picture() {
    const { frames, current, timeMap } = now();
    const data = dataTimeAt(timeMap, clock.now());
    return {
      data,
      current: current!.values,
      frames: frames.filter(({ at }) => at <= data).map(({ at, values }) => ({ at, values })),
      progress: { ...progress(), speed: 0, isPaused: true },
    };
  }
  return { inner, clock, player, states, now, progress, start, picture, simulation };
}

describe("a player on which drills can run", () => {
  it("hands the states of its inner player on untouched while none runs", () => {
    const { inner, states, now } = setUp();
    const told: PlayerState[] = [];
    inner.start((state) => void told.push(state));
    expect(now()).toStrictEqual(told[0]);
    expect(states.map(({ phase }) => phase.kind)).toEqual(["connecting", "live"]);
  });

  it("waits for its listener as the inner player has to", async () => {
    const inner = new FakePlayer();
    const player = createDrillPlayer(inner, {
      simulation: directSimulation().service,
      clock: new ManualClock(),
    });
    const taken: number[] = [];
    let finish = (): void => undefined;
    player.start(({ generation }) => {
      taken.push(generation);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    inner.tell({ generation: 2 });
    inner.tell({ generation: 3 });
    expect(taken).toEqual([1]);
    finish();
    await Promise.resolve();
    await Promise.resolve();
    expect(taken).toEqual([1, 3]);
  });

  it("starts from the frozen frame, marked as simulated, in a new generation", async () => {
    const { start, now, progress } = setUp();
    const before = now();
    expect(await start()).toMatchObject({ ok: true });
    expect(now().generation).toBeGreaterThan(before.generation);
    expect(now().current).toMatchObject({ at: testStart, simulated: { victim: "east", stage: "before" } });
    expect([...now().current!.rates]).toEqual([...before.current!.rates]);
    expect(progress()).toMatchObject({ elapsedMs: -5000, asked: plan, stage: "before", isPaused: false });
    expect([...progress().shares]).toEqual([["west", 1]]);
  });

  it("keeps its feed's name, clock and gaps meanwhile", async () => {
    const { inner, start, now } = setUp();
    await start();
    inner.tell({ clockOffsetMs: 17 });
    await start();
    expect(now()).toMatchObject({ clockOffsetMs: 17, source: { feed: "test" }, gaps: [] });
  });

  it("says why a plan cannot be run, and goes on as before", async () => {
    const { start, now } = setUp();
    const started = await start({ plan: { ...plan, victim: "nowhere" } });
    expect(started).toMatchObject({ ok: false, error: { kind: "no-such-region" } });
    expect(now().phase.kind).toBe("live");
  });

  it("is back on its inner player's newest state at once when it is stopped", async () => {
    const { inner, clock, player, start, now } = setUp();
    await start();
    clock.advance(3000);
    const newest = twoRegions(testStart + 3000);
    inner.show(newest);
    expect(now().current).not.toBe(newest);
    const during = now().generation;
    player.drills.stop();
    expect(now()).toMatchObject({ phase: { kind: "live" } });
    expect(now().current).toBe(newest);
    expect(now().generation).toBeGreaterThan(during);
    const told = now();
    clock.advance(10_000);
    expect(now()).toBe(told);
  });

  it("counts its generations up however often drills begin and end", async () => {
    const { inner, clock, player, start, states } = setUp();
    for (let i = 0; i < 3; i += 1) {
      await start();
      clock.advance(1000);
      if (i === 1) inner.tell({ generation: 2 });
      player.drills.stop();
    }
    const generations = states.map(({ generation }) => generation);
    expect(generations).toEqual(generations.toSorted((a, b) => a - b));
  });

  it("starts another drill in place of one that runs", async () => {
    const { start, progress, clock } = setUp();
    await start();
    clock.advance(8000);
    await start({ plan: { ...plan, victim: "west" } });
    expect(progress()).toMatchObject({ elapsedMs: -5000, asked: { victim: "west" } });
  });
});

describe("time in a drill", () => {
  it.each([1, 2, 8, 60])("shows a frame for every simulated second at %dx", async (speed) => {
    const { start, clock, states } = setUp();
    await start({ speed });
    clock.advance(30_000 / speed);
    const seen = new Map<number, number>();
    for (const { frames } of states) for (const { at, simulated } of frames) if (simulated) seen.set(at, 1);
    const moments = [...seen.keys()].filter((at) => at <= testStart + 30_000);
    expect(moments).toEqual(Array.from({ length: 31 }, (_, i) => testStart + i * 1000));
  });

  it("runs as fast as it is told to, and dots never faster than twice", async () => {
    const { start, clock, now, player } = setUp();
    await start({ speed: 8 });
    clock.advance(2000);
    const fast = now().timeMap;
    expect(dataTimeAt(fast, clock.now()) - testStart).toBeCloseTo(16_000);
    expect(motionTimeAt(fast, clock.now()) - testStart).toBeCloseTo(4000);
    player.drills.setSpeed(1);
    expect(motionTimeAt(now().timeMap, clock.now())).toBeCloseTo(testStart + 4000);
    clock.advance(1000);
    expect(dataTimeAt(now().timeMap, clock.now()) - testStart).toBeCloseTo(17_000);
  });

  it("is told at most ten times a second", async () => {
    const { start, clock, states } = setUp();
    await start({ speed: 60 });
    const before = states.length;
    clock.advance(5000);
    expect(states.length - before).toBeLessThanOrEqual(51);
    expect(states.length - before).toBeGreaterThan(45);
  });

  it("stands where nothing is known yet, and goes on from there without a jump", async () => {
    const simulation = directSimulation();
    const { start, clock, now, progress } = setUp(simulation);
    await start({ speed: 8 });
    simulation.hold();
    clock.advance(10_000);
    const stoodAt = progress().elapsedMs;
    expect(stoodAt).toBeLessThan(0);
    expect(dataTimeAt(now().timeMap, clock.now())).toBeCloseTo(testStart + 5000 + stoodAt);
    simulation.release();
    clock.advance(1000);
    expect(progress().elapsedMs).toBe(stoodAt + 8000);
  });

  it("is never simulated far ahead of what is shown", async () => {
    const simulation = directSimulation();
    const { start, clock, progress } = setUp(simulation);
    await start({ speed: 8 });
    clock.advance(20_000);
    const furthest = simulation.commands.reduce(
      (most, command) => (command.kind === "advance" ? Math.max(most, command.toMs) : most),
      -Infinity,
    );
    expect(furthest - progress().elapsedMs).toBeLessThanOrEqual(5000);
  });

  it("pauses on a whole second, where dots are as that moment has them, and goes on", async () => {
    const { start, clock, player, now, progress } = setUp();
    await start({ speed: 8 });
    clock.advance(1300);
    const during = now().generation;
    player.playback?.pause();
    expect(player.playback?.isPaused).toBe(true);
    expect(progress()).toMatchObject({ isPaused: true, elapsedMs: 5000 });
    const { timeMap } = now();
    expect([timeMap.dataAt, timeMap.motionAt, timeMap.speed]).toEqual([
      testStart + 10_000,
      testStart + 10_000,
      0,
    ]);
    expect(now().generation).toBeGreaterThan(during);
    clock.advance(60_000);
    expect(progress().elapsedMs).toBe(5000);
    player.playback?.resume();
    clock.advance(1000);
    expect(progress()).toMatchObject({ isPaused: false, elapsedMs: 13_000 });
  });

  it("ends ten minutes after the last phase, and stands there", async () => {
    const { start, clock, progress, simulation } = setUp();
    await start({ speed: 60, atMs: 17 * 60_000 });
    clock.advance(2000);
    expect(progress()).toMatchObject({ isOver: true, elapsedMs: (8 + 10) * 60_000 });
    const asked = simulation.commands.length;
    clock.advance(2000);
    expect(simulation.commands.length).toBe(asked);
  });

  it("goes on after its end when traffic is let back", async () => {
    const { start, clock, progress, player } = setUp();
    await start({ speed: 60, atMs: 17 * 60_000 });
    clock.advance(2000);
    player.drills.failBack();
    clock.advance(1000);
    expect(progress()).toMatchObject({ isOver: false, stage: "restoring" });
    expect(progress().elapsedMs).toBeGreaterThan(18 * 60_000);
  });
});

describe("a moment of a drill looks the same however one got there:", () => {
  async function played(elapsedMs: number, speed: number) {
    const set = setUp();
    await set.start({ speed });
    set.clock.advance((elapsedMs + 5000) / speed + 1);
    set.player.drills.pause();
    return set;
  }

  it.each([-5000, 0, 12_000, 31_000])("played at any speed, sought, or begun at %d ms", async (at) => {
    const reference = (await played(at, 1)).picture();
    expect(reference.progress.elapsedMs).toBe(at);
    for (const speed of [8, 15]) expect((await played(at, speed)).picture()).toEqual(reference);
    const begun = setUp();
    await begun.start({ atMs: at, isPaused: true });
    expect(begun.picture()).toEqual(reference);
    for (const from of [-5000, 3000, 40_000]) {
      const { player, start, picture } = setUp();
      await start({ atMs: from, isPaused: true });
      player.drills.seek(at);
      expect(picture()).toEqual(reference);
    }
  });

  it("stepped to, on and back", async () => {
    const reference = (await played(20_000, 1)).picture();
    const { player, start, picture } = setUp();
    await start({ atMs: 17_000 });
    for (let i = 0; i < 6; i += 1) player.drills.step(1);
    for (let i = 0; i < 3; i += 1) player.drills.step(-1);
    expect(picture()).toEqual(reference);
    for (let i = 0; i < 20; i += 1) player.drills.step(-1);
    for (let i = 0; i < 20; i += 1) player.drills.step(1);
    expect(picture()).toEqual(reference);
  });

  it("repeated with what was done in it", async () => {
    const first = setUp();
    await first.start({ speed: 8 });
    first.clock.advance(8000);
    first.player.drills.failBack();
    first.clock.advance(4000);
    first.player.drills.pause();
    const { commands, elapsedMs } = first.progress();
    expect(commands).toMatchObject([{ kind: "fail-back" }]);
    const second = setUp();
    await second.start({ commands, atMs: elapsedMs, isPaused: true });
    expect(second.picture()).toEqual(first.picture());
  });

  it("and rounds a moment down to its second", async () => {
    const { player, start, progress } = setUp();
    await start({ isPaused: true });
    player.drills.seek(7999);
    expect(progress().elapsedMs).toBe(7000);
    player.drills.seek(-1e9);
    expect(progress().elapsedMs).toBe(-5000);
  });
});

describe("as long as a drill is being computed", () => {
  it("what was shown stays, and says so", async () => {
    const simulation = directSimulation();
    const { start, player, progress } = setUp(simulation);
    await start({ isPaused: true });
    simulation.hold();
    player.drills.seek(100_000);
    expect(progress()).toMatchObject({ isComputing: true, elapsedMs: -5000 });
    simulation.release();
    expect(progress()).toMatchObject({ isComputing: false, elapsedMs: 100_000 });
  });

  it("the traffic stays until there is something to show", async () => {
    const simulation = directSimulation();
    const { start, now, player } = setUp(simulation);
    simulation.hold();
    const started = start();
    expect(now().phase.kind).toBe("live");
    player.drills.stop();
    expect(await started).toEqual({ ok: true, value: undefined });
    simulation.release();
    expect(now().phase.kind).toBe("live");
  });

  it("a bug in the simulation is told, and what was shown stays", async () => {
    const { start, clock, progress } = setUp(directSimulation(tinyEngine({ atMs: 10_000 })));
    await start({ speed: 8 });
    clock.advance(60_000);
    expect(progress().fault?.message).toContain("out of steam");
    expect(progress().elapsedMs).toBeLessThan(10_000);
  });
});

describe("what a drill tells", () => {
  it("is its log, its loads and its phases up to the moment that is shown", async () => {
    const { start, player, progress } = setUp();
    await start({ atMs: 61_000, isPaused: true });
    expect(progress().events.map(({ kind }) => kind)).toEqual([
      "region.failed",
      "decide.started",
      "ungate.started",
    ]);
    expect(progress().phases.map(({ state }) => state)).toEqual(["done", "running", "waiting", "waiting"]);
    expect(progress().loads).toMatchObject({ regions: ["east", "west"], rows: 66 });
    expect(progress().loads.load.length).toBe(132);
    player.drills.seek(10_000);
    expect(progress().events.map(({ kind }) => kind)).toEqual(["region.failed", "decide.started"]);
    expect(progress().loads.rows).toBe(15);
  });

  it("is what was done in it, until it is restarted", async () => {
    const { start, clock, player, progress } = setUp();
    await start();
    clock.advance(10_000);
    player.drills.failBack();
    player.drills.failBack();
    expect(progress().commands).toHaveLength(1);
    player.drills.restart();
    expect(progress()).toMatchObject({ commands: [], elapsedMs: -5000, stage: "before", events: [] });
  });

  it("has no end for want of a plan", async () => {
    const { start, clock, progress } = setUp();
    await start({ plan: { ...plan, policy: policies.nothing }, speed: 60, atMs: 890_000 });
    clock.advance(2000);
    expect(progress()).toMatchObject({ isOver: true, elapsedMs: 900_000 });
  });
});
