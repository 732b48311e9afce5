import { randomInt } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { mulberry32 } from "#base/random.ts";
import { err, ok, type Result } from "#base/result.ts";
import { clipSuffix } from "#protocol/recording/clip-format.ts";
import { openPast, type Past } from "#server/clips/open-past.ts";
import { recordPast } from "#server/clips/record-past.ts";
import type { FeedConfig } from "#server/config/feeds-config.ts";
import { temporaryFolder } from "#server/clips/temporary-folder.ts";
import { readConfig } from "#server/config/read-config.ts";
import { openFeed } from "#server/sources/merged/open-feed.ts";
import { systemClock } from "#server/system-clock.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { chooseFeed, pastFlags, readStretch, takeFlags, type PastStretch } from "./past-arguments.ts";
import { count, harmless } from "./plain-text.ts";
import { serve } from "./serve.ts";

/** What `spillway serve --from` ends with when the past cannot be had. */
const notServed = 1;

/** Whether the arguments ask for the past. */
export function asksForPast(argv: readonly string[]): boolean {
  return argv.some((argument) => /^--(?:from|to|step)(?:=|$)/.test(argument));
}

/** Serves what the sources of a feed know of the past, as `spillway replay` serves a clip; resolves to the exit code. */
export async function servePast(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  io: CliIo,
): Promise<number> {
  const { taken, others } = takeFlags(argv, pastFlags);
  const config = readConfig(others, environment);
  if (!config.ok) {
    for (const message of config.error.messages) io.err(`${message}\n`);
    return exitCodes.wrongUsage;
  }
  const clock = systemClock(config.value.clockStart);
  const stretch = readStretch(taken, clock);
  const feed = chooseFeed(config.value.feeds, taken.get("--feed"));
  if (!stretch.ok || !feed.ok || stretch.value === undefined) {
    io.err(`${stretch.ok ? (feed.ok ? "--from: write a moment." : feed.error) : stretch.error}\n`);
    return exitCodes.wrongUsage;
  }
  const { intervalMs, lingerMs } = config.value;
  const past = await fetchPast(feed.value, stretch.value, { intervalMs, lingerMs, clock, io });
  if (!past.ok) {
    io.err(harmless(`${past.error}\n`));
    return notServed;
  }
  try {
    return await serve(others, environment, io, { past: past.value, speed: undefined });
  } finally {
    await past.value.log.close();
  }
}

/** Asks the sources, and keeps what they say in a place that goes when it is closed. */
async function fetchPast(
  feed: FeedConfig,
  stretch: PastStretch,
  options: {
    readonly intervalMs: number;
    readonly lingerMs: number;
    readonly clock: ReturnType<typeof systemClock>;
    readonly io: CliIo;
  },
): Promise<Result<Past, string>> {
  const { intervalMs, lingerMs, clock, io } = options;
  const folder = await temporaryFolder("past");
  const path = join(folder, `past${clipSuffix}`);
  try {
    const random = mulberry32(randomInt(2 ** 32));
    const { parts } = openFeed(feed, { clock, random, intervalMs });
    const signal = new AbortController().signal;
    const { frames } = await recordPast({
      ...stretch,
      feed: feed.name,
      title: feed.title,
      parts,
      lingerMs,
      hasPseudonyms: false,
      path,
      isReplacing: false,
      signal,
    });
    io.err(harmless(`${feed.name}: ${count(frames, "frame")} of the past\n`));
    const past = await openPast(path);
    return past.ok ? ok(past.value) : past;
  } catch (error: unknown) {
    return err(error instanceof Error ? error.message : String(error));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
