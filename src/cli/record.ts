import { randomInt } from "node:crypto";
import { join } from "node:path";

import { mulberry32, type Random } from "#base/random.ts";
import { err, ok, type Result } from "#base/result.ts";
import { every, type Clock } from "#base/time.ts";
import { clipSuffix } from "#protocol/recording/clip-format.ts";
import { recordClip, type RecordedClip } from "#server/clips/record-clip.ts";
import { recordPast } from "#server/clips/record-past.ts";
import type { FeedConfig } from "#server/config/feeds-config.ts";
import { readConfig } from "#server/config/read-config.ts";
import type { ServerConfig } from "#server/config/server-config.ts";
import { readTime } from "#server/config/values.ts";
import { packageRoot } from "#server/package-root.ts";
import { openFeed } from "#server/sources/merged/open-feed.ts";
import { openSource, type OpenedSource } from "#server/sources/open-source.ts";
import { systemClock } from "#server/system-clock.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { chooseFeed, pastFlags, pastUsage, readStretch, type PastStretch } from "./past-arguments.ts";
import { count, harmless } from "./plain-text.ts";

/** What `spillway record` ends with when nothing could be recorded. */
const notRecorded = 1;

export const recordUsage = `Usage: spillway record --source SOURCE --out NAME${clipSuffix} [flags]
       spillway record --config FILE --from MOMENT --out NAME${clipSuffix} [flags]

Records traffic into a clip, without a page and without a server, until --for is over or it is told to stop
(Ctrl+C, SIGTERM). What was recorded up to a minute before a sudden end can be read all the same.

With --from it asks the sources of a feed for the past instead: nothing need have run then.

  --source SOURCE      what to record: as of spillway serve; or a feed of the file that --config names
${pastUsage}
  --out FILE           where to
  --for TIME           how long: 30s, 10m, 2h
  --pseudonyms         replace names (region-1, service-17), leave out metadata and the texts of notices
  --force              replace the file if it is there
  --interval, --jitter, --seed, --linger, --loop, --config
                       as of spillway serve
  --help               print this

Ends with 0 when the clip is whole, 1 when nothing could be recorded, 3 when it was called wrongly.
`;

interface Request {
  readonly config: ServerConfig;
  /** As people write it, or a feed of the settings. */
  readonly source: string | FeedConfig;
  /** What it is asked for of the past, in place of the present. */
  readonly stretch: PastStretch | undefined;
  readonly out: string;
  readonly forMs: number | undefined;
  readonly hasPseudonyms: boolean;
  readonly isReplacing: boolean;
}

export interface RecordParts {
  readonly clock?: Clock;
  /** Stops the recording. */
  readonly signal?: AbortSignal;
}

/** Runs `spillway record` with the arguments that follow the word; resolves to the exit code. */
export async function runRecord(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  io: CliIo,
  parts: RecordParts = {},
): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    io.out(recordUsage);
    return exitCodes.done;
  }
  const request = readRequest(argv, environment, parts.clock);
  if (!request.ok) {
    io.err(`${request.error}\n\n${recordUsage}`);
    return exitCodes.wrongUsage;
  }
  const { config, source, stretch, out, forMs, hasPseudonyms, isReplacing } = request.value;
  const clock = parts.clock ?? systemClock(config.clockStart);
  const random = mulberry32(randomInt(2 ** 32));
  const opened = await open(source, config, { clock, random });
  if (!opened.ok) {
    io.err(harmless(`${opened.error}\n`));
    return exitCodes.wrongUsage;
  }
  const stop = new AbortController();
  const cancel = forMs === undefined ? () => {} : clock.after(forMs, () => stop.abort());
  const release = stopOnSignals(stop, parts.signal);
  // A source that has nothing more to say leaves nothing that keeps the process alive.
  const awake = every(clock, 60_000, () => {});
  try {
    const shared = {
      lingerMs: config.lingerMs,
      hasPseudonyms,
      path: out,
      isReplacing,
      signal: stop.signal,
    };
    const { feed, parts: asked = [] } = opened.value;
    const recorded =
      stretch === undefined
        ? await recordClip({
            ...opened.value,
            ...shared,
            clock,
            random,
            onFailure: (message) => io.err(harmless(`${message}\n`)),
          })
        : await recordPast({ ...shared, ...stretch, feed, title: opened.value.source.title, parts: asked });
    io.out(harmless(`${told(out, recorded)}\n`));
    return recorded.frames === 0 ? notRecorded : exitCodes.done;
  } catch (error: unknown) {
    io.err(harmless(`${error instanceof Error ? error.message : String(error)}\n`));
    return notRecorded;
  } finally {
    cancel();
    awake();
    release();
    await opened.value.past?.log.close();
  }
}

