import type { IncomingMessage } from "node:http";

import type { FastifyHelmetOptions } from "@fastify/helmet";

/** Where pages report what the policy stopped, below the base path. */
export const cspReportPath = "api/csp-report";

/**
 * What a page of this server may do: run its own scripts and styles, and talk to this server. Everything else is off. Data shown is text, so that a
 * script in a name would have to get past two walls.
 */
export function securityHeaders(basePath: string): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        // Safari before 15.4 does not take 'self' for ws: and wss:.
        "connect-src": [
          "'self'",
          (request: IncomingMessage) => webSocketOrigin(request, "ws"),
          (request: IncomingMessage) => webSocketOrigin(request, "wss"),
        ],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "report-uri": [`${basePath}${cspReportPath}`],
      },
    },
    // A page of ours names itself in requests to this server, which is how a plain GET is known to be ours.
    referrerPolicy: { policy: "same-origin" },
    // Whoever ends TLS in front of the server decides on this.
    strictTransportSecurity: false,
  };
}

function webSocketOrigin({ headers }: IncomingMessage, scheme: "ws" | "wss"): string {
  const { host = "" } = headers;
  return /^[\w.:[\]-]+$/.test(host) ? `${scheme}://${host}` : "'self'";
}
