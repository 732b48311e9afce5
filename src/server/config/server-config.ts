import { resolve } from "node:path";

import * as z from "zod";

import type { Millis } from "#base/time.ts";

import { feedsSchema, type FeedConfig } from "./feeds-config.ts";
import { tokens, type TokenEntry } from "./token-setting.ts";
import { flag, list, number, size, time } from "./values.ts";

/** What the server runs with: every value checked, units in the names. */
export interface ServerConfig {
  readonly sources: readonly string[];
  readonly feeds: readonly FeedConfig[];
  readonly intervalMs: number;
  readonly jitter: number;
  readonly seed: number;
  readonly lingerMs: number;
  /** Recordings that are played begin again when they end. */
  readonly isRepeated: boolean;
  /** Made when something is kept for the first time. */
  readonly dataFolder: string;
  readonly isRecorded: boolean;
  /** Recorded days older than this are removed, and the oldest when all are larger than `keepBytes`. */
  readonly keepMs: number;
  readonly keepBytes: number;
  readonly sharedDrills: "demo" | "nowhere";
  readonly host: string;
  readonly port: number;
  readonly open: boolean;
  /** Ends in a slash. */
  readonly publicUrl: URL | undefined;
  readonly allowedOrigins: readonly string[];
  readonly insecureNoAuth: boolean;
  readonly tokens: readonly TokenEntry[];
  readonly maxViewers: number;
  readonly maxViewersPerAddress: number;
  readonly drainMs: number;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  readonly logFormat: "text" | "json" | undefined;
  readonly clockStart: Millis | undefined;
  readonly demoFrozenAt: Millis | undefined;
}

const publicUrl = z.string().transform((raw, context) => {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "") {
    if (!url.pathname.endsWith("/")) url.pathname += "/";
    return url;
  }
  context.addIssue("write an address such as https://traffic.example/ or https://host.example/base/");
  return z.NEVER;
});

const origin = z.string().transform((raw, context) => {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url !== undefined && url.origin !== "null" && url.pathname === "/" && url.search === "")
    return url.origin;
  context.addIssue("write an origin such as https://other.example, without a path");
  return z.NEVER;
});

const moment = z.union([z.string(), z.number()]).transform((raw, context): Millis => {
  const at = typeof raw === "number" ? raw : Date.parse(raw);
  if (Number.isFinite(at)) return at;
  context.addIssue("write a moment such as 2026-01-06T12:00:00Z");
  return z.NEVER;
});

/** The names are those of `settings`. */
export const configSchema = z
  .strictObject({
    source: list.optional(),
    feeds: feedsSchema.default([]),
    interval: time(100, 3_600_000).default(1000),
    jitter: number(0, 1, false).default(0),
    seed: number(0, 0xffff_ffff, true).default(1),
    linger: time(0, 86_400_000).default(300_000),
    loop: flag.default(false),
    data: z.string().min(1, "write the path of a folder"),
    record: z.enum(["on", "off"], "write on or off").default("on"),
    keep: time(3_600_000, 3650 * 86_400_000).default(7 * 86_400_000),
    keepBytes: size.default(10 * 2 ** 30),
    sharedDrills: z.enum(["demo", "nowhere"], "write demo or nowhere").default("demo"),
    host: z.string().min(1).default("127.0.0.1"),
    port: number(0, 65_535, true).default(4870),
    open: flag.default(false),
    publicUrl: publicUrl.optional(),
    allowOrigin: list.pipe(z.array(origin)).default([]),
    insecureNoAuth: flag.default(false),
    tokens: tokens.default([]),
    maxViewers: number(1, 1_000_000, true).default(5000),
    maxViewersPerAddress: number(1, 1_000_000, true).default(100),
    drain: time(0, 5_000).default(0),
    logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
    logFormat: z.enum(["text", "json"]).optional(),
    clockStart: moment.optional(),
    demoFrozenAt: time(0, 86_400_000).optional(),
  })
  .transform(
    ({ source, interval, linger, loop, data, record, keep, allowOrigin, drain, ...rest }): ServerConfig => ({
      ...rest,
      // Whoever names feeds of their own does not want the demo beside them.
      sources: source ?? (rest.feeds.length > 0 ? [] : ["demo"]),
      intervalMs: interval,
      lingerMs: linger,
      isRepeated: loop,
      dataFolder: resolve(data),
      isRecorded: record === "on",
      keepMs: keep,
      allowedOrigins: allowOrigin,
      drainMs: drain,
      publicUrl: rest.publicUrl,
      logFormat: rest.logFormat,
      clockStart: rest.clockStart,
      demoFrozenAt: rest.demoFrozenAt,
    }),
  );
