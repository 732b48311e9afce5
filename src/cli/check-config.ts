import { readConfig } from "#server/config/read-config.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";
import { count, harmless } from "./plain-text.ts";

/** What `spillway check-config` ends with when something is wrong. */
const hasMistakes = 1;

const usage = `Usage: spillway check-config FILE

Says what is wrong with a file of settings: each mistake with its line and what to write instead. Variables (\${NAME}) are
looked up where it runs.

Ends with 0 when the server would start with it, 1 when not, 3 when it was called wrongly.
`;

/** Runs `spillway check-config` with the arguments that follow the word; returns the exit code. */
export function runCheckConfig(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  io: CliIo,
): number {
  const [file, ...others] = argv;
  if (file === "--help" || file === "-h") {
    io.out(usage);
    return exitCodes.done;
  }
  if (file === undefined || file.startsWith("-") || others.length > 0) {
    io.err(`spillway check-config needs one file.\n\n${usage}`);
    return exitCodes.wrongUsage;
  }
  const config = readConfig(["--config", file], environment);
  if (!config.ok) {
    const { messages } = config.error;
    io.out(harmless(`${file}: ${count(messages.length, "mistake")}\n\n`));
    for (const message of messages) io.out(harmless(`  ${message}\n`));
    return hasMistakes;
  }
  const { feeds, sources } = config.value;
  const told = [
    ...sources,
    ...feeds.map(({ name, sources: parts }) => `${name} (${parts.map((part) => part.name).join(", ")})`),
  ];
  io.out(harmless(`${file}: all is well. It shows ${told.join(", ")}.\n`));
  return exitCodes.done;
}
