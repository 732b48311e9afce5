import { openPast } from "#server/clips/open-past.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { harmless } from "./plain-text.ts";
import { serve } from "./serve.ts";

export const replayUsage = `Usage: spillway replay PATH [--loop] [--open] [flags of spillway serve]

Serves a page that shows something recorded, and nothing else: no source, no network but this page. PATH is a
clip, a JSON file of Vizceral's format, a file with such a document on each line, or a folder of such files.

The page begins where the recording begins and plays it at its own pace; the timeline goes anywhere in it, at
any speed. At the end the picture stands still; with --loop it begins again.

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
  const past = await openPast(path);
  if (!past.ok) {
    io.err(harmless(`${past.error}\n`));
    return notReplayed;
  }
  try {
    return await serve(rest, environment, io, past.value);
  } finally {
    await past.value.log.close();
  }
}
