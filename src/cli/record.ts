import { randomInt } from "node:crypto";
import { join } from "node:path";

import { mulberry32 } from "#base/random.ts";
import { err, ok, type Result } from "#base/result.ts";
import { every, type Clock } from "#base/time.ts";
import { clipSuffix } from "#protocol/recording/clip-format.ts";
import { recordClip, type RecordedClip } from "#server/clips/record-clip.ts";
import { readConfig } from "#server/config/read-config.ts";
import type { ServerConfig } from "#server/config/server-config.ts";
import { readTime } from "#server/config/values.ts";
import { packageRoot } from "#server/package-root.ts";
import { openSource } from "#server/sources/open-source.ts";
import { systemClock } from "#server/system-clock.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { count, harmless } from "./plain-text.ts";

/** What `spillway record` ends with when nothing could be recorded. */
const notRecorded = 1;

export const recordUsage = `Usage: spillway record --source SOURCE --out NAME${clipSuffix} [flags]

Records traffic into a clip, without a page and without a server, until --for is over or it is told to stop
(Ctrl+C, SIGTERM). What was recorded up to a minute before a sudden end can be read all the same.

  --source SOURCE      what to record: as of spillway serve
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
  readonly source: string;
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
  const request = readRequest(argv, environment);
  if (!request.ok) {
    io.err(`${request.error}\n\n${recordUsage}`);
    return exitCodes.wrongUsage;
  }
  const { config, source: spec, out, forMs, hasPseudonyms, isReplacing } = request.value;
  const clock = parts.clock ?? systemClock(config.clockStart);
  const demoFile = join(packageRoot(), "mock-data", "topologies", "three-regions.json");
  const opened = await openSource(spec, { ...config, clock, demoFile });
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
    const recorded = await recordClip({
      ...opened.value,
      clock,
      random: mulberry32(randomInt(2 ** 32)),
      lingerMs: config.lingerMs,
      hasPseudonyms,
      path: out,
      isReplacing,
      signal: stop.signal,
      onFailure: (message) => io.err(harmless(`${message}\n`)),
    });
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

const ownFlags = ["--out", "--for", "--pseudonyms", "--force"] as const;

/** Takes the flags of its own; the others are settings. */
function readRequest(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
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
  const [source, ...others] = config.value.sources;
  if (source === undefined || others.length > 0) {
    return err("spillway record takes one --source; run it once for each.");
  }
  const out = own.get("--out") ?? "";
  if (!out.endsWith(clipSuffix)) return err(`--out: write a path that ends in ${clipSuffix}.`);
  const forText = own.get("--for");
  const forMs = forText === undefined ? undefined : readTime(forText);
  if (forText !== undefined && forMs === undefined) {
    return err("--for: write a time such as 30s, 10m or 2h.");
  }
  return ok({
    config: config.value,
    source,
    out,
    forMs,
    hasPseudonyms: own.has("--pseudonyms"),
    isReplacing: own.has("--force"),
  });
}
