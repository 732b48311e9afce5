import type { IncomingMessage } from "node:http";

import helmet from "@fastify/helmet";
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from "fastify";

import type { Clock } from "#base/time.ts";

import { isHostAllowed, type OriginPolicy } from "../access/origin.ts";
import { mayDo } from "../access/tokens.ts";
import { whoIs } from "../access/who-is.ts";
import type { TokenEntry } from "../config/token-setting.ts";
import type { Metrics } from "../metrics.ts";
import { apiError } from "./api-guard.ts";
import { addCspReports } from "./csp-reports.ts";
import { securityHeaders } from "./security-headers.ts";
import { servePage } from "./serve-page.ts";

/** What /readyz tells of a feed. */
export interface FeedReadiness {
  readonly feed: string;
  /** Undefined until the first frame. */
  readonly newestFrameAgeMs: number | undefined;
  readonly problems: number;
}

export interface HttpOptions {
  readonly logger: FastifyBaseLogger;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly tokens: readonly TokenEntry[];
  readonly origins: OriginPolicy;
  /** Path of --public-url; begins and ends with a slash. */
  readonly basePath: string;
  readonly pageFolder: string;
  readonly isDraining: () => boolean;
  readonly feeds: () => readonly FeedReadiness[];
  /** What is asked for and sent under /api/. */
  readonly addApi: (http: FastifyInstance) => void;
}

/** Everything that is not a socket: the page, health, metrics, reports, the API. Not yet listening. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { logger, clock, metrics, tokens, origins, basePath, pageFolder } = options;
  const http = fastify({
    // Requests that went well would hide what matters; where the server listens is told once, by whoever started it.
    loggerInstance: logger.child({}, { level: "warn" }),
    bodyLimit: 16 * 1024,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      void reply.code(error.statusCode ?? 400).send(apiError(sentence(error.message)));
    },
  });
  http.addHook("onRequest", async (request, reply) => {
    if (isHostAllowed(origins, request.headers.host)) return;
    await reply
      .code(403)
      .send(apiError("This server does not answer to that name; start it with --public-url to allow it."));
  });
  await http.register(helmet, securityHeaders(basePath));
  http.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(apiError("There is nothing here. The page is at the root.")),
  );
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode >= 500) request.log.error({ err: error }, "A request failed");
    const message =
      statusCode >= 500 ? "The server has a bug here; its log says more." : sentence(error.message);
    return reply.code(statusCode).send(apiError(message));
  });

  http.get("/healthz", () => ({ status: "ok" }));
  http.get("/readyz", (_request, reply) => {
    const isDraining = options.isDraining();
    return reply
      .code(isDraining ? 503 : 200)
      .header("Cache-Control", "no-store")
      .send({ status: isDraining ? "draining" : "ready", feeds: options.feeds() });
  });
  http.get("/metrics", async (request, reply) => {
    const role = whoIs(tokens, { authorization: request.headers.authorization });
    if (!role.ok || !mayDo(role.value, "watch")) {
      const message = role.ok ? "This token may not see metrics." : role.error.message;
      return reply.code(401).header("WWW-Authenticate", "Bearer").send(apiError(message));
    }
    return reply.type(metrics.registry.contentType).send(await metrics.read());
  });
  addCspReports(http, metrics, clock);
  options.addApi(http);
  await servePage(http, pageFolder);
  return http;
}

/** What a library says is wrong with a request, with the full stop that it may lack. */
function sentence(message: string): string {
  return message.endsWith(".") ? message : `${message}.`;
}

/** Takes the base path off every address, so that it does not matter whether the proxy in front does. */
export function stripBasePath(http: FastifyInstance, basePath: string): void {
  if (basePath === "/") return;
  const strip = (request: IncomingMessage) => {
    if (request.url?.startsWith(basePath) === true) request.url = request.url.slice(basePath.length - 1);
  };
  http.server.prependListener("request", strip);
  http.server.prependListener("upgrade", strip);
}
