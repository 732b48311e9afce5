import * as z from "zod";

import type { FreeMapping } from "#formats/prometheus/free-mapping.ts";
import { presets, type PresetName } from "#formats/prometheus/presets/presets.ts";

import { didYouMean } from "../../config/nearest-name.ts";
import { flag, time } from "../../config/values.ts";
import type { HttpSettings } from "../outgoing/http-client.ts";
import { httpKeys, httpSettings, httpUrl } from "../outgoing/http-settings.ts";
import { connectionsSchema, nodeNoticesSchema, regexp } from "./mapping-config.ts";

/** A source of the kind "prometheus". */
export interface PrometheusConfig {
  /** What stands before /api/v1; ends in a slash. */
  readonly url: URL;
  readonly http: HttpSettings;
  readonly everyMs: number;
  /** How far behind the present it asks: for systems whose data come late. */
  readonly delayMs: number;
  readonly windowMs: number;
  readonly asks: PresetAsk | MappingAsk;
  readonly externalRegionLabel: string;
  readonly entries: RegExp | undefined;
}

interface PresetAsk {
  readonly kind: "preset";
  readonly preset: PresetName;
  readonly matchers: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly metricPrefix: string;
  readonly hasLatency: boolean;
  readonly hasNativeHistograms: boolean;
  readonly hasCapacity: boolean;
  readonly statusLabel: string | undefined;
}

interface MappingAsk {
  readonly kind: "mapping";
  readonly mapping: Pick<FreeMapping, "connections" | "notices">;
}

const presetNames = Object.keys(presets).filter((name): name is PresetName => name in presets);

const labelName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "write the name of a label: letters, digits and _");

const presetName = z.string().transform((raw, context): PresetName => {
  const name = presetNames.find((known) => known === raw);
  if (name !== undefined) return name;
  context.addIssue(
    `there is no preset "${raw}";${didYouMean(raw, presetNames)} there are ${presetNames.join(", ")}, or connections: for queries of your own`,
  );
  return z.NEVER;
});

/** How long rates look back, unless something is said of it. The Collector hands its counts on every 60 s. */
const usualWindowMs: Readonly<Partial<Record<PresetName, number>>> = { "otel-servicegraph": 120_000 };
const otherWindowMs = 60_000;

/** Gateways of Istio and of the Gateway API, and what ingress controllers are usually called. */
const usualEntries = /ingress|^(?:traefik|nginx|kong|envoy-gateway)\b|-istio$/;

/** Settings that say something to presets only. */
const ofPresets = [
  "matchers",
  "labels",
  "metricPrefix",
  "statusLabel",
  "latency",
  "nativeHistograms",
  "capacity",
] as const;

/** People also write the address of the API itself. */
function baseOf(written: URL): URL {
  const url = new URL(written);
  url.search = url.hash = "";
  url.pathname = `${url.pathname.replace(/\/+(?:api\/v1(?:\/query)?\/*)?$/, "")}/`;
  return url;
}

export const prometheusSchema = z
  .strictObject({
    url: httpUrl.transform(baseOf),
    ...httpKeys,
    preset: presetName.optional(),
    connections: connectionsSchema.optional(),
    notices: nodeNoticesSchema.optional(),
    interval: time(500, 3_600_000).default(10_000),
    delay: time(0, 3_600_000).default(0),
    scrapeInterval: time(100, 3_600_000).default(15_000),
    window: time(1000, 86_400_000).optional(),
    externalRegionLabel: labelName.default("region"),
    entries: regexp.optional(),
    matchers: z
      .string()
      .regex(/^[^{}]+$/, 'write matchers without braces: cluster="a",env=~"prod|stage"')
      .optional(),
    labels: z.record(labelName, labelName).optional(),
    metricPrefix: z
      .string()
      .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, "write what stands before the names of metrics, such as otel_")
      .optional(),
    statusLabel: labelName.optional(),
    latency: flag.optional(),
    nativeHistograms: flag.optional(),
    capacity: flag.optional(),
  })
  .transform((raw, context): PrometheusConfig => {
    const { preset, connections, notices = [], scrapeInterval, window } = raw;
    const fault = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (window !== undefined && window < 2 * scrapeInterval) {
      fault(
        "window",
        `a rate needs two scrapes: write ${(2 * scrapeInterval) / 1000}s or more, or the true scrapeInterval (now ${scrapeInterval / 1000}s)`,
      );
    }
    if (preset !== undefined && (connections !== undefined || notices.length > 0)) {
      fault("preset", "write either a preset or queries of your own; two sources can stand side by side");
    }
    if (preset === undefined && connections === undefined) {
      fault(
        "preset",
        `say what to ask: one of ${presetNames.join(", ")}, or connections: with queries of your own`,
      );
    }
    const useless = preset === undefined ? ofPresets.find((name) => raw[name] !== undefined) : undefined;
    if (useless !== undefined)
      fault(useless, "this says something to presets only; write it into the queries");
    const usual = (preset === undefined ? undefined : usualWindowMs[preset]) ?? otherWindowMs;
    return {
      url: raw.url,
      http: httpSettings(raw),
      everyMs: raw.interval,
      delayMs: raw.delay,
      windowMs: window ?? Math.max(usual, 2 * scrapeInterval),
      externalRegionLabel: raw.externalRegionLabel,
      entries: raw.entries ?? (preset === undefined ? undefined : usualEntries),
      asks:
        preset === undefined
          ? { kind: "mapping", mapping: { connections: connections ?? [], notices } }
          : {
              kind: "preset",
              preset,
              matchers: raw.matchers,
              labels: new Map(Object.entries(raw.labels ?? {})),
              metricPrefix: raw.metricPrefix ?? "",
              hasLatency: raw.latency ?? true,
              hasNativeHistograms: raw.nativeHistograms ?? false,
              hasCapacity: raw.capacity ?? true,
              statusLabel: raw.statusLabel,
            },
    };
  });
