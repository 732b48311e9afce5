import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { isHostAllowed, whyOriginRefused } from "../../access/origin.ts";
import { mayDo } from "../../access/tokens.ts";
import { whoIs } from "../../access/who-is.ts";
import type { TokenEntry } from "../../config/token-setting.ts";
import { contentTypes, failureBody, formatOf, successBody, type OtlpFormat } from "./otlp-answers.ts";
import type { TraceAnswer, TraceBody } from "./trace-ingest.ts";
import { tooLarge } from "./unpack.ts";

export interface ReceiverOptions {
  readonly host: string;
  readonly port: number;
  /** Without any, only this machine may send. */
  readonly tokens: readonly TokenEntry[];
  /** Bytes of a body, packed and unpacked. */
  readonly maxBody: number;
  /** Takes a body; rejects when nobody can now. */
  readonly take: (body: TraceBody) => Promise<TraceAnswer>;
}

interface Refusal {
  readonly status: number;
  /** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
  readonly code: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Bodies that are being received or wait for their turn may be this many times the largest. */
const bodiesHeld = 4;
const mostConnections = 1_000;
const bodyWithinMs = 30_000;
const headersWithinMs = 10_000;
/** Longer than exporters wait between two batches: a connection that ends just then costs a batch. */
const keepAliveMs = 75_000;

const retryable = { headers: { "Retry-After": "1" } };

/** The OTLP/HTTP endpoint for traces: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export class OtlpReceiver {
  readonly #options: ReceiverOptions;
  readonly #server: Server;
  /** Bytes of bodies that are being received or wait for their turn. */
  #held = 0;
  /** Requests that were answered with 4xx and 5xx. */
  refused = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#server = createServer(
      { requestTimeout: bodyWithinMs, headersTimeout: headersWithinMs, keepAliveTimeout: keepAliveMs },
      (request, response) => {
        void this.#handle(request, response).catch(() => response.destroy());
      },
    );
    this.#server.maxConnections = mostConnections;
  }

  /** Resolves to the port. @throws when it cannot listen there, with the remedy. */
  async listen(): Promise<number> {
    const { host, port } = this.#options;
    try {
      this.#server.listen(port, host);
      await once(this.#server, "listening");
    } catch (error: unknown) {
      throw new Error(whyNotListening(error, host, port), { cause: error });
    }
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const format = formatOf(request.headers["content-type"]);
    const refusal = this.#whyRefused(request, format);
    if (refusal !== undefined || format === undefined) {
      this.#refuse(response, format ?? "json", refusal ?? unknownType);
      return;
    }
    const bytes = await this.#readBody(request);
    if ("status" in bytes) {
      this.#refuse(response, format, bytes);
      return;
    }
    const isGzip = request.headers["content-encoding"]?.toLowerCase() === "gzip";
    // Until it is answered it is held, though by another thread.
    const { length } = bytes;
    this.#held += length;
    try {
      this.#answer(response, format, await this.#options.take({ format, isGzip, bytes }));
    } catch {
      this.#refuse(response, format, notNow);
    } finally {
      this.#held -= length;
    }
  }

  #answer(response: ServerResponse, format: OtlpFormat, answer: TraceAnswer): void {
    if (answer.kind === "taken") {
      send(response, 200, format, successBody(format, answer.rejected, answer.why));
      return;
    }
    const { kind, why } = answer;
    if (kind === "busy") this.#refuse(response, format, { status: 429, code: 8, message: why, ...retryable });
    else this.#refuse(response, format, { status: kind === "malformed" ? 400 : 413, code: 3, message: why });
  }

  #whyRefused(request: IncomingMessage, format: OtlpFormat | undefined): Refusal | undefined {
    const { headers, socket, method, url = "/" } = request;
    const { tokens, maxBody } = this.#options;
    const origins = { allowed: [], isLocalOnly: tokens.length === 0 };
    if (!isHostAllowed(origins, headers.host)) {
      return { status: 403, code: 7, message: whyOtherName(headers.host) };
    }
    if (whyOriginRefused(origins, { headers, remoteAddress: socket.remoteAddress }) !== undefined) {
      return { status: 403, code: 7, message: "Traces are taken from programs, not from pages." };
    }
    const role = whoIs(tokens, { authorization: headers.authorization });
    if (!role.ok) {
      const challenge = { "WWW-Authenticate": "Bearer" };
      return { status: 401, code: 16, message: role.error.message, headers: challenge };
    }
    // Without tokens everybody is an operator, of this machine.
    if (tokens.length > 0 && !mayDo(role.value, "push")) {
      const message = `This token has the role ${role.value}, which may not push. Ask for a pusher's.`;
      return { status: 403, code: 7, message };
    }
    const [path = ""] = url.split("?");
    if (path !== "/v1/traces") return { status: 404, code: 5, message: whyNotFound(path) };
    if (method !== "POST") {
      const message = `Traces are sent with POST, not ${method ?? "this"}.`;
      return { status: 405, code: 12, message, headers: { Allow: "POST" } };
    }
    if (format === undefined) return unknownType;
    const encoding = headers["content-encoding"]?.toLowerCase() ?? "identity";
    if (encoding !== "gzip" && encoding !== "identity") {
      const message = `Bodies come as they are or with gzip, not with ${encoding}.`;
      return { status: 415, code: 3, message, headers: { "Accept-Encoding": "gzip" } };
    }
    if (Number(headers["content-length"] ?? 0) > maxBody) {
      return { status: 413, code: 3, message: tooLarge(maxBody) };
    }
    return this.#held > bodiesHeld * maxBody ? tooBusy : undefined;
  }

  /**
   * The whole body, in memory of its own. Of one that is refused the rest is passed over, so that the answer reaches whoever is still sending. Rejects when the
   * connection breaks.
   */
  #readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | Refusal> {
    const { maxBody } = this.#options;
    const chunks: Buffer[] = [];
    let length = 0;
    return new Promise<Uint8Array<ArrayBuffer> | Refusal>((resolve, reject) => {
      const refuse = (refusal: Refusal): void => {
        request.removeAllListeners("data").resume();
        resolve(refusal);
      };
      request.on("data", (chunk: Buffer) => {
        length += chunk.length;
        this.#held += chunk.length;
        chunks.push(chunk);
        if (length > maxBody) refuse({ status: 413, code: 3, message: tooLarge(maxBody) });
        else if (this.#held > (bodiesHeld + 1) * maxBody) refuse(tooBusy);
      });
      request.on("end", () => resolve(joined(chunks, length)));
      request.on("error", reject);
      request.on("close", () => reject(new Error("The connection has ended.")));
    }).finally(() => {
      this.#held -= length;
    });
  }

  #refuse(response: ServerResponse, format: OtlpFormat, { status, code, message, headers }: Refusal): void {
    this.refused += 1;
    send(response, status, format, failureBody(format, code, message), headers);
  }
}

