import { randomInt } from "node:crypto";

import { isoTime } from "#base/iso-time.ts";
import { mulberry32 } from "#base/random.ts";
import type { Past } from "#server/clips/open-past.ts";
import { printConfig } from "#server/config/print-config.ts";
import { readConfig } from "#server/config/read-config.ts";
import { createLogger, type ServerLogger } from "#server/logging.ts";
import { packageRoot } from "#server/package-root.ts";
import { playPast } from "#server/sources/open-source.ts";
import { startServer, type RunningServer } from "#server/start-server.ts";
import { systemClock } from "#server/system-clock.ts";

import type { CliIo } from "./cli-io.ts";
import { dryRun } from "./dry-run.ts";
import { exitCodes } from "./exit-codes.ts";
import { serveHelpText } from "./help.ts";
import { openBrowser } from "./open-browser.ts";

/** What is not done by then will not be done. */
const patienceMs = 10_000;

/** What is served in place of the sources. */
export interface Replay {
  readonly past: Past;
  /** The page plays it from its beginning at this speed; undefined: along with everybody, at its own. */
  readonly speed: number | undefined;
}

/**
 * Serves until a signal tells it to stop; resolves to the exit code. With a past, that is all there is: it takes the place of the sources, and the server's clock
 * begins where it begins.
 */
export async function serve(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  io: CliIo,
  replay?: Replay,
): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    io.out(serveHelpText());
    return 0;
  }
  const isPrinting = argv.includes("--print-config");
  const isDry = argv.includes("--dry-run");
  const config = readConfig(
    argv.filter((argument) => argument !== "--print-config" && argument !== "--dry-run"),
    environment,
  );
  if (!config.ok) {
    for (const message of config.error.messages) io.err(`${message}\n`);
    return exitCodes.wrongUsage;
  }
  if (isPrinting) {
    io.out(printConfig(config.value));
    return 0;
  }
  if (isDry) return dryRun(config.value, io);
  const { logLevel, clockStart, open } = config.value;
  const logFormat = config.value.logFormat ?? (process.stdout.isTTY ? "text" : "json");
  const logger = createLogger({ level: logLevel, format: logFormat }, process.stdout);
  endOnBugs(logger);
  const { past } = replay ?? {};
  const clock = systemClock(past?.start ?? clockStart);
  const sources = past === undefined ? undefined : [playPast(past, clock, config.value.isRepeated)];
  const random = mulberry32(randomInt(2 ** 32));
  const server = await startServer(config.value, {
    clock,
    random,
    logger,
    root: packageRoot(),
    sources,
  });
  if (!server.ok) {
    io.err(`${server.error}\n`);
    return exitCodes.wrongUsage;
  }
  // Before it says that it is there: whoever starts it may stop it at once.
  const stopped = untilStopped(server.value, logger);
  const url = `${server.value.url}${replay === undefined ? "" : playing(replay)}`;
  logger.info({ url }, `Spillway is at ${url}`);
  if (logFormat === "text") logger.info("Stop it with Ctrl+C.");
  if (open) openBrowser(url, () => logger.warn(`No browser could be opened. Open ${url} yourself.`));
  return stopped;
}

/** The query of an address that plays a recording at a speed. */
function playing({ past, speed }: Replay): string {
  return speed === undefined
    ? ""
    : `?${new URLSearchParams({ time: isoTime(past.start), speed: String(speed) }).toString()}`;
}

function untilStopped(server: RunningServer, logger: ServerLogger): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (signal: NodeJS.Signals) => {
      if (isStopping) process.exit(1);
      isStopping = true;
      logger.info({ signal }, "Stopping");
      const deadline = setTimeout(() => process.exit(1), patienceMs);
      void server.stop().then(() => {
        clearTimeout(deadline);
        resolve(0);
      });
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });
}

/** The one boundary for what nobody expected: says so, and ends rather than to go on in a state that nobody knows. */
function endOnBugs(logger: ServerLogger): void {
  const end = (error: unknown) => {
    logger.fatal({ err: error }, "Spillway has a bug and stops");
    process.exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}
