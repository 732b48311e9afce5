import { stringify } from "yaml";

import type { FeedConfig } from "./feeds-config.ts";
import type { ServerConfig } from "./server-config.ts";

/** The settings as a file could hold them; secrets are masked. */
export function printConfig(config: ServerConfig): string {
  const { publicUrl, logFormat, clockStart, demoFrozenAt } = config;
  return stringify({
    source: config.sources,
    ...(config.feeds.length === 0 ? {} : { feeds: config.feeds.map(printFeed) }),
    interval: `${config.intervalMs}ms`,
    jitter: config.jitter,
    seed: config.seed,
    linger: `${config.lingerMs}ms`,
    loop: config.isRepeated,
    data: config.dataFolder,
    record: config.isRecorded ? "on" : "off",
    keep: `${config.keepMs}ms`,
    keepBytes: config.keepBytes,
    sharedDrills: config.sharedDrills,
    host: config.host,
    port: config.port,
    open: config.open,
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.href }),
    allowOrigin: config.allowedOrigins,
    insecureNoAuth: config.insecureNoAuth,
    tokens: config.tokens.map(({ name, role }) => ({ name, role, sha256: "(kept secret)" })),
    maxViewers: config.maxViewers,
    maxViewersPerAddress: config.maxViewersPerAddress,
    drain: `${config.drainMs}ms`,
    logLevel: config.logLevel,
    ...(logFormat === undefined ? {} : { logFormat }),
    ...(clockStart === undefined ? {} : { clockStart: new Date(clockStart).toISOString() }),
    ...(demoFrozenAt === undefined ? {} : { demoFrozenAt: `${demoFrozenAt}ms` }),
  });
}

/** A source's own settings may hold passwords and tokens: only the kind is told. */
function printFeed({ name, title, sources }: FeedConfig) {
  return { name, title, sources: sources.map(({ name: own, kind }) => ({ kind, name: own })) };
}