function joined(chunks: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const unknownType: Refusal = {
  status: 415,
  code: 3,
  message: "Traces come with Content-Type application/x-protobuf or application/json.",
};

const tooBusy: Refusal = {
  status: 429,
  code: 8,
  message: "More comes than can be read; try again in a second.",
  ...retryable,
};

const notNow: Refusal = {
  status: 503,
  code: 14,
  message: "Traces cannot be taken now; try again in a second.",
  ...retryable,
};

function whyOtherName(host = "another name"): string {
  return `Without tokens this receiver answers to 127.0.0.1 and localhost, not to ${host}. Send there, or set tokens of this source.`;
}

function whyNotFound(path: string): string {
  if (path === "/v1/metrics" || path === "/v1/logs") {
    const what = path === "/v1/metrics" ? "metrics" : "logs";
    return `Spillway draws traffic from traces only and takes no ${what}; switch their exporter off (OTEL_${what.toUpperCase()}_EXPORTER=none).`;
  }
  return "There is only /v1/traces here: the receiver of Spillway for OpenTelemetry.";
}

function send(
  response: ServerResponse,
  status: number,
  format: OtlpFormat,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, {
      "Content-Type": contentTypes[format],
      "Content-Length": String(body.length),
      "X-Content-Type-Options": "nosniff",
      ...headers,
    })
    .end(body);
}

function whyNotListening(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use, perhaps by a collector or by another feed. Set another one: "port: ${port + 1}" of this source.`;
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `This machine has no address ${host}. Set "host: 127.0.0.1", or "host: 0.0.0.0" for all of its addresses.`;
  }
  return `Traces cannot be received at ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}
