import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";

import { io, type Socket } from "socket.io-client";

import { mulberry32 } from "#base/random.ts";
import { readConfig } from "#server/config/read-config.ts";
import { createLogger } from "#server/logging.ts";
import { packageRoot } from "#server/package-root.ts";
import { startServer, type RunningServer, type ServerParts } from "#server/start-server.ts";
import { systemClock } from "#server/system-clock.ts";

import { HandFedSource } from "./hand-fed-source.ts";

export interface TestServer extends RunningServer {
  readonly source: HandFedSource;
  /** Lines of the log. */
  readonly log: readonly string[];
  /** A client of the server that does not come back by itself; `headers` go with its first request. */
  connect(options?: {
    readonly token?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly transport?: "websocket" | "polling";
  }): Socket;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The value of a metric with exactly these labels, 0 when it has not been counted. */
  metric(name: string): Promise<number>;
}

/** A server of ours on a free port, fed by hand. `flags` and `environment` are as people would write them. */
export async function startTestServer(
  flags: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  parts: Partial<ServerParts> = {},
  isMadeUp = false,
): Promise<TestServer> {
  const hasPort = flags.some((flag) => flag.startsWith("--port"));
  const config = readConfig(
    [...(hasPort ? [] : ["--port=0"]), `--data=${mkdtempSync(join(tmpdir(), "spillway-data-"))}`, ...flags],
    environment,
  );
  if (!config.ok) throw new Error(config.error.messages.join("\n"));
  const log: string[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString("utf8"));
      done();
    },
  });
  const source = new HandFedSource(isMadeUp);
  const started = await startServer(config.value, {
    clock: systemClock(),
    random: mulberry32(1),
    logger: createLogger({ level: "info", format: "json" }, out),
    root: packageRoot(),
    pageFolder: mkdtempSync(join(tmpdir(), "spillway-page-")),
    sources: [{ feed: "by-hand", source }],
    ...parts,
  });
  if (!started.ok) throw new Error(started.error);
  const server = started.value;
  const local = `http://127.0.0.1:${server.port}`;
  return {
    ...server,
    source,
    log,
    connect: ({ token, headers = {}, transport = "websocket" } = {}) =>
      io(local, {
        transports: [transport],
        extraHeaders: { ...headers },
        auth: token === undefined ? {} : { token },
        reconnection: false,
        forceNew: true,
      }),
    get: (path, headers = {}) => fetch(`${local}${path}`, { headers: { ...headers } }),
    metric: async (name) => {
      const text = await (await fetch(`${local}/metrics`)).text();
      const line = text.split("\n").find((one) => one.startsWith(`${name} `));
      return Number(line?.slice(name.length + 1) ?? 0);
    },
  };
}

/** What becomes of a connection: the hello, or why it was refused. */
export function outcome(socket: Socket): Promise<{ readonly hello?: unknown; readonly refused?: unknown }> {
  return new Promise((resolve) => {
    socket.on("hello", (hello: unknown) => {
      resolve({ hello });
      socket.disconnect();
    });
    socket.on("connect_error", (error: Error) =>
      resolve({ refused: Reflect.get(error, "data") ?? error.message }),
    );
  });
}
