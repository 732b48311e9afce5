import { io } from "socket.io-client";

import { medianOfThree, type BenchRow } from "./bench-row.ts";
import { startLoad } from "./server/load-process.ts";
import { printWhenMain } from "./server/print-rows.ts";
import { startServerProcess } from "./server/server-process.ts";
import * as parser from "./server/skimming-parser.ts";
import { slowLink } from "./server/slow-link.ts";

/* A viewer behind a line of 60 kB/s among others on a good one: how old a frame is when it has arrived there, and whether the others notice. */

const bytesPerSecond = 60_000;
const others = 100;
const measuredMs = 25_000;

/** Ages of the frames that arrive at a slow viewer after its snapshot. */
function watchSlowly(url: string): { readonly ages: number[]; readonly close: () => void } {
  const ages: number[] = [];
  const socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false, parser });
  socket.on("hello", ({ feeds }: { feeds: { feed: string }[] }) =>
    socket.emit("subscribe", { feed: feeds[0]?.feed }),
  );
  socket.on("snapshot", ({ seq }: { seq: number }) => socket.emit("ack", { seq }));
  socket.on("delta", ({ seq, t }: { seq: number; t: number }) => {
    ages.push(Date.now() - t);
    socket.emit("ack", { seq });
  });
  return { ages, close: () => void socket.disconnect() };
}

async function measure(name: string, flags: readonly string[]): Promise<readonly BenchRow[]> {
  const server = await startServerProcess(flags);
  const link = await slowLink(server.port, bytesPerSecond);
  try {
    const load = await startLoad(server.url, others);
    const slow = watchSlowly(link.url);
    const seen = await load.measure(measuredMs);
    slow.close();
    const oldest = Math.max(...slow.ages) / 1000;
    const note = `${slow.ages.length} frames in ${measuredMs / 1000} s on ${bytesPerSecond / 1000} kB/s`;
    return [
      {
        name: `slow link, ${name}: oldest frame on arrival`,
        value: oldest,
        unit: "s",
        bar: 3,
        better: "less",
        note,
      },
      {
        name: `slow link, ${name}: age of a frame for the ${others} others, p99`,
        value: seen.p99,
        unit: "ms",
        bar: 250,
        better: "less",
      },
    ];
  } finally {
    link.close();
    await server.stop();
  }
}

export async function run(): Promise<readonly BenchRow[]> {
  const large = "--source=file:mock-data/topologies/huge.json";
  return [
    ...(await medianOfThree(() => measure("demo", []))),
    ...(await medianOfThree(() =>
      measure("1,000 services and 5,000 edges, all changing", [large, "--jitter=0.1"]),
    )),
  ];
}

await printWhenMain(import.meta.url, run);
