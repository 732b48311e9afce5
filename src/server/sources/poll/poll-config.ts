import * as z from "zod";

import { trafficFormats, type TrafficFormat } from "#formats/observed/traffic-format.ts";

import { time } from "../../config/values.ts";
import type { HttpSettings } from "../outgoing/http-client.ts";
import { httpKeys, httpSettings, httpUrl } from "../outgoing/http-settings.ts";

export interface PollConfig {
  readonly url: URL;
  /** Undefined: told by the shape of each answer. */
  readonly format: TrafficFormat | undefined;
  readonly everyMs: number;
  /** How far Zipkin and Jaeger are asked to look back. */
  readonly lookbackMs: number;
  readonly http: HttpSettings;
}

/** Where Zipkin and Jaeger answer, whatever stands before it. */
const formatOfPath: readonly (readonly [RegExp, TrafficFormat])[] = [
  [/\/api\/v2\/dependencies\/?$/, "zipkin"],
  [/\/api\/dependencies\/?$/, "jaeger"],
  [/\/api\/namespaces\/graph\/?$/, "kiali"],
];

const formats = z.enum(trafficFormats, `write one of ${trafficFormats.join(", ")}`);

export const pollSchema = z
  .strictObject({
    url: httpUrl,
    format: formats.optional(),
    interval: time(1_000, 3_600_000).default(10_000),
    lookback: time(60_000, 30 * 86_400_000).optional(),
    ...httpKeys,
  })
  .transform(({ url, format, interval, lookback, ...http }, context): PollConfig => {
    const known = format ?? formatOfPath.find(([path]) => path.test(url.pathname))?.[1];
    const looksBack = known === "zipkin" || known === "jaeger";
    if (lookback !== undefined && !looksBack) {
      context.addIssue({
        code: "custom",
        path: ["lookback"],
        message: "only Zipkin and Jaeger look back; write format: zipkin or format: jaeger, or leave it out",
      });
      return z.NEVER;
    }
    const settings = httpSettings(http);
    return { url, format: known, everyMs: interval, lookbackMs: lookback ?? 3_600_000, http: settings };
  });
