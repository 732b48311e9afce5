import { io } from "socket.io-client";

import * as parser from "./skimming-parser.ts";

/*
 * The load generator, a process of its own: so many viewers, each of which answers every frame at once. Says "ready" when all have their snapshot;
 * on a line of input it begins to measure, on the next it prints what it saw and ends.
 */

const [url = "", count = "1"] = process.argv.slice(2);
const viewers = Number(count);

let ready = 0;
let isMeasuring = false;
let latencies: number[] = [];
let frames = 0;
let gaps = 0;

function connect(): void {
  const socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false, parser });
  socket.on("hello", ({ feeds }: { feeds: { feed: string }[] }) =>
    socket.emit("subscribe", { feed: feeds[0]?.feed }),
  );
  socket.on("snapshot", ({ seq }: { seq: number }) => {
    socket.emit("ack", { seq });
    ready += 1;
    if (ready === viewers) console.log("ready");
  });
  socket.on("delta", ({ seq, t }: { seq: number; t: number }) => {
    socket.emit("ack", { seq });
    if (!isMeasuring) return;
    frames += 1;
    latencies.push(Date.now() - t);
  });
  socket.on("gap", () => {
    gaps += 1;
  });
  socket.on("disconnect", (why) => console.error(`a viewer was disconnected: ${why}`));
}

// Not all in one instant: that would measure the storm, not the feed.
let connected = 0;
const connecting = setInterval(() => {
  for (let i = 0; i < 20 && connected < viewers; i += 1, connected += 1) connect();
  if (connected === viewers) clearInterval(connecting);
}, 20);

let lines = 0;
process.stdin.on("data", () => {
  lines += 1;
  if (lines === 1) {
    isMeasuring = true;
    latencies = [];
    return;
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? NaN;
  console.log(JSON.stringify({ frames, gaps, p50: at(0.5), p99: at(0.99), max: at(1) }));
  process.exit(0);
});
