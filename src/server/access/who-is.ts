import { err, ok, type Result } from "#base/result.ts";
import type { Refusal, Role } from "#protocol/messages.ts";

import type { TokenEntry } from "../config/token-setting.ts";
import { bearerToken, findToken } from "./tokens.ts";

export interface Credentials {
  /** The Authorization header. */
  readonly authorization: string | undefined;
  /** The token that a page sends with its socket. */
  readonly socketToken?: unknown;
}

/**
 * The role of whoever connects. Without tokens in the configuration everybody is an operator: the server then listens on this machine only, or was
 * told with --insecure-no-auth that this is wanted.
 */
export function whoIs(tokens: readonly TokenEntry[], credentials: Credentials): Result<Role, Refusal> {
  if (tokens.length === 0) return ok("operator");
  const { authorization, socketToken } = credentials;
  const token = typeof socketToken === "string" ? socketToken : bearerToken(authorization);
  if (token === undefined || token === "") {
    return err({
      cause: "token",
      message: "This server asks for a token. Whoever runs it can give you one.",
    });
  }
  const entry = findToken(tokens, token);
  if (entry !== undefined) return ok(entry.role);
  return err({ cause: "token", message: "The server does not know this token. It may have been replaced." });
}
