import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { Observation } from "#domain/observed/observation.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { turns } from "#testing/turns.ts";

import type { Report, SourcePart } from "../parts/source-part.ts";
import { mergedSource } from "./merged-source.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A part that says what a test wants it to say. */
class HandFedPart implements SourcePart {
  readonly kind = "test";
  readonly staleAfterMs = 3_000;
  readonly name: string;
  readonly isUnpaced: boolean;
  runs = 0;
  #report: Report = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(name: string, isUnpaced = false) {
    this.name = name;
    this.isUnpaced = isUnpaced;
  }

  run(report: Report, signal: AbortSignal): Promise<void> {
    this.runs += 1;
    this.#report = report;
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  say(at: Millis, rate: number): void {
    this.#report({ kind: "observation", observation: seen(this.name, at, rate) });
  }

  fail(): void {
    this.#fail(new Error("The address does not answer."));
  }
}

function seen(region: string, at: Millis, normal: number): Observation {
  const service = (name: string) => ({ kind: "service" as const, region, name });
  const rates = { normal, warning: 0, danger: 0 };
  const edges = [{ from: service("web"), to: service("cart"), rates }];
  return { at, windowMs: 10_000, edges, notices: [], capacities: [], problems: [] };
}

function start(isUnpaced = false) {
  const clock = new ManualClock();
  const parts = [new HandFedPart("one", isUnpaced), new HandFedPart("two")] as const;
  const source = mergedSource({ title: "shop", parts, clock, random: () => 0.5 });
  const frames: { readonly snapshot: TrafficSnapshot; readonly problems: readonly Diagnostic[] }[] = [];
  const stop = new AbortController();
  const running = source.run((snapshot, problems) => void frames.push({ snapshot, problems }), stop.signal);
  stops.push(async () => {
    stop.abort();
    // Whoever waits on the clock is woken by the signal.
    await running;
  });
  const pass = async (ms: number) => {
    await turns();
    clock.advance(ms);
    await turns();
  };
  return { clock, parts, source, frames, pass };
}

describe("a feed out of several sources", () => {
  it("emits one frame for what comes together", async () => {
    const { clock, parts, frames, pass } = start();
    parts[0].say(clock.now(), 1);
    parts[1].say(clock.now(), 2);
    await pass(100);
    expect(frames).toHaveLength(1);
    expect([...must(frames[0]).snapshot.rates].filter((rate) => rate > 0)).toEqual([1, 2]);
  });

  it("goes on when one of them fails, keeps what it said, marks it as old and tries it again", async () => {
    const { clock, parts, source, frames, pass } = start();
    const begin = clock.now();
    parts[0].say(begin, 1);
    parts[1].say(begin, 2);
    await pass(100);
    parts[0].fail();
    await pass(200);
    expect(must(frames.at(-1)).problems).toMatchObject([
      { place: "one", found: "The address does not answer." },
    ]);
    await pass(1000);
    expect([parts[0].runs, parts[1].runs]).toEqual([2, 1]);
    parts[1].say(clock.now(), 5);
    await pass(100);
    const { snapshot } = must(frames.at(-1));
    expect([...snapshot.rates].filter((rate) => rate > 0)).toEqual([1, 5]);
    expect(source.health?.()).toEqual({ count: 2, silent: 1 });
    expect(source.status().map(({ state, at }) => [state, (at ?? NaN) - begin])).toEqual([
      ["failed", 0],
      ["ok", 1_300],
    ]);
    parts[0].say(clock.now(), 3);
    await pass(100);
    expect(source.status()[0]).toMatchObject({ state: "ok", error: undefined });
    expect(source.health?.()).toEqual({ count: 2, silent: 0 });
    expect(must(frames.at(-1)).problems).toEqual([]);
  });

  it("shows that one has fallen silent without waiting for another", async () => {
    const { clock, parts, source, frames, pass } = start();
    parts[0].say(clock.now(), 1);
    await pass(100);
    const count = frames.length;
    await pass(3_000);
    await pass(100);
    expect(frames).toHaveLength(count + 1);
    expect(must(frames.at(-1)).problems[0]?.found).toBe("nothing has come for 3 s");
    expect(source.status().map(({ state }) => state)).toEqual(["stale", "waiting"]);
  });

  it("shows a frame at the server's interval where a part has no pace of its own, once something is known", async () => {
    const { clock, parts, source, frames, pass } = start(true);
    expect(source.intervalMs).toBe(1_000);
    await pass(3_000);
    await pass(100);
    expect(frames).toHaveLength(0);
    parts[0].say(clock.now(), 1);
    await pass(100);
    for (let i = 0; i < 25; i += 1) await pass(100);
    expect(frames).toHaveLength(3);
    expect(must(frames.at(-1)).snapshot.topology).toBe(must(frames[0]).snapshot.topology);
  });

  it("tells the moment of the frame to whoever has to know when it is shown", async () => {
    const { clock, parts, source, frames } = start();
    parts[0].say(clock.now(), 1);
    const first = source.show();
    parts[0].say(clock.now(), 2);
    const second = source.show();
    expect(frames.map(({ snapshot }) => snapshot.at)).toEqual([first, second]);
    expect(second).toBeGreaterThan(first);
  });
});
