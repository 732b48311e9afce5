import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { must } from "#base/assert.ts";
import { mulberry32, type Random } from "#base/random.ts";
import { diffSnapshots } from "#domain/delta.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { summarise } from "#protocol/recording/frame-summary.ts";
import type { Frame } from "#protocol/recording/recorded-frame.ts";
import { framesPerGroup } from "#server/log/feed-log.ts";
import type { SqliteLog } from "#server/log/sqlite/sqlite-log.ts";
import { mockFrame, publicSample, sampleSkipped } from "#testing/public-sample.ts";
import { openLog, storeOptions, temporaryFolder } from "#testing/store-fixture.ts";

import type { BenchRow } from "./bench-row.ts";

const start = Date.UTC(2026, 0, 6);
const day = 86_400;
/** The page asks which groups there are so far on either side. */
const listedMs = 300_000;

/**
 * What keeping everything costs: a day of the sample at 1 Hz in which every number changes every second, a random walk with three decimals, as the published sizes were measured
 * (2026-11: 294.9 MiB/h as whole JSON lines).
 */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = temporaryFolder();
  try {
    const base = sampleSkipped === "" ? publicSample() : mockFrame("topologies/three-regions.json");
    const of = sampleSkipped === "" ? "sample graph" : "demo's graph";
    const log = await openLog(storeOptions(folder.path));
    const appended = await appendAll(log, base, day);
    const bytes = bytesBelow(folder.path);
    const seeks = await seekAll(log);
    await log.close();
    const opened = performance.now();
    const again = await openLog(storeOptions(folder.path));
    const openMs = performance.now() - opened;
    await again.close();
    const note = `${day.toLocaleString("en-US")} frames, ${(bytes / 2 ** 20).toFixed(0)} MiB`;
    return [
      row(`recording: durable frames of the ${of}, all numbers changing`, appended, "1/s", 500, "more", note),
      row(`recording: size of the ${of}`, bytes / 2 ** 20 / 24, "MiB/h", 13.5, "less", note),
      row(
        "recording: seek in a day, p50",
        quantile(seeks, 0.5),
        "ms",
        20,
        "less",
        "groups listed, one read and its checksum tried",
      ),
      row("recording: seek in a day, p99", quantile(seeks, 0.99), "ms", 20, "less"),
      row("recording: opening a day", openMs, "ms", 1_000, "less"),
    ];
  } finally {
    folder.remove();
  }
}

/** Appends a day second by second, each frame when the one before is on the disk. Returns frames per second, without the time to make them. */
async function appendAll(log: SqliteLog, base: TrafficSnapshot, seconds: number): Promise<number> {
  const random = mulberry32(7);
  let before: TrafficSnapshot | undefined;
  let spent = 0;
  for (let second = 0; second < seconds; second += 1) {
    const snapshot = walked(before ?? base, base, start + second * 1000, random);
    const began = performance.now();
    const isKey = before === undefined || second % framesPerGroup === 0;
    const frame: Frame = isKey
      ? { kind: "key", snapshot }
      : { kind: "delta", delta: diffSnapshots(must(before), snapshot) };
    await log.append(frame, `${snapshot.at}`, summarise(snapshot, nodeVolumes(snapshot)));
    spent += performance.now() - began;
    before = snapshot;
  }
  return seconds / (spent / 1000);
}

/** Every number a step further: by up to 5 %, to three decimals, between half and twice what it was at first, so that none wanders off to nothing. */
export function walked(
  from: TrafficSnapshot,
  base: TrafficSnapshot,
  at: number,
  random: Random,
): TrafficSnapshot {
  const values = from.values.map((value, slot) => {
    const first = base.values[slot]!;
    if (Number.isNaN(value) || value === 0 || value > 1e11) return value;
    const next = Math.min(2 * first, Math.max(first / 2, value * (0.95 + random() * 0.1)));
    return Math.round(next * 1000) / 1000;
  });
  return createSnapshot({ ...from, at, values });
}

/** A hundred moments at random, as the page asks for them: which groups there are around one, and the packed group itself. The page unpacks it. */
async function seekAll({ recording }: SqliteLog): Promise<readonly number[]> {
  const random = mulberry32(11);
  const times: number[] = [];
  for (let i = 0; i < 100; i += 1) {
    const at = start + Math.floor(random() * day) * 1000;
    const began = performance.now();
    const groups = await recording.groups(at - listedMs, at + listedMs);
    const found = must(groups.findLast((group) => group.start <= at));
    const content = must(await recording.group(found.first));
    times.push(performance.now() - began);
    must(content.kind === "damaged" ? undefined : content, "a sound group");
  }
  return times;
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesBelow(path) : statSync(path).size);
  }, 0);
}

function quantile(times: readonly number[], share: number): number {
  return must(times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1]);
}

function row(
  name: string,
  value: number,
  unit: string,
  bar: number,
  better: BenchRow["better"],
  note?: string,
): BenchRow {
  return { name, value, unit, bar, better, ...(note === undefined ? {} : { note }) };
}
