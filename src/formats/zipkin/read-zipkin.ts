import { err, ok, type Result } from "#base/result.ts";
import type { Observation } from "#domain/observed/observation.ts";

import { readLinks } from "../observed/dependency-links.ts";
import type { ObservationOptions } from "../observed/observation-reading.ts";
import { quoted } from "../vizceral/place.ts";

/**
 * Reads what Zipkin answers to `GET /api/v2/dependencies`: `[{"parent", "child", "callCount", "errorCount"?}]`
 * (https://zipkin.io/zipkin-api/). Zipkin knows no regions and no latencies of links.
 */
export function readZipkin(input: unknown, options: ObservationOptions): Result<Observation, string> {
  if (Array.isArray(input)) return ok(readLinks(input, undefined, options));
  return err(`Zipkin's dependencies are a list of links, not ${quoted(input)}.`);
}
