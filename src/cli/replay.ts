import { err, ok, type Result } from "#base/result.ts";
import { replaySpeeds } from "#protocol/recording/replay-speeds.ts";
import { openPast } from "#server/clips/open-past.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { harmless } from "./plain-text.ts";
import { serve } from "./serve.ts";

export const replayUsage = `Usage: spillway replay PATH [--speed N] [--loop] [--open] [flags of spillway serve]

Serves a page that shows something recorded, and nothing else: no source, no network but this page. PATH is a
clip, a JSON file of Vizceral's format, a file with such a document on each line, or a folder of such files.

The page begins where the recording begins and plays it at its own pace; the timeline goes anywhere in it, at
any speed. At the end the picture stands still; with --loop it begins again. With --speed the address that is
printed and opened plays it from its beginning, ${replaySpeeds.join(", ")} times as fast.

Ends as spillway serve does; with 1 when PATH cannot be replayed.
`;

/** What `spillway replay` ends with when there is nothing to replay. */
const notReplayed = 1;

/** Runs `spillway replay` with the arguments that follow the word; resolves to the exit code. */
export async function runReplay(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  io: CliIo,
): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    io.out(replayUsage);
    return exitCodes.done;
  }
  const [path, ...rest] = argv;
  if (path === undefined || path.startsWith("--")) {
    io.err(`spillway replay needs a path first: what to replay.\n\n${replayUsage}`);
    return exitCodes.wrongUsage;
  }
  if (rest.some((flag) => /^--(source|clock-start)\b/.test(flag))) {
    io.err(`spillway replay takes neither --source nor --clock-start: the recording has both.\n`);
    return exitCodes.wrongUsage;
  }
  const flags = takeSpeed(rest);
  if (!flags.ok) {
    io.err(`${flags.error}\n`);
    return exitCodes.wrongUsage;
  }
  const past = await openPast(path);
  if (!past.ok) {
    io.err(harmless(`${past.error}\n`));
    return notReplayed;
  }
  try {
    const { speed, others } = flags.value;
    return await serve(others, environment, io, { past: past.value, speed });
  } finally {
    await past.value.log.close();
  }
}

/** Takes --speed out of the flags; the others are those of a server. */
function takeSpeed(
  flags: readonly string[],
): Result<{ readonly speed: number | undefined; readonly others: readonly string[] }, string> {
  const at = flags.findIndex((flag) => flag === "--speed" || flag.startsWith("--speed="));
  const flag = flags[at];
  if (flag === undefined) return ok({ speed: undefined, others: flags });
  const isApart = flag === "--speed";
  const text = isApart ? (flags[at + 1] ?? "") : flag.slice("--speed=".length);
  const speed = replaySpeeds.find((one) => text !== "" && one === Number(text));
  if (speed === undefined) return err(`--speed: write one of ${replaySpeeds.join(", ")}, not "${text}".`);
  return ok({ speed, others: flags.toSpliced(at, isApart ? 2 : 1) });
}
