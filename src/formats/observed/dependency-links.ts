import { isJsonObject } from "#base/json.ts";
import { classify } from "#domain/observed/classify.ts";
import type { Observation, ObservedService } from "#domain/observed/observation.ts";
import { regionOf } from "#domain/observed/region-rule.ts";

import { at, quoted, type Place } from "../vizceral/place.ts";
import { ObservationReading, type ObservationOptions } from "./observation-reading.ts";

/** What Zipkin and Jaeger look back when nobody says how far: both count a day. */
export const usualLookbackMs = 86_400_000;

const knownKeys = new Set(["parent", "child", "callCount", "errorCount"]);

/**
 * Reads what Zipkin and Jaeger call dependency links: who called whom, and how often in all of the look-back. The rates are averages over that time;
 * which is told, because they say nothing of what flows now.
 */
export function readLinks(
  links: readonly unknown[],
  place: Place | undefined,
  options: ObservationOptions,
): Observation {
  const reading = new ObservationReading(options);
  const windowMs = lookback(reading, options.windowMs);
  // The same object for the same service: merging compares ends by what they are, and fastest where they are one.
  const services = new Map<string, ObservedService>();
  const serviceOf = (name: string): ObservedService => {
    const known = services.get(name);
    if (known !== undefined) return known;
    const service = { kind: "service", region: regionOf({}, options.regions), name } as const;
    services.set(name, service);
    return service;
  };
  for (const [index, link] of links.entries()) readLink(link, at(place, index));
  return reading.finish(options.now, windowMs);

  function readLink(raw: unknown, here: Place): void {
    if (!isJsonObject(raw)) {
      reading.report("dropped", here, () => `${quoted(raw)} is no link between two services`, "left it out");
      return;
    }
    const parent = reading.name(raw["parent"], at(here, "parent"), "a service");
    const child = reading.name(raw["child"], at(here, "child"), "a service");
    if (parent === undefined || child === undefined) return;
    for (const key of Object.keys(raw)) {
      if (!knownKeys.has(key))
        reading.reportOnce("note", at(here, key), `unknown keys: ${key}`, "passed over");
    }
    const calls = reading.amount(raw["callCount"], at(here, "callCount"));
    const errors = reading.amount(raw["errorCount"], at(here, "errorCount"));
    if (errors > calls) {
      reading.report(
        "mended",
        at(here, "errorCount"),
        () => `${errors} errors in ${calls} calls`,
        "counted every call as an error",
      );
    }
    const failed = Math.min(errors, calls);
    const rates = { normal: (calls - failed) / (windowMs / 1000), warning: 0, danger: 0 };
    rates[classify({ isFailure: true }, options.statuses)] += failed / (windowMs / 1000);
    reading.add({ from: serviceOf(parent), to: serviceOf(child), rates }, here);
  }
}

function lookback(reading: ObservationReading, windowMs: number | undefined): number {
  if (windowMs === undefined) {
    const found = "the document does not say how long a time its calls are counted over";
    reading.reportOnce("note", undefined, found, "took 24 h, which is usual; the rates are averages over it");
    return usualLookbackMs;
  }
  const found = `the calls of ${spoken(windowMs)} are counted`;
  reading.reportOnce("note", undefined, found, "showed the average over that time, not what flows now");
  return windowMs;
}

/** "24 h", "15 min", "90 s". */
function spoken(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}
