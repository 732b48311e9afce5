import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { mulberry32 } from "#base/random.ts";
import { oddBody, sendOdd } from "#testing/odd-bodies.ts";

import type { BenchRow } from "./bench-row.ts";
import { printWhenMain } from "./server/print-rows.ts";
import { startServerProcess } from "./server/server-process.ts";

/* 10,000 bodies that nobody means, on the routes that take pushes and alerts: what they cost the server's event loop and its memory, and whether a good feed beside them suffers. */

const bodies = 10_000;
/** Before memory is looked at for the first time: what is compiled and pooled then stays. */
const warmUp = 2_000;
const atOnce = 10;

const config = `
feeds:
  - name: good
    sources: [{ kind: push, rate: 1000 }]
  - name: odd
    sources: [{ kind: push, rate: 1000 }, { kind: alertmanager, rate: 1000 }]
`;

const good = {
  surface: "frames",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    name: "shop",
    nodes: [{ name: "web" }, { name: "cart" }],
    connections: [{ source: "web", target: "cart", metrics: { normal: 1 } }],
  }),
} as const;

export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "spillway-bench-"));
  const file = join(folder, "spillway.yaml");
  writeFileSync(file, config);
  const server = await startServerProcess([`--config=${file}`, `--data=${folder}`, "--log-format=json"]);
  try {
    const random = mulberry32(11);
    await send(server.url, random, warmUp);
    const before = await look(server.url);
    let stallMs = 0;
    let failures = 0;
    for (let sent = 0; sent < bodies; sent += 500) {
      failures += await send(server.url, random, 500);
      stallMs = Math.max(stallMs, (await look(server.url)).stallMs);
    }
    const after = await look(server.url);
    const note = `${bodies.toLocaleString("en-US")} bodies, ${atOnce} at once, after ${warmUp.toLocaleString("en-US")} to warm up`;
    return [
      {
        name: "hostile bodies: longest stall of the event loop",
        value: stallMs,
        unit: "ms",
        bar: 200,
        better: "less",
        note,
      },
      {
        name: "hostile bodies: growth of the memory",
        value: (after.residentBytes - before.residentBytes) / 2 ** 20,
        unit: "MiB",
        bar: 50,
        better: "less",
        note: `resident, from ${(before.residentBytes / 2 ** 20).toFixed(0)} MiB`,
      },
      {
        name: "hostile bodies: pushes to the good feed that failed, and answers that are crashes",
        value: failures,
        unit: "",
        bar: 0,
        better: "less",
      },
    ];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sends so many, and a good push after each handful; returns how many answers were none that are meant. */
async function send(url: string, random: () => number, count: number): Promise<number> {
  let failures = 0;
  for (let sent = 0; sent < count; sent += atOnce) {
    const odd = Array.from({ length: atOnce }, () => oddBody(random));
    const statuses = await Promise.all(odd.map((body) => sendOdd(url, "odd", body)));
    failures += statuses.filter((status) => status === 500).length;
    if ((await sendOdd(url, "good", good)) !== 202) failures += 1;
  }
  return failures;
}

async function look(url: string): Promise<{ readonly stallMs: number; readonly residentBytes: number }> {
  const text = await (await fetch(`${url}metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  return {
    stallMs: value("nodejs_eventloop_lag_max_seconds") * 1000,
    residentBytes: value("process_resident_memory_bytes"),
  };
}

await printWhenMain(import.meta.url, run);
