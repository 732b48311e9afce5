import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startLoad } from "./server/load-process.ts";

/**
 * Records at 10 Hz while viewers come and go, and fails when the server's memory does not stay flat: at most 1.2 times what it is after five minutes. Part of `npm run soak`;
 * SOAK_MINUTES says for how long, an hour unless told otherwise. Wants a built program.
 */
const minutes = Number(process.env["SOAK_MINUTES"] ?? 60);
const settledAfter = Math.min(5, minutes / 3);
const greatestGrowth = 1.2;
const viewersAtOnce = 20;
const visitMs = 20_000;

const data = mkdtempSync(join(tmpdir(), "spillway-soak-"));
const source = process.env["SOAK_SOURCE"] ?? "file:mock-data/topologies/three-regions.json";
const flags = ["--port=0", "--interval=100ms", "--jitter=0.1", "--log-format=json"];
const child = spawn(
  process.execPath,
  ["bin/spillway.js", "serve", ...flags, `--source=${source}`, `--data=${data}`],
  {
    stdio: ["ignore", "pipe", "inherit"],
  },
);

try {
  const url = await addressOf(child);
  let settled: number | undefined;
  let greatest = 0;
  const began = performance.now();
  for (;;) {
    await (await startLoad(url, viewersAtOnce)).measure(visitMs);
    const passed = (performance.now() - began) / 60_000;
    const { resident, heap } = await memoryOf(url);
    console.log(
      `${passed.toFixed(1)} min: ${(resident / 2 ** 20).toFixed(0)} MiB resident, ${(heap / 2 ** 20).toFixed(0)} MiB heap`,
    );
    if (passed >= settledAfter) settled ??= resident;
    if (settled !== undefined) greatest = Math.max(greatest, resident);
    if (passed >= minutes) break;
  }
  const growth = greatest / (settled ?? NaN);
  console.log(
    `At most ${growth.toFixed(2)} times what it was after ${settledAfter.toFixed(1)} minutes (must be <= ${greatestGrowth}).`,
  );
  process.exitCode = growth <= greatestGrowth ? 0 : 1;
} finally {
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  rmSync(data, { recursive: true, force: true });
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.stdout?.on("data", (chunk: Buffer) => {
      const found = /"url":"([^"]+)"/.exec(chunk.toString("utf8"))?.[1];
      if (found !== undefined) resolve(found);
    });
    server.once("exit", () => reject(new Error("the server ended before it listened")));
  });
}

async function memoryOf(url: string): Promise<{ readonly resident: number; readonly heap: number }> {
  const text = await (await fetch(`${url}metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  return { resident: value("process_resident_memory_bytes"), heap: value("nodejs_heap_size_used_bytes") };
}
