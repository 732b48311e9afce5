import type { FastifyInstance } from "fastify";

import { isJsonObject } from "#base/json.ts";
import type { Clock } from "#base/time.ts";

import { TokenBucket } from "../access/token-bucket.ts";
import type { Metrics } from "../metrics.ts";
import { cspReportPath } from "./security-headers.ts";

/** A report is short; whoever sends more is no browser. */
const greatestReportBytes = 16 * 1024;
const shownLength = 300;

/** Counts what pages report, and logs it; a flood of reports is counted but not logged. */
export function addCspReports(http: FastifyInstance, metrics: Metrics, clock: Clock): void {
  const logged = new TokenBucket(clock, 0.2, 20);
  const types = ["application/csp-report", "application/reports+json"];
  http.addContentTypeParser(types, { parseAs: "string" }, (_request, body, done) => done(null, body));
  http.post(`/${cspReportPath}`, { bodyLimit: greatestReportBytes }, (request, reply) => {
    metrics.cspReports.inc();
    if (logged.take())
      request.log.warn({ violation: violationOf(request.body) }, "A page broke its content security policy");
    return reply.code(204).send();
  });
}

/** The few fields that tell what happened. */
function violationOf(body: unknown): Record<string, string> {
  let report: unknown;
  try {
    report = JSON.parse(typeof body === "string" ? body : "");
  } catch {
    return {};
  }
  const inner: unknown = isJsonObject(report) ? report["csp-report"] : undefined;
  const violation: Record<string, string> = {};
  for (const field of [
    "document-uri",
    "effective-directive",
    "violated-directive",
    "blocked-uri",
    "source-file",
  ]) {
    const value = isJsonObject(inner) ? inner[field] : undefined;
    if (typeof value === "string") violation[field] = value.slice(0, shownLength);
  }
  return violation;
}
