import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { feedFolder } from "#server/log/open-log.ts";
import { temporaryFolder } from "#testing/store-fixture.ts";

import type { BenchRow } from "./bench-row.ts";
import { median } from "./browser.ts";
import { day, recordDay, sampleAtHand } from "./server/recorded-day.ts";
import { startBuiltServer } from "../scripts/built-server.ts";

const runs = 3;
/** Cut out in one piece, seconds. */
const exported = 7_200;
const days = 7;
const dayMs = 86_400_000;
/** Nobody pushes: the feed is there with what it has recorded. */
const feed = "day";
const flags = (data: string) => ["--source", `push:${feed}`, "--data", data, "--log-level", "info"];

/** What a server makes of a recording: clips, and its own start with a week of files. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = temporaryFolder();
  try {
    const { base, called } = sampleAtHand();
    const start = Math.floor(Date.now() / dayMs) * dayMs - dayMs;
    const [recorded, week] = [join(folder.path, "recorded"), join(folder.path, "week")];
    recordDay(feedFolder(recorded, feed), base, start);
    repeat(feedFolder(recorded, feed), feedFolder(week, feed), start);
    const [alone, withWeek] = await starts(join(folder.path, "empty"), week);
    return [
      ...(await cut(recorded, start, called)),
      {
        name: `recording: a server's start with ${days} days of ${called}, beyond that without any`,
        value: withWeek - alone,
        unit: "ms",
        bar: 500,
        better: "less",
        note: `${alone.toFixed(0)} ms without any; the same day ${days} times`,
      },
    ];
  } finally {
    folder.remove();
  }
}

/** The files of a day under the names of the days before it, too: what is in them is not looked at before it is asked for. */
function repeat(from: string, to: string, start: number): void {
  mkdirSync(to, { recursive: true });
  const file = readdirSync(from).find((name) => name.endsWith(".db"));
  if (file === undefined) throw new Error("no day was recorded");
  for (let i = 0; i < days; i += 1) {
    const name = new Date(start - i * dayMs).toISOString().slice(0, 10);
    copyFileSync(join(from, file), join(to, `${name}.db`));
  }
}

/** From the command to the first answer, ms, medians; one after the other, so that both have the same neighbours. */
async function starts(empty: string, week: string): Promise<readonly [number, number]> {
  const times: [number, number][] = [];
  for (let i = 0; i < runs; i += 1) times.push([await startOf(empty), await startOf(week)]);
  return [median(times.map(([one]) => one)), median(times.map(([, other]) => other))];
}

async function startOf(data: string): Promise<number> {
  const began = performance.now();
  const server = await startBuiltServer(flags(data));
  await (await fetch(`${server.url}healthz`)).text();
  const ms = performance.now() - began;
  await server.stop();
  return ms;
}

async function cut(data: string, start: number, called: string): Promise<readonly BenchRow[]> {
  const server = await startBuiltServer(flags(data));
  try {
    const took: { readonly ms: number; readonly bytes: number }[] = [];
    // The stretch begins in the middle of a group and ends in one.
    const from = start + (day / 2) * 1000 + 30_000;
    const path = `api/feeds/${feed}/recording/clip?from=${from}&to=${from + (exported - 1) * 1000}`;
    for (let i = 0; i < runs; i += 1) {
      const began = performance.now();
      const answer = await fetch(`${server.url}${path}`);
      const frames = Number(answer.headers.get("x-spillway-frames"));
      if (frames !== exported) throw new Error(`a clip of ${frames} frames instead of ${exported}`);
      const bytes = (await answer.arrayBuffer()).byteLength;
      took.push({ ms: performance.now() - began, bytes });
    }
    const ms = median(took.map((one) => one.ms));
    const perSecond = (took[0]?.bytes ?? NaN) / 1e6 / (ms / 1000);
    return [
      {
        name: `recording: frames of ${called} cut into a clip, over HTTP`,
        value: exported / (ms / 1000),
        unit: "1/s",
        bar: 500,
        better: "more",
        note: `${perSecond.toFixed(1)} MB/s packed; two hours in one piece`,
      },
    ];
  } finally {
    await server.stop();
  }
}
