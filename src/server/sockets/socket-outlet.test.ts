import { createServer } from "node:http";

import { Server } from "socket.io";
import { io } from "socket.io-client";
import { expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { isJsonObject } from "#base/json.ts";
import { TcpProxy } from "#testing/tcp-proxy.ts";
import { until } from "#testing/turns.ts";

import { socketOutlet } from "./socket-outlet.ts";

it("knows what waits for a viewer that reads nothing, and that nothing waits for one that has left", async () => {
  const http = createServer();
  const server = new Server(http, { transports: ["websocket"] });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  const proxy = await TcpProxy.to(isJsonObject(address) ? Number(address["port"]) : 0);
  const client = io(proxy.url, { transports: ["websocket"], reconnection: false });
  await until(() => client.connected);
  const id = must(client.id);
  const outlet = socketOutlet(server);
  expect(outlet.bufferedBytes(id)).toBe(0);

  proxy.stall();
  const body = { epoch: "e", seq: 1, gzip: "x".repeat(1024 * 1024) };
  for (let i = 0; i < 40; i += 1) outlet.send([id], { event: "snapshot", body });
  await until(() => outlet.bufferedBytes(id) > 1024 * 1024, "a queue");

  outlet.cut(id, { why: "test", reconnectInMs: 1 });
  expect(outlet.bufferedBytes(id)).toBe(0);
  await until(() => server.engine.clientsCount === 0, "the end of a connection that takes nothing");
  client.disconnect();
  await proxy.close();
  await server.close();
});
