import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { until } from "#testing/turns.ts";

import { openFileSource, type FileOptions } from "./file-source.ts";

const folder = mkdtempSync(join(tmpdir(), "spillway-"));
const path = join(folder, "traffic.json");
let stops: (() => Promise<void>)[] = [];
let version = 0;

function write(content: object | string): void {
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  // Two versions within one tick of the file system's clock would look alike.
  version += 1;
  utimesSync(path, 1_000_000 + version, 1_000_000 + version);
}

const graph = (rate: number, more: object = {}) => ({
  renderer: "region",
  name: "shop",
  nodes: [{ name: "INTERNET" }, { name: "web", ...more }],
  connections: [{ source: "INTERNET", target: "web", metrics: { normal: rate } }],
});

async function start(options: Partial<FileOptions> = {}) {
  const clock = new ManualClock();
  const opened = await openFileSource({ path, clock, seed: 1, intervalMs: 1000, jitter: 0, ...options });
  if (!opened.ok) throw new Error(opened.error);
  const emitted: { readonly snapshot: TrafficSnapshot; readonly problems: readonly Diagnostic[] }[] = [];
  const stop = new AbortController();
  const running = opened.value.run(
    (snapshot, problems) => void emitted.push({ snapshot, problems }),
    stop.signal,
  );
  stops.push(async () => {
    stop.abort();
    await running;
  });
  const next = async () => {
    const count = emitted.length;
    // The source waits on the clock only after it has looked at the file.
    await until(() => {
      clock.advance(1000);
      return emitted.length > count;
    }, "a frame");
    return must(emitted.at(-1));
  };
  await until(() => emitted.length > 0, "the first frame");
  return { clock, emitted, next, title: opened.value.title };
}

afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
  rmSync(path, { force: true });
});

describe("a file played as a feed", () => {
  it("emits what stands in it, as of now, and is called by its name", async () => {
    write(graph(10));
    const { emitted, clock, next, title } = await start();
    expect([title, must(emitted[0]).snapshot.rates[0]]).toEqual(["traffic.json", 10]);
    const { snapshot } = await next();
    expect(snapshot.at).toBeLessThanOrEqual(clock.now());
    expect(snapshot.at).toBeGreaterThan(must(emitted[0]).snapshot.at);
  });

  it("is read again when it changes", async () => {
    write(graph(10));
    const { next } = await start();
    write(graph(20));
    await until(() => true);
    let rate: number | undefined;
    for (let i = 0; i < 3; i += 1) rate = (await next()).snapshot.rates[0];
    expect(rate).toBe(20);
  });

  it.each([
    ["cannot be drawn", () => write("{ this is no JSON"), "This is not JSON"],
    ["is gone", () => rmSync(path), "There is no such file."],
  ])("keeps the last good version when the new one %s, and says so", async (_, spoil, why) => {
    write(graph(10));
    const { next } = await start();
    spoil();
    await next();
    const { snapshot, problems } = await next();
    expect([snapshot.rates[0], problems[0]?.found.slice(0, why.length)]).toEqual([10, why]);
    write(graph(30));
    await next();
    const mended = await next();
    expect([mended.snapshot.rates[0], mended.problems]).toEqual([30, []]);
  });

  it("lets its numbers wander by the jitter, from where they are", async () => {
    write(graph(1000));
    const { emitted, next } = await start({ jitter: 0.1 });
    expect(must(emitted[0]).snapshot.rates[0]).toBe(1000);
    for (let i = 0; i < 60; i += 1) await next();
    const rates = emitted.map(({ snapshot }) => must(snapshot.rates[0]));
    expect(new Set(rates).size).toBeGreaterThan(30);
    expect(rates.every((rate) => rate >= 900 && rate <= 1100)).toBe(true);
  });

  it("may be what another system wrote", async () => {
    write([{ parent: "web", child: "cart", callCount: 86_400 }]);
    const { emitted, clock } = await start();
    const { snapshot, problems } = must(emitted[0]);
    expect(snapshot.topology.nodes.map(({ name }) => name)).toEqual([
      "traffic.json",
      "unknown",
      "web",
      "cart",
    ]);
    expect([snapshot.rates[0], snapshot.windowMs, snapshot.at]).toEqual([1, 86_400_000, clock.now()]);
    expect(problems[0]?.done).toBe("took 24 h, which is usual; the rates are averages over it");
  });

  it("shows as old only what is older than the newest node of the file", async () => {
    const nodes = [
      { name: "INTERNET", updated: 1_477_690_000_000 },
      { name: "web", updated: 1_477_689_000_000 },
    ];
    write({ ...graph(1), serverUpdateTime: 1_477_699_999_000, nodes });
    const { emitted, clock } = await start();
    const { observedAt } = must(emitted[0]).snapshot;
    const ages = [1, 2].map((node) => clock.now() - must(observedAt[node]));
    expect(must(ages[0])).toBeLessThan(10_000);
    expect(must(ages[1]) - must(ages[0])).toBe(1_000_000);
    expect(must(emitted[0]).problems).toEqual([]);
  });

  it("marks where something was left out", async () => {
    const dangling = { source: "web", target: "nowhere", metrics: { normal: 5 } };
    write({ ...graph(10), connections: [...graph(10).connections, dangling] });
    const { emitted } = await start();
    const { snapshot, problems } = must(emitted[0]);
    expect(problems).toHaveLength(1);
    expect(snapshot.notices[0]).toMatchObject({ severity: 1, target: { kind: "node" } });
    expect(snapshot.notices[0]?.title).toContain("nowhere");
  });
});

describe("a file that cannot be played to begin with is refused", () => {
  it.each([
    ["there is none", () => {}, "There is no such file."],
    ["it is not JSON", () => write("nonsense"), "This is not JSON"],
    ["nothing in it can be drawn", () => write({ nodes: [] }), "cannot be played"],
  ])("because %s", async (_, prepare, why) => {
    prepare();
    const options = { path, clock: new ManualClock(), seed: 1, intervalMs: 1000, jitter: 0 };
    const opened = await openFileSource(options);
    expect(opened.ok ? "" : opened.error).toContain(why);
  });
});
