import { didYouMean } from "#server/config/nearest-name.ts";
import { packageRoot, packageVersion } from "#server/package-root.ts";

import { runCheckConfig } from "./check-config.ts";
import { runCheck } from "./check.ts";
import type { CliIo } from "./cli-io.ts";
import { runConvert } from "./convert.ts";
import { runDrill } from "./drill.ts";
import { exitCodes } from "./exit-codes.ts";
import { helpText } from "./help.ts";
import { makeToken } from "./make-token.ts";
import { runRecord } from "./record.ts";
import { runReplay } from "./replay.ts";
import { asksForPast, servePast } from "./serve-past.ts";
import { serve } from "./serve.ts";

const commands = [
  "serve",
  "replay",
  "record",
  "convert",
  "check",
  "check-config",
  "drill",
  "token",
  "help",
  "version",
];

/** Runs what the command line asks for; resolves to the exit code. */
export async function runCommand([command, ...rest]: readonly string[], io: CliIo): Promise<number> {
  switch (command) {
    case "serve":
      return asksForPast(rest) ? servePast(rest, process.env, io) : serve(rest, process.env, io);
    case "replay":
      return runReplay(rest, process.env, io);
    case "record":
      return runRecord(rest, process.env, io);
    case "convert":
      return runConvert(rest, io);
    case "check":
      return runCheck(rest, io);
    case "check-config":
      return runCheckConfig(rest, process.env, io);
    case "drill":
      return runDrill(rest, io);
    case "token":
      return makeToken(rest, io);
    case undefined:
    case "help":
    case "--help":
    case "-h":
      io.out(helpText);
      return 0;
    case "version":
    case "--version":
    case "-v":
      io.out(`${packageVersion(packageRoot())}\n`);
      return 0;
    default:
      io.err(`There is no command ${command}.${didYouMean(command, commands)} spillway help lists them.\n`);
      return exitCodes.wrongUsage;
  }
}
