import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { io, type Socket } from "socket.io-client";
import { expect, it } from "vitest";

import { snapshotOf, twoRegions } from "#testing/builders.ts";
import { startTestServer } from "#testing/test-server.ts";
import { until } from "#testing/turns.ts";

it("the program of docs/wire.md follows a feed", async () => {
  const page = readFileSync(new URL("../../docs/wire.md", import.meta.url), "utf8");
  const program = /```js\n(.*?)```/s.exec(page)?.[1] ?? "";
  const body = program.replaceAll(/^import .*$/gm, "");
  const server = await startTestServer();
  const { topology } = twoRegions();
  await server.source.emit(snapshotOf(topology, (_, c) => (c === 0 ? 7 : 0), 1));

  const sockets: Socket[] = [];
  const connect = () => {
    const socket = io(server.url, { transports: ["websocket"], reconnection: false });
    sockets.push(socket);
    return socket;
  };
  const printed: string[] = [];
  const print = { log: (...words: readonly unknown[]) => void printed.push(words.join(" ")) };
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- the program is ours: it is what the test is about
  const run = new Function("io", "gunzipSync", "Buffer", "console", body);
  Reflect.apply(run, undefined, [connect, gunzipSync, Buffer, print]);
  await until(() => printed.length === topology.edges.length);
  expect(printed).toContain("INTERNET > east 7");
  await server.source.emit(snapshotOf(topology, (edge) => edge, 2));
  await until(() => printed.length === 2 * topology.edges.length);
  expect(printed.at(-1)).toMatch(/ 24$/);

  for (const socket of sockets) socket.disconnect();
  await server.stop();
});
