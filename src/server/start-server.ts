import { randomBytes } from "node:crypto";
import { join } from "node:path";

import type { Logger } from "pino";

import type { Random } from "#base/random.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Clock } from "#base/time.ts";
import { startDrill as simulateDrill } from "#simulation/session/start-drill.ts";

import { isLoopback } from "./access/origin.ts";
import type { FeedConfig } from "./config/feeds-config.ts";
import type { ServerConfig } from "./config/server-config.ts";
import { SharedDrill, type StartDrill } from "./drills/shared-drill.ts";
import { BookmarkStore } from "./bookmarks/bookmark-store.ts";
import { Audience } from "./feed/audience.ts";
import { Feed } from "./feed/feed.ts";
import { pause } from "./feed/run-source.ts";
import { FrameStore } from "./frames/frame-store.ts";
import { addApi } from "./http/api-routes.ts";
import { createHttp, stripBasePath, type FeedReadiness } from "./http/create-http.ts";
import { feedFolder, openLog } from "./log/open-log.ts";
import type { Recording } from "./log/recording.ts";
import { createMetrics } from "./metrics.ts";
import { packageVersion } from "./package-root.ts";
import { Gateway } from "./sockets/gateway.ts";
import { openFeed } from "./sources/merged/open-feed.ts";
import { openSource, type OpenedSource } from "./sources/open-source.ts";
import { pushFeed, pushPrefix } from "./sources/push/push-feed.ts";
import {
  watchAudience,
  watchDrills,
  watchFeed,
  watchLog,
  watchNotices,
  watchPeaks,
  watchSources,
} from "./watch.ts";
import { zlibCodec } from "./zlib-codec.ts";

/** Links to older ones lead nowhere; at the sample's 20 kB each they take 2 MB, at the largest graph's a few hundred. */
const greatestFrozenFrames = 100;

export interface ServerParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Folder of package.json. */
  readonly root: string;
  /** Folder of the built page. */
  readonly pageFolder?: string;
  /** In place of the sources that the settings name. */
  readonly sources?: readonly OpenedSource[] | undefined;
  /** In place of the simulation; for tests. */
  readonly startDrill?: StartDrill;
}

export interface RunningServer {
  /** Where people reach the page. */
  readonly url: string;
  readonly port: number;
  /** Sends everybody away and stops; resolves when nothing is left. */
  stop(): Promise<void>;
}

