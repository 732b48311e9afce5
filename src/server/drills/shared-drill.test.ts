import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { mulberry32 } from "#base/random.ts";
import { err } from "#base/result.ts";
import type { DrillState } from "#protocol/messages.ts";
import { fakeDrills } from "#testing/fake-drill-session.ts";
import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { HandFedSource } from "#testing/hand-fed-source.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { turns } from "#testing/turns.ts";

import { Feed } from "../feed/feed.ts";
import { MemoryLog } from "../log/memory-log.ts";
import { SharedDrill, type StartDrill } from "./shared-drill.ts";

const { topology } = twoRegions();
const plan = { victim: "east", leadInS: 2 };
const ignore = () => {};

const stops: AbortController[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
});

async function start({ traffic = true, startDrill }: { traffic?: boolean; startDrill?: StartDrill } = {}) {
  const clock = new ManualClock();
  const source = new HandFedSource();
  const feed = new Feed({
    id: "f",
    source,
    log: new MemoryLog({ epoch: "e", greatestFrames: 1000, greatestBytes: 1e9 }),
    clock,
    random: mulberry32(1),
    lingerMs: 1000,
    watch: { onFrame: ignore, onLateFrame: ignore, onSourceFailure: ignore, onUnrecorded: ignore },
  });
  const stop = new AbortController();
  stops.push(stop);
  void feed.run(stop.signal);
  const emit = () => source.emit(snapshotOf(topology, () => 7, clock.now()));
  if (traffic) await emit();
  const fakes = fakeDrills();
  const audit: string[] = [];
  const drill = new SharedDrill({
    feed,
    clock,
    startDrill: startDrill ?? fakes.startDrill,
    watch: {
      onStarted: ({ victim, by, policy }) => audit.push(`${by} starts ${victim} ${policy}`),
      onChanged: (what, by) => audit.push(`${by}: ${what}`),
      onEnded: (why) => audit.push(why),
      onFailed: (error) => audit.push(String(error)),
    },
  });
  const states: DrillState[] = [];
  drill.changed.on((state) => states.push(state));
  /** Lets real time pass, second by second. */
  const wait = async (seconds: number) => {
    for (let s = 0; s < seconds; s += 1) {
      clock.advance(1000);
      await turns(70);
    }
  };
  const elapsed = () => feed.head?.snapshot.simulated?.elapsedMs;
  return { clock, feed, drill, audit, states, wait, elapsed, emit, sessions: fakes.sessions };
}

describe("a drill that everybody sees", () => {
  it("runs as fast as it was told, in frames that carry the feed's time", async () => {
    const { drill, feed, clock, wait, elapsed } = await start();
    expect(drill.start(plan, 8, "operator")).toEqual({ ok: true, value: undefined });
    await turns();
    expect(elapsed()).toBe(-2000);
    await wait(3);
    expect([elapsed(), feed.head?.snapshot.at]).toEqual([22_000, clock.now()]);
    drill.setSpeed(60, "admin");
    await wait(1);
    expect(elapsed()).toBe(82_000);
  });

  it("keeps the age of what was observed, in the feed's time", async () => {
    const { drill, wait, feed, clock } = await start();
    drill.start(plan, 60, "operator");
    await wait(2);
    expect(feed.head?.snapshot.observedAt[2]).toBe(clock.now() - 500);
  });

  it("gives way to the feed's own traffic as soon as somebody stops it", async () => {
    const { drill, wait, elapsed, feed, states, emit } = await start();
    drill.start(plan, 8, "operator");
    await wait(2);
    await emit();
    drill.stop("Stopped.");
    await turns();
    expect([elapsed(), feed.head?.snapshot.rates[0]]).toEqual([undefined, 7]);
    await wait(3);
    expect(elapsed()).toBeUndefined();
    expect(states.map(({ running, ended }) => [running?.by, ended])).toEqual([
      ["operator", undefined],
      [undefined, "Stopped."],
    ]);
  });

  it("runs one at a time, and another may follow", async () => {
    const { drill, wait, sessions } = await start();
    drill.start(plan, 8, "operator");
    const second = drill.start(plan, 8, "admin");
    expect(second.ok ? "" : second.error).toContain("an operator has failed over east");
    drill.stop("Stopped.");
    await wait(1);
    const third = drill.start(plan, 8, "admin");
    expect([third.ok, sessions.length]).toEqual([true, 2]);
  });

  it.each<[string, number, boolean, number]>([
    ["15 minutes after the evacuation", 60, false, 480 + 15 * 60],
    ["when the traffic has been back for a minute", 60, true, 60 + 60],
  ])("ends by itself %s", async (_, speed, comesBack, seconds) => {
    const { drill, wait, elapsed, states } = await start();
    drill.start({ ...plan, leadInS: 0 }, speed, "operator");
    await turns();
    if (comesBack) drill.failBack("operator");
    await wait(seconds / speed - 1);
    expect(elapsed()).toBe((seconds - speed) * 1000);
    await wait(2);
    expect([elapsed(), drill.state.running, states.at(-1)?.ended]).toEqual([
      undefined,
      null,
      expect.stringContaining("The drill is over"),
    ]);
  });

  it("does not run after a sleep of the machine", async () => {
    const { drill, clock, elapsed } = await start();
    drill.start(plan, 60, "operator");
    await turns();
    clock.advance(3_600_000);
    await turns(2000);
    expect(must(elapsed())).toBeLessThanOrEqual(300_000);
  });

  it("is ended when the simulation fails, and everything else goes on", async () => {
    const { drill, wait, sessions, elapsed, audit, emit, feed } = await start();
    drill.start(plan, 8, "operator");
    await turns();
    must(sessions[0]).fault = new Error("a bug");
    await wait(1);
    expect([elapsed(), drill.state.running]).toEqual([undefined, null]);
    expect(audit).toContain("Error: a bug");
    await wait(1);
    await emit();
    expect(feed.head?.snapshot.rates[0]).toBe(7);
  });

  it("leaves a trace of who did what", async () => {
    const { drill, audit } = await start();
    drill.start(plan, 8, "operator");
    drill.setSpeed(4, "admin");
    drill.failBack("operator");
    drill.stop("Stopped by the role admin.");
    expect(audit).toEqual([
      "operator starts east nimble",
      "admin: Speed 4",
      "operator: Fail back",
      "Stopped by the role admin.",
    ]);
  });
});

describe("what cannot be done is refused with a sentence, and nothing changes", () => {
  const no = { kind: "no-such-region", message: "There is no region east." } as const;

  it.each<[string, Parameters<typeof start>[0], unknown, string]>([
    ["a plan of nothing", {}, {}, "victim"],
    ["a plan that nobody can read", {}, { ...plan, capacityFactor: 99 }, "capacityFactor"],
    ["a plan that does not fit the feed", { startDrill: () => err(no) }, plan, "There is no region east."],
    ["a feed without traffic", { traffic: false }, plan, "no traffic to start from"],
  ])("%s", async (_, options, asked, why) => {
    const { drill, states } = await start(options);
    const started = drill.start(asked, 8, "operator");
    expect(started.ok ? "" : started.error).toContain(why);
    expect([drill.state.running, states]).toEqual([null, []]);
  });

  it("where none runs", async () => {
    const { drill, audit } = await start();
    const answers = [drill.setSpeed(2, "operator"), drill.failBack("operator"), drill.stop("Stop.")];
    expect(answers).toEqual(answers.map(() => ({ ok: false, error: "No drill runs here." })));
    expect(audit).toEqual([]);
  });
});
