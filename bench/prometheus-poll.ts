import { spawn } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
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
  const busy: number[] = [];
  const slices: number[] = [];
  let drawn = 0;
  const stop = new AbortController();
  let before = performance.eventLoopUtilization();
  let processor = process.cpuUsage();
  const processorMs: number[] = [];
  const work = slicesOf(slices);
  await source.run((snapshot) => {
    drawn = snapshot.topology.edges.length;
    const now = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    busy.push(now.active);
    const { user, system } = process.cpuUsage(processor);
    processor = process.cpuUsage();
    processorMs.push((user + system) / 1000);
    // What has been seen while warming up does not count.
    if (busy.length === warmUp) slices.length = 0;
    if (busy.length >= polls) stop.abort();
  }, stop.signal);
  work.stop();
  if (drawn === 0) throw new Error("nothing was drawn");
  const times = busy.slice(warmUp).toSorted((a, b) => a - b);
  const ofProcessor =
    processorMs.slice(warmUp).toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
  const note = `${edges} edges of 4 codes each; from the answer to the graph, median of ${times.length} polls in Node ${process.version}; all threads took ${ofProcessor.toFixed(0)} ms of the processor`;
  return [
    {
      name: "poll of Prometheus: 10,000 series, event loop in all",
      value: times[Math.floor(times.length / 2)] ?? NaN,
      unit: "ms",
      bar: 100,
      better: "less",
      note,
    },
    {
      name: "poll of Prometheus: 10,000 series, longest slice, p99",
      value: slices.toSorted((a, b) => a - b)[Math.floor((slices.length - 1) * 0.99)] ?? NaN,
      unit: "ms",
      bar: 20,
      better: "less",
      note: "of the turns of the event loop that took 1 ms or more",
    },
  ];
}

/** Collects how long each turn of the event loop kept it busy: looked at from one that runs after each. */
function slicesOf(slices: number[]): { stop(): void } {
  let before = performance.eventLoopUtilization();
  let isStopped = false;
  const look = (): void => {
    const { active } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (active >= 1) slices.push(active);
    // Without keeping the loop awake: the next turn comes when there is something to do.
    if (!isStopped) setTimeout(look, 1);
  };
  look();
  return {
    stop: () => {
      isStopped = true;
    },
  };
}

await printWhenMain(import.meta.url, run);
