import { randomBytes } from "node:crypto";

import { sha256 } from "#server/config/token-setting.ts";

import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-codes.ts";

const roles = ["viewer", "pusher", "operator", "admin"];

/** Prints a fresh token, and the setting that lets it in without telling it to whoever reads the settings. */
export function makeToken([role = "viewer"]: readonly string[], io: CliIo): number {
  if (!roles.includes(role)) {
    io.err(`There is no role ${role}. The roles are ${roles.join(", ")}.\n`);
    return exitCodes.wrongUsage;
  }
  const token = randomBytes(24).toString("base64url");
  io.out(`Token, for whoever connects:   ${token}
Setting, for the server:       SPILLWAY_TOKENS=${role}:sha256:${sha256(token)}
`);
  return 0;
}
