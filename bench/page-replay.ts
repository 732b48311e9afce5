import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { must } from "#base/assert.ts";
import { isoTime } from "#base/iso-time.ts";
import { diffSnapshots } from "#domain/delta.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { writeClip } from "#protocol/recording/clip-writer.ts";
import type { Stored } from "#protocol/recording/recorded-frame.ts";
import { zlibPacking } from "#server/clips/zlib-packing.ts";
import { framesPerGroup } from "#server/log/feed-log.ts";
import { jitter } from "#server/sources/file/jitter.ts";

import type { BenchRow } from "./bench-row.ts";
import { median, openBrowser, watchMainThread, type MainThread } from "./browser.ts";
import { startBuiltServer } from "../scripts/built-server.ts";

const runs = 3;
const speed = 60;
/** Code is compiled by then. */
const settleMs = 4_000;
const watchMs = 4_000;
const start = Date.parse("2026-01-06T12:00:00Z");
const seconds = 3_600;

/** The demo's graph at a frame a second, all rates changing, replayed at 60x: what that takes of the page's own thread. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "spillway-bench-"));
  const path = join(folder, "hour.spillway.ndjson.gz");
  writeFileSync(path, await clip());
  const server = await startBuiltServer(["--source", `clip:${path}`]);
  const browser = await openBrowser();
  try {
    const watched: MainThread[] = [];
    for (let i = 0; i < runs; i += 1) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(`${server.url}?time=${isoTime(start + 60_000)}&speed=${speed}`);
      await page.locator("[data-drawn]").waitFor({ state: "attached" });
      await page.waitForTimeout(settleMs);
      watched.push(await watchMainThread(page, () => page.waitForTimeout(watchMs)));
      await page.close();
    }
    const script = median(watched.map(({ scriptMsPerFrame }) => scriptMsPerFrame));
    const tasks = median(watched.map(({ taskMsPerFrame }) => taskMsPerFrame));
    return [
      {
        name: `the page's own thread per frame, the demo's graph replayed at ${speed}x`,
        value: tasks,
        unit: "ms",
        bar: 2,
        better: "less",
        note: `all tasks; of these script ${script.toFixed(2)} ms`,
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function clip(): Promise<Uint8Array> {
  const text = readFileSync("mock-data/topologies/three-regions.json", "utf8");
  const parsed = parseVizceral(text, { now: start, windowMs: 1000 });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const wander = jitter(parsed.value.snapshot, 0.3, 7);
  const header = {
    feed: "hour",
    title: "An hour",
    intervalMs: 1000,
    from: start,
    to: start + seconds * 1000,
    names: "real" as const,
  };
  const pieces: Uint8Array[] = [];
  const content = { header, frames: frames(wander), bookmarks: () => [] };
  for await (const piece of writeClip(content, zlibPacking)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* frames(wander: (elapsedMs: number) => TrafficSnapshot): AsyncGenerator<Stored> {
  let before: TrafficSnapshot | undefined;
  for (let i = 0; i < seconds; i += 1) {
    const snapshot = createSnapshot({ ...wander(i * 1000), at: start + i * 1000 });
    const isKey = i % framesPerGroup === 0;
    yield {
      seq: i + 1,
      frame: isKey
        ? { kind: "key", snapshot }
        : { kind: "delta", delta: diffSnapshots(must(before), snapshot) },
    };
    before = snapshot;
  }
}