/** Starts everything, or says in a sentence why not. Nothing is left running when it fails. */
export async function startServer(
  config: ServerConfig,
  parts: ServerParts,
): Promise<Result<RunningServer, string>> {
  const unsafe = whyUnsafe(config);
  if (unsafe !== undefined) return err(unsafe);
  const sources = parts.sources === undefined ? await openSources(config, parts) : ok(parts.sources);
  if (!sources.ok) return sources;

  const { clock, random, logger, root, startDrill = simulateDrill } = parts;
  const metrics = createMetrics();
  const recordings = new Map<string, Recording>();
  const feeds: Feed[] = [];
  const bookmarks = new Map<string, BookmarkStore>();
  for (const { feed: id, source, past, peaks } of sources.value) {
    const { log, recording } = await openLog({
      feed: id,
      isRecorded: config.isRecorded,
      dataFolder: config.dataFolder,
      keepMs: config.keepMs,
      keepBytes: config.keepBytes,
      freshEpoch: randomBytes(12).toString("hex"),
      past,
      clock,
      watch: watchLog(id, metrics, logger),
    });
    if (recording !== undefined) recordings.set(id, recording);
    const isKept = recording !== undefined && past === undefined;
    if (isKept) peaks?.keepIn(join(feedFolder(config.dataFolder, id), "peaks.json"), watchPeaks(id, logger));
    bookmarks.set(
      id,
      new BookmarkStore({
        path: isKept ? join(feedFolder(config.dataFolder, id), "bookmarks.json") : undefined,
        initial: past?.bookmarks ?? [],
        newId: () => randomBytes(6).toString("hex"),
        onSetAside: (file, as) =>
          logger.error(
            { feed: id, file, as },
            `The bookmarks of ${id} are damaged and were renamed to ${as}`,
          ),
      }),
    );
    const watch = watchFeed(id, metrics, logger);
    // What was recorded holds already what had fallen silent.
    const lingerMs = past === undefined ? config.lingerMs : 0;
    feeds.push(new Feed({ id, source, log, clock, random, lingerMs, watch }));
  }
  const basePath = config.publicUrl?.pathname ?? "/";
  const origins = {
    allowed: [...(config.publicUrl === undefined ? [] : [config.publicUrl.origin]), ...config.allowedOrigins],
    isLocalOnly: config.tokens.length === 0 && !config.insecureNoAuth,
  };
  let isDraining = false;
  const frames = new FrameStore({
    folder: join(config.dataFolder, "frames"),
    greatestFrames: greatestFrozenFrames,
    clock,
    onIgnored: (file, why) => logger.warn({ file }, `Passed over ${file}: ${why}`),
  });
  metrics.collect(async () => metrics.frozenFrames.set(await frames.count()));
  const http = await createHttp({
    logger,
    clock,
    metrics,
    tokens: config.tokens,
    origins,
    basePath,
    pageFolder: parts.pageFolder ?? join(root, "dist", "page"),
    isDraining: () => isDraining,
    feeds: () => feeds.map((feed) => readiness(feed, clock)),
    addApi: (api) =>
      addApi(api, {
        tokens: config.tokens,
        origins,
        clock,
        feeds,
        frames,
        recordings,
        bookmarks,
        mockData: join(root, "mock-data"),
        sources: sources.value,
      }),
  });
  const drills = new Map(
    feeds
      .filter((feed) => feed.isMadeUp && config.sharedDrills === "demo")
      .map((feed) => {
        const watch = watchDrills(feed.id, metrics, logger);
        return [feed.id, new SharedDrill({ feed, clock, startDrill, watch })] as const;
      }),
  );
  const gateway = new Gateway(http.server, {
    feeds,
    drills,
    gather: (feed, outlet) => {
      const watch = watchAudience(feed.id, metrics, logger);
      const drill = drills.get(feed.id);
      return new Audience({ feed, drill, outlet, codec: zlibCodec, clock, random, watch });
    },
    tokens: config.tokens,
    origins,
    caps: { total: config.maxViewers, perAddress: config.maxViewersPerAddress },
    clock,
    random,
    metrics,
    logger,
    version: packageVersion(root),
  });
  stripBasePath(http, basePath);
  for (const feed of feeds) {
    const { id } = feed;
    const audience = gateway.audiences.get(id);
    metrics.collect(() => {
      metrics.viewers.set({ feed: id }, audience?.size ?? 0);
      metrics.viewersBehind.set({ feed: id }, audience?.behind ?? 0);
      const age = readiness(feed, clock).newestFrameAgeMs;
      if (age !== undefined) metrics.frameAge.set({ feed: id }, age / 1000);
    });
    const merged = sources.value.find((opened) => opened.feed === id)?.merged;
    if (merged !== undefined) watchSources(id, merged, metrics, clock);
    watchNotices(feed, metrics);
    metrics.collect(async () => {
      const bytes = await recordings.get(id)?.bytes();
      if (bytes !== undefined) metrics.recordingBytes.set({ feed: id }, bytes);
    });
  }

  try {
    await http.listen({ host: config.host, port: config.port });
  } catch (error: unknown) {
    await gateway.close("The server could not start.");
    await http.close();
    await Promise.all(feeds.map((feed) => feed.log.close()));
    return err(whyNotListening(error, config));
  }
  const stopSources = new AbortController();
  const running = feeds.map((feed) => feed.run(stopSources.signal));
  const { port } = addressOf(http.server.address());

  return ok({
    port,
    url: config.publicUrl?.href ?? `http://${urlHost(config.host)}:${port}/`,
    async stop() {
      isDraining = true;
      await pause(clock, config.drainMs, new AbortController().signal);
      for (const drill of drills.values()) drill.stop("The server is stopping.");
      stopSources.abort();
      await Promise.all(running);
      await gateway.close("The server is stopping.");
      await Promise.all(sources.value.map(async ({ peaks }) => peaks?.save()));
      await Promise.all(feeds.map((feed) => feed.log.close()));
      await http.close();
    },
  });
}

