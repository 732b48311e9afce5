import { spawn } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { mulberry32 } from "#base/random.ts";
import { prometheusKind } from "#server/sources/prometheus/prometheus-kind.ts";
import { mergedSource } from "#server/sources/merged/merged-source.ts";
import { systemClock } from "#server/system-clock.ts";

import { medianOfThree, type BenchRow } from "./bench-row.ts";
import { printWhenMain } from "./server/print-rows.ts";

/* What a poll of 10,000 series costs the server's event loop, from the answer of a Prometheus (in another process) to the merged graph. */

const edges = 2_500;
/** The first polls warm up. */
const polls = 12;
const warmUp = 3;

export async function run(): Promise<readonly BenchRow[]> {
  const program = fileURLToPath(new URL("./server/series-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, String(edges)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const printed: readonly unknown[] = await once(child.stdout, "data");
    const url = `http://127.0.0.1:${String(printed[0]).trim()}`;
    return await medianOfThree(() => measure(url));
  } finally {
    child.kill();
  }
}

async function measure(url: string): Promise<readonly BenchRow[]> {
  const polled = await poll(url, () => {});
  const turns: number[] = [];
  let before = 0;
  // In polls of its own: to look after each turn costs time as well.
  let isLooking = true;
  const look = (): void => {
    const now = processorMs();
    // Shorter turns keep nobody waiting.
    if (now - before >= 1) turns.push(now - before);
    before = processorMs();
    if (isLooking) setTimeout(look, 1);
  };
  before = processorMs();
  look();
  await poll(url, () => turns.splice(0));
  isLooking = false;
  const note = `${edges} edges of 4 codes each; from the answer to the graph, median of ${polls - warmUp} polls in Node ${process.version}; by the clock ${polled.clockMs.toFixed(0)} ms`;
  return [
    {
      name: "poll of Prometheus: 10,000 series, processor time of the event loop",
      value: polled.processorMs,
      unit: "ms",
      bar: 100,
      better: "less",
      note,
    },
    {
      name: "poll of Prometheus: 10,000 series, longest turn, p99",
      value: turns.toSorted((a, b) => a - b)[Math.floor((turns.length - 1) * 0.99)] ?? NaN,
      unit: "ms",
      bar: 20,
      better: "less",
      note: "processor time, of the turns of the event loop that took 1 ms or more",
    },
  ];
}

/** Polls some times; the medians of what a poll took. `onWarm` is called when it is warm. */
async function poll(
  url: string,
  onWarm: () => void,
): Promise<{ readonly processorMs: number; readonly clockMs: number }> {
  const clock = systemClock(undefined);
  const config = prometheusKind.schema.parse({ url, preset: "istio", latency: false, interval: "1s" });
  const clusters = new Map([0, 1, 2].map((i) => [`prod-cluster-${i}`, `region-${i}`]));
  const part = prometheusKind.open(config, {
    name: "bench",
    clock,
    intervalMs: 1000,
    regions: { clusters, fallback: undefined },
    statuses: {},
  });
  const source = mergedSource({ title: "bench", parts: [part], clock, random: mulberry32(1) });
  const ofProcessor: number[] = [];
  const byClock: number[] = [];
  const stop = new AbortController();
  let processor = processorMs();
  let before = performance.eventLoopUtilization();
  await source.run((snapshot) => {
    if (snapshot.topology.edges.length === 0) throw new Error("nothing was drawn");
    byClock.push(performance.eventLoopUtilization(before).active);
    ofProcessor.push(processorMs() - processor);
    if (byClock.length === warmUp) onWarm();
    if (byClock.length >= polls) stop.abort();
    before = performance.eventLoopUtilization();
    processor = processorMs();
  }, stop.signal);
  const median = (times: readonly number[]) =>
    times.slice(warmUp).toSorted((a, b) => a - b)[Math.floor((polls - warmUp) / 2)] ?? NaN;
  return { processorMs: median(ofProcessor), clockMs: median(byClock) };
}

/**
 * Processor time of the thread that the event loop runs in, so far. What others do on the machine does not count then, but for the caches that they take. Where the system
 * does not tell it (it is Linux that does), that of all threads.
 */
function processorMs(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  if (existsSync(file)) return Number(readFileSync(file, "utf8").split(" ")[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

await printWhenMain(import.meta.url, run);
