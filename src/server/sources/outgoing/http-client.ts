import { readFileSync } from "node:fs";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest, type AgentOptions } from "node:https";
import type { Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

import type { Dispose } from "#base/disposer.ts";
import type { Clock } from "#base/time.ts";

import { authorizationOf, type BasicCredentials } from "./credentials.ts";
import { NoAnswer } from "./no-answer.ts";
import { whyNoAnswer } from "./why-no-answer.ts";

/** How a system that is asked over HTTP is reached: what a config file says of every such source. */
export interface HttpSettings {
  readonly headers: Readonly<Record<string, string>>;
  readonly basic?: BasicCredentials | undefined;
  readonly bearer?: string | undefined;
  /** A file that holds it; it is read again for each request, as such tokens are exchanged now and then. */
  readonly bearerFile?: string | undefined;
  /** A file of certificates (PEM) that are believed beside those that the system believes. */
  readonly caFile?: string | undefined;
  /** Certificates are not looked at. */
  readonly isUnverified?: boolean | undefined;
  readonly timeoutMs: number;
  /** Of an answer, unpacked. */
  readonly greatestBytes: number;
}

export interface HttpAsk {
  readonly method?: "GET" | "POST";
  /** Lower-case names; they win over those of the settings. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Unpacked, as UTF-8. */
  readonly text: string;
}

export interface HttpClient {
  /**
   * Any status but a redirect is an answer.
   * @throws NoAnswer when there is none, it is a redirect, takes too long or is too large.
   */
  ask(url: URL, ask: HttpAsk): Promise<HttpAnswer>;
  /** Ends the connections that are kept for the next time. */
  close(): void;
}

/**
 * Asks other systems over HTTP. Redirects are not followed: credentials go to the address that somebody wrote down, and nowhere else.
 * @throws NoAnswer when the file of certificates cannot be read.
 */
export function httpClient(settings: HttpSettings, clock: Clock): HttpClient {
  const agents = {
    "http:": new HttpAgent({ keepAlive: true, maxSockets: 8 }),
    "https:": new HttpsAgent({ keepAlive: true, maxSockets: 8, ...certificates(settings) }),
  };
  return {
    async ask(url, { method = "GET", headers = {}, body, signal }) {
      const isSecure = url.protocol === "https:";
      const open = isSecure ? httpsRequest : httpRequest;
      const bytes = body === undefined ? undefined : Buffer.from(body, "utf8");
      const length = bytes === undefined ? {} : { "content-length": String(bytes.byteLength) };
      const own = await ownHeaders(settings);
      return await new Promise<HttpAnswer>((resolve, reject) => {
        if (signal.aborted) {
          reject(new NoAnswer("The server is stopping."));
          return;
        }
        let isDone = false;
        const request = open(url, {
          method,
          agent: agents[isSecure ? "https:" : "http:"],
          headers: { "accept-encoding": "gzip, deflate, br", ...own, ...headers, ...length },
        });
        const finish = (settle: () => void): void => {
          if (isDone) return;
          isDone = true;
          stopTimer();
          signal.removeEventListener("abort", onAbort);
          settle();
        };
        const fail = (why: string, isTooLarge = false): void => {
          finish(() => reject(new NoAnswer(why, isTooLarge)));
          request.destroy();
        };
        const onAbort = (): void => fail("The server is stopping.");
        const stopTimer: Dispose = clock.after(settings.timeoutMs, () =>
          fail(`${shown(url)} has not answered within ${settings.timeoutMs / 1000} s.`),
        );
        signal.addEventListener("abort", onAbort, { once: true });
        request.on("error", (error) => fail(whyNoAnswer(error, shown(url))));
        request.on("response", (response) => {
          const { statusCode = 0 } = response;
          if (statusCode >= 300 && statusCode < 400 && statusCode !== 304) {
            fail(redirected(url, response));
            return;
          }
          readText(response, settings.greatestBytes).then(
            (text) => finish(() => resolve({ status: statusCode, headers: response.headers, text })),
            (error: unknown) =>
              fail(
                `${shown(url)}: ${error instanceof Error ? error.message : String(error)}`,
                error instanceof RangeError,
              ),
          );
        });
        request.end(bytes);
      });
    },
    close() {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}

/** An address for people: without user, password and query. */
export function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

async function ownHeaders(settings: HttpSettings): Promise<Record<string, string>> {
  const authorization = await authorizationOf(settings);
  const own: Record<string, string> = {
    "user-agent": "Spillway",
    accept: "application/json",
    ...(authorization === undefined ? {} : { authorization }),
  };
  for (const [name, value] of Object.entries(settings.headers)) own[name.toLowerCase()] = value;
  return own;
}

function certificates({ caFile, isUnverified = false }: HttpSettings): AgentOptions {
  const verified = isUnverified ? { rejectUnauthorized: false } : {};
  if (caFile === undefined) return verified;
  try {
    return { ...verified, ca: [...rootCertificates, readFileSync(caFile, "utf8")] };
  } catch (error: unknown) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoAnswer(`The file of certificates cannot be read: ${why}`);
  }
}

function redirected(url: URL, { headers, statusCode }: IncomingMessage): string {
  const { location } = headers;
  const target =
    location !== undefined && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  const remedy =
    target === undefined
      ? "Write the address that answers itself."
      : `If that is meant, write ${shown(target)}.`;
  return `${shown(url)} answers ${statusCode} and leads elsewhere, which is not followed. ${remedy}`;
}

/** Rejects when the answer is larger than allowed, unpacked (a RangeError), or breaks off. */
function readText(response: IncomingMessage, greatestBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const body = unpacked(response);
    const fail = (error: Error): void => {
      reject(error);
      response.destroy();
    };
    response.on("aborted", () => fail(new Error("the answer broke off.")));
    response.on("error", () => fail(new Error("the answer broke off.")));
    body.on("error", () => fail(new Error("the answer is packed, and cannot be unpacked.")));
    body.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > greatestBytes)
        fail(new RangeError(`the answer is larger than ${greatestBytes.toLocaleString("en-US")} bytes.`));
      else chunks.push(chunk);
    });
    body.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
  });
}

function unpacked(response: IncomingMessage): Readable {
  switch (response.headers["content-encoding"]?.trim().toLowerCase() ?? "") {
    case "gzip":
    case "x-gzip":
      return response.pipe(createGunzip());
    case "deflate":
      return response.pipe(createInflate());
    case "br":
      return response.pipe(createBrotliDecompress());
    default:
      return response;
  }
}
