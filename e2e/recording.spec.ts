import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "@playwright/test";
import { io } from "socket.io-client";

import { mulberry32 } from "../src/base/random.ts";
import { readGroup } from "../src/protocol/recording/group-text.ts";
import { frameTime } from "../src/protocol/recording/recorded-frame.ts";
import { startBuiltServer } from "../scripts/built-server.ts";

/** The whole count is for `npm run soak`. */
const kills = Number(process.env["SOAK_KILLS"] ?? 4);

interface Seen {
  readonly epochs: Set<string>;
  /** Times of the frames that a viewer was sent, by number. */
  readonly times: Map<number, number>;
}

/** Watches a feed until so many more frames have come. */
async function watch(url: string, seen: Seen, frames: number): Promise<void> {
  const socket = io(url, { transports: ["websocket"], reconnection: false, forceNew: true });
  let counted = 0;
  await new Promise<void>((enough, fail) => {
    const took = (seq: number) => {
      socket.emit("ack", { seq });
      counted += 1;
      if (counted >= frames) enough();
    };
    socket.on("connect_error", fail);
    socket.on("hello", () => socket.emit("subscribe", { feed: "demo" }));
    socket.on("snapshot", ({ epoch, seq }: { epoch: string; seq: number }) => {
      seen.epochs.add(epoch);
      took(seq);
    });
    socket.on("delta", ({ seq, t }: { seq: number; t: number }) => {
      seen.times.set(seq, t);
      took(seq);
    });
  });
  socket.disconnect();
}

/** Every recorded frame's time, by number, read as a page reads them. */
async function recordedTimes(
  url: string,
): Promise<{ readonly epoch: string; readonly times: Map<number, number> }> {
  const api = `${url}api/feeds/demo/recording/groups`;
  const { epoch, groups } = (await (await fetch(api)).json()) as {
    readonly epoch: string;
    readonly groups: readonly (readonly [number])[];
  };
  const times = new Map<number, number>();
  for (const [first] of groups) {
    const read = readGroup(await (await fetch(`${api}/${first}`)).text());
    expect(read.ok).toBe(true);
    for (const { seq, frame } of read.ok ? read.value : []) {
      expect(times.has(seq)).toBe(false);
      times.set(seq, frameTime(frame));
    }
  }
  return { epoch, times };
}

test(`a server that is killed ${kills} times has every frame that it ever showed, once, and one history`, async () => {
  test.setTimeout(60_000 + kills * 15_000);
  const data = mkdtempSync(join(tmpdir(), "spillway-kill-"));
  const random = mulberry32(11);
  const seen: Seen = { epochs: new Set(), times: new Map() };
  for (let kill = 0; kill < kills; kill += 1) {
    const server = await startBuiltServer(["--data", data, "--interval", "100ms"]);
    await watch(server.url, seen, 3 + Math.floor(random() * 12));
    await server.stop("SIGKILL");
  }
  const server = await startBuiltServer(["--data", data, "--interval", "100ms"]);
  const recorded = await recordedTimes(server.url);
  await server.stop();
  rmSync(data, { recursive: true, force: true });
  expect([...seen.epochs]).toEqual([recorded.epoch]);
  expect(seen.times.size).toBeGreaterThan(kills);
  for (const [seq, at] of seen.times) expect(recorded.times.get(seq)).toBe(at);
});
