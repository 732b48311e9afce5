import { medianOfThree, type BenchRow } from "./bench-row.ts";
import { startLoad } from "./server/load-process.ts";
import { printWhenMain } from "./server/print-rows.ts";
import { startServerProcess } from "./server/server-process.ts";

/* Many viewers of the demo at 1 Hz: what they cost the server, and when frames reach them. Server and viewers are processes of their own. */

const viewers = Number(process.env["BENCH_VIEWERS"] ?? 2000);
const source = process.env["BENCH_SOURCE"] ?? "demo";
const measuredMs = 20_000;
const warmUpMs = 5_000;

export function run(): Promise<readonly BenchRow[]> {
  return medianOfThree(measure);
}

async function measure(): Promise<readonly BenchRow[]> {
  const server = await startServerProcess([`--source=${source}`, "--jitter=0.1", "--log-format=json"]);
  try {
    await new Promise((resolve) => setTimeout(resolve, warmUpMs));
    const alone = await server.usage();
    const load = await startLoad(server.url, viewers);
    await new Promise((resolve) => setTimeout(resolve, warmUpMs));
    const before = await server.usage();
    const seen = await load.measure(measuredMs);
    const after = await server.usage();
    const perViewerKb = (after.residentBytes - alone.residentBytes) / 1000 / viewers;
    const corePercent = ((after.cpuSeconds - before.cpuSeconds) / (measuredMs / 1000)) * 100;
    const note = `${viewers} viewers of ${source.replace(/^.*\//, "")} at 1 Hz for ${measuredMs / 1000} s, ${seen.frames} frames received, ${seen.gaps} merged`;
    return [
      {
        name: "viewers: server's share of one core",
        value: corePercent,
        unit: "%",
        bar: 10,
        better: "less",
        note,
      },
      {
        name: "viewers: age of a frame when it arrives, p99",
        value: seen.p99,
        unit: "ms",
        bar: 250,
        better: "less",
        note: `p50 ${seen.p50} ms, most ${seen.max} ms`,
      },
      {
        name: "viewers: memory of the server per viewer",
        value: perViewerKb,
        unit: "kB",
        bar: 64,
        better: "less",
      },
    ];
  } finally {
    await server.stop();
  }
}

await printWhenMain(import.meta.url, run);
