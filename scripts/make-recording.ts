import { mkdirSync } from "node:fs";

import { recordClip } from "#server/clips/record-clip.ts";
import { openSource } from "#server/sources/open-source.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { turns } from "#testing/turns.ts";

/*
 * npx tsx scripts/make-recording.ts FILE records an incident of the demo, in the time of the demo and not of the machine. The frames are the same on every machine;
 * how they are packed depends on the version of zlib.
 */

const [path = "incident.spillway.ndjson.gz"] = process.argv.slice(2);
const seed = 20_261_102;
const seconds = 75;
const intervalMs = 3000;

mkdirSync("mock-data/recordings", { recursive: true });
const clock = new ManualClock(Date.parse("2026-11-02T20:15:00Z"));
const opened = await openSource("demo", {
  clock,
  seed,
  intervalMs,
  jitter: 0,
  demoFile: "mock-data/topologies/three-regions.json",
  demoFrozenAt: undefined,
  isRepeated: false,
});
if (!opened.ok) throw new Error(opened.error);
const stop = new AbortController();
const recording = recordClip({
  ...opened.value,
  clock,
  random: () => 0.5,
  lingerMs: 300_000,
  hasPseudonyms: false,
  path,
  isReplacing: true,
  signal: stop.signal,
  onFailure: (message) => console.error(message),
});
for (let second = 0; second < seconds; second += intervalMs / 1000) {
  await turns(20);
  clock.advance(intervalMs);
}
await turns(20);
stop.abort();
console.log(path, await recording);