function open(
  source: string | FeedConfig,
  config: ServerConfig,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<Result<OpenedSource, string>> | Result<OpenedSource, string> {
  if (typeof source !== "string")
    return ok({ feed: source.name, ...openFeed(source, { clock, random, intervalMs: config.intervalMs }) });
  const demoFile = join(packageRoot(), "mock-data", "topologies", "three-regions.json");
  return openSource(source, { ...config, clock, demoFile });
}

function told(out: string, { frames, bytes }: RecordedClip): string {
  return `${out}: ${count(frames, "frame")}, ${count(bytes, "byte")}`;
}

/** The second signal ends the process at once. */
function stopOnSignals(stop: AbortController, outer: AbortSignal | undefined): () => void {
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(notRecorded);
    stop.abort();
  };
  outer?.addEventListener("abort", () => stop.abort(), { once: true });
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return () => {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
}

const ownFlags = ["--out", "--for", "--pseudonyms", "--force", ...pastFlags] as const;

/** Takes the flags of its own; the others are settings. */
function readRequest(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  given: Clock | undefined,
): Result<Request, string> {
  const own = new Map<string, string>();
  const settings: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const argument = argv[i] ?? "";
    const [flag = "", ...rest] = argument.split("=");
    if (!ownFlags.some((name) => name === flag)) settings.push(argument);
    else if (flag === "--pseudonyms" || flag === "--force") own.set(flag, "");
    else if (rest.length > 0) own.set(flag, rest.join("="));
    else {
      i += 1;
      own.set(flag, argv[i] ?? "");
    }
  }
  const config = readConfig(settings, environment);
  if (!config.ok) return err(config.error.messages.join("\n"));
  const stretch = readStretch(own, given ?? systemClock(config.value.clockStart));
  if (!stretch.ok) return stretch;
  const source = chooseSource(config.value, own.get("--feed"), stretch.value !== undefined);
  if (!source.ok) return source;
  const out = own.get("--out") ?? "";
  if (!out.endsWith(clipSuffix)) return err(`--out: write a path that ends in ${clipSuffix}.`);
  const forText = own.get("--for");
  const forMs = forText === undefined ? undefined : readTime(forText);
  if (forText !== undefined && forMs === undefined) {
    return err("--for: write a time such as 30s, 10m or 2h.");
  }
  return ok({
    config: config.value,
    source: source.value,
    stretch: stretch.value,
    out,
    forMs,
    hasPseudonyms: own.has("--pseudonyms"),
    isReplacing: own.has("--force"),
  });
}

/** A feed of the settings has parts that can be asked for the past; what stands in --source has none. */
function chooseSource(
  { sources, feeds }: ServerConfig,
  feed: string | undefined,
  isPast: boolean,
): Result<string | FeedConfig, string> {
  if (isPast || feed !== undefined || (sources.length === 0 && feeds.length > 0))
    return chooseFeed(feeds, feed);
  const [source, ...others] = sources;
  return source === undefined || others.length > 0
    ? err("spillway record takes one --source; run it once for each.")
    : ok(source);
}
