import { createHash } from "node:crypto";

import * as z from "zod";

import type { Role } from "#protocol/messages.ts";

/** A token as it is kept: only its hash. */
export interface TokenEntry {
  readonly name: string;
  readonly role: Role;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

const roles = ["viewer", "pusher", "operator", "admin"] as const;
/** Shorter ones can be guessed. */
const shortestToken = 16;

const tokenObject = z
  .strictObject({
    role: z.enum(roles),
    name: z.string().optional(),
    token: z.string().min(shortestToken, `a token has at least ${shortestToken} characters`).optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, "a hash has 64 hexadecimal digits; spillway token makes one")
      .optional(),
  })
  .transform(({ role, name = role, token, sha256: hash }, context): TokenEntry => {
    if ((token === undefined) !== (hash === undefined)) {
      return { role, name, sha256: hash?.toLowerCase() ?? sha256(token ?? "") };
    }
    context.addIssue("give either the token or its sha256");
    return z.NEVER;
  });

/** "operator:the token" or "operator:sha256:its hash". */
function tokenFromText(raw: string): object {
  const [role = "", ...rest] = raw.split(":");
  return rest[0] === "sha256" ? { role, sha256: rest[1] ?? "" } : { role, token: rest.join(":") };
}

/** A list of tokens, or the same in one text: "viewer:TOKEN,pusher:sha256:HASH". */
export const tokens = z
  .union([z.array(z.unknown()), z.string()])
  .transform((raw) => {
    const items = typeof raw === "string" ? raw.split(/[,\n]/).filter((item) => item.trim() !== "") : raw;
    return items.map((item) => (typeof item === "string" ? tokenFromText(item.trim()) : item));
  })
  .pipe(z.array(tokenObject));
