import { randomFillSync } from "node:crypto";
import { Agent, request } from "node:http";
import { gzipSync } from "node:zlib";

import { protobufBody, type DraftSpan } from "#testing/otlp-bodies.ts";

export const spansOfBody = 512;
const regions = ["us-east-1", "us-west-2", "eu-west-1"];
const servicesOfRegion = 10;

/** A body of which only the ids differ from one to the next: where they stand in it. */
interface Template {
  readonly bytes: Buffer;
  readonly traceAt: readonly number[];
  /** Of clients their own ids, of servers those of their parents. */
  readonly clientAt: readonly number[];
  readonly serverAt: readonly number[];
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** 512 halves of one service's requests, with what an HTTP instrumentation says of each. */
function makeTemplate(kind: "client" | "server", service: number, status: number): Template {
  const marks = Array.from({ length: spansOfBody }, () => randomFillSync(Buffer.alloc(32)));
  const end = BigInt(Date.now()) * 1_000_000n;
  const spans = marks.map((mark, i): DraftSpan => {
    const client = hex(mark.subarray(16, 24));
    const server = hex(mark.subarray(24, 32));
    return {
      traceId: hex(mark.subarray(0, 16)),
      spanId: kind === "client" ? client : server,
      parentId: kind === "client" ? "" : client,
      kind: kind === "client" ? 3 : 2,
      start: end - BigInt(1_000_000 + 40_000 * i),
      end,
      isFailure: false,
      traceState: "",
      attributes: {
        "http.request.method": "GET",
        "http.response.status_code": i % 20 === 0 ? status : 200,
        "url.full": `http://service-${service}.shop.svc.cluster.local:8080/items/${i}`,
        "server.address": `service-${service}.shop.svc.cluster.local`,
        "network.protocol.version": "1.1",
        "user_agent.original": "a-client/1.0",
      },
      links: [],
    };
  });
  const attributes = {
    "service.name": `service-${(kind === "client" ? service : service + 1) % servicesOfRegion}`,
    "cloud.region": regions[service % regions.length] ?? "",
    "telemetry.sdk.language": "nodejs",
    "host.name": "a-host",
    "process.pid": 17,
  };
  const bytes = Buffer.from(protobufBody([{ attributes, spans }]));
  const placesOf = (from: number, to: number) => marks.map((mark) => bytes.indexOf(mark.subarray(from, to)));
  return {
    bytes,
    traceAt: placesOf(0, 16),
    clientAt: placesOf(16, 24),
    serverAt: kind === "client" ? [] : placesOf(24, 32),
  };
}

/** Makes pairs of bodies, packed: clients, and the servers that they called. No two pairs have an id in common. */
export function bodyMaker(): () => readonly [Buffer, Buffer] {
  const templates = Array.from({ length: regions.length * servicesOfRegion }, (_, service) => ({
    clients: makeTemplate("client", service, 503),
    servers: makeTemplate("server", service, 503),
  }));
  let next = 0;
  return () => {
    const { clients, servers } = templates[next % templates.length] ?? templates[0]!;
    next += 1;
    const ids = randomFillSync(Buffer.alloc(32 * spansOfBody));
    const filled = ({ bytes, traceAt, clientAt, serverAt }: Template): Buffer => {
      for (let i = 0; i < spansOfBody; i += 1) {
        ids.copy(bytes, traceAt[i], 32 * i, 32 * i + 16);
        ids.copy(bytes, clientAt[i], 32 * i + 16, 32 * i + 24);
        if (serverAt.length > 0) ids.copy(bytes, serverAt[i], 32 * i + 24, 32 * i + 32);
      }
      return gzipSync(bytes, { level: 1 });
    };
    return [filled(clients), filled(servers)];
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

export interface Sent {
  readonly body: Buffer;
  readonly type?: string;
  readonly isGzip?: boolean;
}

/** Resolves to the status; 0 where the connection broke. */
export function post(
  port: number,
  { body, type = "application/x-protobuf", isGzip = true }: Sent,
): Promise<number> {
  return new Promise((resolve) => {
    const headers = { "Content-Type": type, ...(isGzip ? { "Content-Encoding": "gzip" } : {}) };
    const asked = request(
      { host: "127.0.0.1", port, path: "/v1/traces", method: "POST", agent, headers },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    asked.on("error", () => resolve(0));
    asked.end(body);
  });
}

/** Sends all, so many at once, in order; how many were answered with each status. */
export async function sendAll(
  port: number,
  bodies: readonly Sent[],
  atOnce: number,
): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  let next = 0;
  const sendSome = async (): Promise<void> => {
    for (let sent = bodies[next]; sent !== undefined; sent = bodies[next]) {
      next += 1;
      const status = await post(port, sent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendSome));
  return statuses;
}
