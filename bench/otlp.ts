import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

import { freePort } from "../e2e/free-port.ts";
import { startBuiltServer, type BuiltServer } from "../scripts/built-server.ts";
import { medianOfThree, type BenchRow } from "./bench-row.ts";
import { bodyMaker, post, sendAll, spansOfBody, type Sent } from "./server/otlp-load.ts";
import { printWhenMain } from "./server/print-rows.ts";

/* The built server with a feed of spans: what they cost it, what it does when too many come, and what broken bodies do to it. */

const pairs = Number(process.env["BENCH_OTLP_PAIRS"] ?? 600);
const broken = Number(process.env["BENCH_OTLP_BROKEN"] ?? 10_000);
const warmUp = 40;
const mib = 2 ** 20;

interface Usage {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly spans: Readonly<Record<string, number>>;
}

async function usageOf({ url }: BuiltServer): Promise<Usage> {
  const metrics = await (await fetch(`${url}metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(metrics)?.[1]);
  const answer = (await (await fetch(`${url}api/feeds/shop/sources`)).json()) as {
    readonly sources: readonly { readonly counts: Readonly<Record<string, number>> }[];
  };
  return {
    cpuSeconds: value("process_cpu_seconds_total"),
    residentBytes: value("process_resident_memory_bytes"),
    spans: answer.sources[0]?.counts ?? {},
  };
}

async function withServer<T>(work: (server: BuiltServer, port: number) => Promise<T>): Promise<T> {
  const port = Number(await freePort());
  const folder = mkdtempSync(join(tmpdir(), "spillway-otlp-"));
  const config = join(folder, "spillway.json");
  const feeds = [{ name: "shop", sources: [{ kind: "otlp", port }] }];
  writeFileSync(config, JSON.stringify({ feeds }));
  const server = await startBuiltServer(["--config", config]);
  try {
    return await work(server, port);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

export async function run(): Promise<readonly BenchRow[]> {
  const make = bodyMaker();
  return [
    ...(await medianOfThree(() => withServer((server, port) => ingest(server, port, make)))),
    ...(await withServer((server, port) => overload(server, port, make))),
    ...(await withServer((server, port) => damage(server, port, make))),
  ];
}

async function ingest(server: BuiltServer, port: number, make: () => readonly [Buffer, Buffer]) {
  const bodies = Array.from({ length: pairs }, () => make().map((body) => ({ body }))).flat();
  await sendAll(port, Array.from({ length: warmUp }, () => make().map((body) => ({ body }))).flat(), 2);
  // The last interval's counts are known after the next.
  await sleep(2_500);
  const before = await usageOf(server);
  const began = performance.now();
  const statuses = await sendAll(port, bodies, 2);
  const seconds = (performance.now() - began) / 1000;
  const { cpuSeconds, residentBytes } = await usageOf(server);
  await sleep(2_500);
  const { spans } = await usageOf(server);
  const sent = bodies.length * spansOfBody;
  const paired = (spans["spans paired"] ?? 0) - (before.spans["spans paired"] ?? 0);
  const note = `${sent.toLocaleString("en-US")} spans in ${seconds.toFixed(1)} s by the clock, answers ${told(statuses)}`;
  const rows: BenchRow[] = [
    {
      name: "otlp: spans unpacked, decoded and paired by a second of processor time",
      value: sent / (cpuSeconds - before.cpuSeconds),
      unit: "spans/s",
      bar: 50_000,
      better: "more",
      note,
    },
    {
      name: "otlp: share of them that was paired",
      value: (100 * paired) / sent,
      unit: "%",
      bar: 100,
      better: "more",
    },
    {
      name: "otlp: growth of memory meanwhile",
      value: (residentBytes - before.residentBytes) / mib,
      unit: "MiB",
      bar: 200,
      better: "less",
    },
  ];
  return rows;
}

/** Halves that never find each other, many more than may wait. */
async function overload(server: BuiltServer, port: number, make: () => readonly [Buffer, Buffer]) {
  await sendAll(
    port,
    Array.from({ length: warmUp }, () => ({ body: make()[1] })),
    2,
  );
  await sleep(2_500);
  const before = await usageOf(server);
  const bodies = Array.from({ length: 1_000 }, () => ({ body: make()[1] }));
  const statuses = await sendAll(port, bodies, 16);
  const { residentBytes, spans } = await usageOf(server);
  // Those that wait expire together, while single bodies come.
  let longestMs = 0;
  for (let i = 0; i < 60; i += 1) {
    await sleep(200);
    const asked = performance.now();
    await post(port, { body: Buffer.from("{}"), type: "application/json", isGzip: false });
    longestMs = Math.max(longestMs, performance.now() - asked);
  }
  const rows: BenchRow[] = [
    {
      name: "otlp: growth of memory while 512,000 spans come that find no other half",
      value: (residentBytes - before.residentBytes) / mib,
      unit: "MiB",
      bar: 200,
      better: "less",
      note: `answers ${told(statuses)}; ${spans["spans waiting"]} wait`,
    },
    {
      name: "otlp: longest wait for an answer while these expire",
      value: longestMs,
      unit: "ms",
      bar: 500,
      better: "less",
    },
  ];
  return rows;
}

/**
 * Broken bodies of every kind, while good ones come and somebody looks. Memory is compared with what good bodies alone have made of it: V8 lets some tens of
 * MiB of buffers lie before it collects them, whatever was in them.
 */
async function damage(server: BuiltServer, port: number, make: () => readonly [Buffer, Buffer]) {
  const bodies = brokenBodies(make);
  await sendAll(port, Array.from({ length: pairs }, () => make().map((body) => ({ body }))).flat(), 4);
  await sleep(2_500);
  const before = await usageOf(server);
  const over = new AbortController();
  let longestMs = 0;
  const goodStatuses = new Map<number, number>();
  const look = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const asked = performance.now();
      await (await fetch(`${server.url}healthz`)).text();
      longestMs = Math.max(longestMs, performance.now() - asked);
      await sleep(10);
    }
  };
  const sendGood = async (): Promise<void> => {
    while (!over.signal.aborted) {
      for (const body of make()) {
        const status = await post(port, { body });
        goodStatuses.set(status, (goodStatuses.get(status) ?? 0) + 1);
      }
      await sleep(100);
    }
  };
  const others = [look(), sendGood()];
  const statuses = await sendAll(port, bodies, 4);
  over.abort();
  await Promise.all(others);
  const { residentBytes } = await usageOf(server);
  const note = `answers ${told(statuses)}; good ones beside them ${told(goodStatuses)}`;
  const rows: BenchRow[] = [
    {
      name: `otlp: longest wait of a viewer while ${broken.toLocaleString("en-US")} broken bodies come`,
      value: longestMs,
      unit: "ms",
      bar: 200,
      better: "less",
      note,
    },
    {
      name: "otlp: growth of memory meanwhile, broken bodies",
      value: (residentBytes - before.residentBytes) / mib,
      unit: "MiB",
      bar: 50,
      better: "less",
    },
    {
      name: "otlp: good bodies meanwhile that were not taken",
      value: [...goodStatuses].reduce((sum, [status, count]) => sum + (status === 200 ? 0 : count), 0),
      unit: "",
      bar: 0,
      better: "less",
    },
  ];
  return rows;
}

function brokenBodies(make: () => readonly [Buffer, Buffer]): readonly Sent[] {
  const bomb = gzipSync(Buffer.alloc(200 * mib));
  const deep = Buffer.from("[".repeat(100_000));
  const [packed] = make();
  const random = (below: number): number => Math.floor(Math.random() * below);
  return Array.from({ length: broken }, (_, i): Sent => {
    if (i % 500 === 0) return { body: bomb };
    if (i % 100 === 0) return { body: deep, type: "application/json", isGzip: false };
    if (i % 10 === 0)
      return {
        body: Buffer.from('{"resourceSpans":[{"scopeSpans":[{"spans":[1]}]}]}'),
        type: "application/json",
        isGzip: false,
      };
    const body = Buffer.from(packed.subarray(0, i % 3 === 0 ? random(packed.length) : packed.length));
    for (let edits = 0; edits < 8 && body.length > 20; edits += 1) body[random(body.length)] = random(256);
    return { body, isGzip: i % 2 === 0 };
  });
}

function told(statuses: ReadonlyMap<number, number>): string {
  return [...statuses].map(([status, count]) => `${status} x ${count}`).join(", ");
}

await printWhenMain(import.meta.url, run);