/** Opens what the settings name; nothing runs yet. */
export async function openSources(
  config: ServerConfig,
  { clock, random, root }: Pick<ServerParts, "clock" | "random" | "root">,
): Promise<Result<readonly OpenedSource[], string>> {
  const opened: OpenedSource[] = [];
  for (const spec of config.sources) {
    if (spec.startsWith(pushPrefix)) {
      const feed = pushFeed(spec);
      if (!feed.ok) return feed;
      opened.push(openedFeed(feed.value));
      continue;
    }
    const { seed, intervalMs, jitter, demoFrozenAt, isRepeated } = config;
    const demoFile = join(root, "mock-data", "topologies", "three-regions.json");
    const options = { clock, seed, intervalMs, jitter, demoFile, demoFrozenAt, isRepeated };
    const source = await openSource(spec, options);
    if (!source.ok) {
      await Promise.all(opened.map(async ({ past }) => past?.log.close()));
      return source;
    }
    const { feed } = source.value;
    const same = opened.filter((other) => other.feed.replace(/-\d+$/, "") === feed).length;
    opened.push({ ...source.value, feed: same === 0 ? feed : `${feed}-${same + 1}` });
  }
  opened.push(...config.feeds.map((feed) => openedFeed(feed)));
  return opened.length === 0 ? err("There is no source to show. Name one with --source.") : ok(opened);

  function openedFeed(feed: FeedConfig): OpenedSource {
    const { source, ...rest } = openFeed(feed, { clock, random, intervalMs: config.intervalMs });
    return { feed: feed.name, source, merged: source, ...rest };
  }
}

function readiness(feed: Feed, clock: Clock): FeedReadiness {
  const at = feed.head?.snapshot.at;
  return {
    feed: feed.id,
    newestFrameAgeMs: at === undefined ? undefined : clock.now() - at,
    problems: feed.problems.length,
  };
}

function whyUnsafe({ host, publicUrl, tokens, insecureNoAuth }: ServerConfig): string | undefined {
  if (tokens.length > 0 || insecureNoAuth) return undefined;
  const remedy =
    "Set SPILLWAY_TOKENS=viewer:SECRET (spillway token makes one), or pass --insecure-no-auth if everybody may see the traffic.";
  if (host !== "localhost" && !isLoopback(host)) {
    return `Spillway does not listen on ${host} without tokens: whoever reaches that address would be an operator. ${remedy}`;
  }
  if (publicUrl !== undefined) {
    return `Spillway does not open ${publicUrl.href} without tokens: whoever reaches it would be an operator. ${remedy}`;
  }
  return undefined;
}

function whyNotListening(error: unknown, { host, port }: ServerConfig): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use, perhaps by another Spillway. Stop that one, or pass another port: --port ${port === 65_535 ? 0 : port + 1}.`;
  }
  if (code === "EACCES")
    return `This user may not listen on port ${port}. Pass a port from 1024 up: --port 4870.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `This machine has no address ${host}. Pass --host 127.0.0.1, or --host 0.0.0.0 for all of its addresses.`;
  }
  return `Spillway cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}

function addressOf(address: string | { port: number } | null): { readonly port: number } {
  return typeof address === "object" && address !== null ? address : { port: 0 };
}

/** A host as it stands in an address; all addresses of the machine are reached by this one. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
