import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Observation } from "#domain/observed/observation.ts";

import { readLinks } from "../observed/dependency-links.ts";
import type { ObservationOptions } from "../observed/observation-reading.ts";
import { at, quoted } from "../vizceral/place.ts";

/**
 * Reads what Jaeger answers to `GET /api/dependencies`: `{"data": [{"parent", "child", "callCount"}], "errors"}`. Jaeger counts no errors; where
 * its store is filled by a periodic job, the counts may be a day old. `data: null` is an empty list, as Jaeger writes it.
 */
export function readJaeger(input: unknown, options: ObservationOptions): Result<Observation, string> {
  if (!isJsonObject(input))
    return err(`Jaeger's dependencies are an object with "data", not ${quoted(input)}.`);
  const { data, errors } = input;
  if (Array.isArray(errors) && errors.length > 0 && !(Array.isArray(data) && data.length > 0)) {
    const first: unknown = errors[0];
    return err(`Jaeger answers with an error: ${quoted(isJsonObject(first) ? first["msg"] : first)}.`);
  }
  if (data === null || data === undefined) return ok(readLinks([], at(undefined, "data"), options));
  if (Array.isArray(data)) return ok(readLinks(data, at(undefined, "data"), options));
  return err(`"data" of Jaeger's dependencies is ${quoted(data)}, not a list of links.`);
}
