import * as z from "zod";

import type { NoticeSeverity } from "#domain/notice.ts";
import type { Limit, Threshold } from "#domain/observed/thresholds.ts";

import { number, time } from "./values.ts";

/** "5%", or 0.05. */
const share = z.union([z.string(), z.number()]).transform((raw, context) => {
  const [, percent] = /^(\d+(?:\.\d+)?)\s*%$/.exec(String(raw).trim()) ?? [];
  const value = percent === undefined ? Number(raw) : Number(percent) / 100;
  if (value > 0 && value <= 1 && String(raw).trim() !== "") return value;
  context.addIssue("write a share such as 5%");
  return z.NEVER;
});

const severities: Readonly<Record<string, NoticeSeverity>> = { info: 0, warning: 1, error: 2 };

const threshold = z
  .strictObject({
    title: z.string().min(1).max(256).optional(),
    region: z.string().min(1).optional(),
    service: z.string().min(1).optional(),
    errors: share.optional(),
    latency: time(1, 3_600_000).optional(),
    quantile: z.enum(["p50", "p95", "p99"], "write p50, p95 or p99").optional(),
    volumeDrop: share.optional(),
    over: time(60_000, 86_400_000).optional(),
    for: time(0, 86_400_000).default(30_000),
    minVolume: number(0, 1e9, false).default(1),
    severity: z.enum(["info", "warning", "error"], "write info, warning or error").default("warning"),
  })
  .transform((written, context): Threshold => {
    const limit = limitOf(written);
    if (typeof limit === "string") {
      context.addIssue({ code: "custom", message: limit });
      return z.NEVER;
    }
    const { title = titleOf(limit), region, service } = written;
    // Without either, all services are meant.
    return {
      title,
      region,
      service: region === undefined ? (service ?? "*") : service,
      limit,
      forMs: written.for,
      leastVolume: written.minVolume,
      severity: severities[written.severity] ?? 1,
    };
  });

interface Written {
  readonly errors?: number | undefined;
  readonly latency?: number | undefined;
  readonly quantile?: "p50" | "p95" | "p99" | undefined;
  readonly volumeDrop?: number | undefined;
  readonly over?: number | undefined;
}

function limitOf({ errors, latency, quantile, volumeDrop, over }: Written): Limit | string {
  const given = [errors, latency, volumeDrop].filter((value) => value !== undefined);
  if (given.length !== 1) return "write one of errors: 5%, latency: 800ms and volumeDrop: 50%";
  if (quantile !== undefined && latency === undefined) return "quantile: goes with latency:";
  if (over !== undefined && volumeDrop === undefined) return "over: goes with volumeDrop:";
  if (errors !== undefined) return { kind: "errors", share: errors };
  if (latency !== undefined) return { kind: "latency", quantile: quantile ?? "p95", ms: latency };
  return { kind: "volumeDrop", share: volumeDrop ?? 1, overMs: over ?? 600_000 };
}

/** Without the figure of the moment, which would make a new notice of it with every frame. */
function titleOf(limit: Limit): string {
  switch (limit.kind) {
    case "errors":
      return `More than ${inPercent(limit.share)} of the requests fail`;
    case "latency":
      return `${limit.quantile} is above ${limit.ms} ms`;
    case "volumeDrop":
      return `Traffic is ${inPercent(limit.share)} below the usual, or more`;
  }
}

function inPercent(value: number): string {
  return `${Number((value * 100).toPrecision(3))} %`;
}

export const thresholdsSchema = z.array(threshold, 'write a list: "- errors: 5%"').max(100).default([]);
