import { createHash, timingSafeEqual } from "node:crypto";

import type { Role } from "#protocol/messages.ts";

import type { TokenEntry } from "../config/token-setting.ts";

/** Longer than any token that this server makes; what exceeds it is not even hashed. */
const longestToken = 1024;

/** Who a token belongs to. Compares hashes, all of them and in constant time, so that answers tell nothing of how near a guess was. */
export function findToken(tokens: readonly TokenEntry[], token: string): TokenEntry | undefined {
  if (token.length > longestToken) return undefined;
  const hash = createHash("sha256").update(token, "utf8").digest();
  let found: TokenEntry | undefined;
  for (const entry of tokens) {
    if (timingSafeEqual(hash, Buffer.from(entry.sha256, "hex"))) found = entry;
  }
  return found;
}

/** The token of an "Authorization: Bearer ..." header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
}

const rights: Readonly<Record<Role, readonly Right[]>> = {
  viewer: ["watch"],
  pusher: ["push"],
  operator: ["watch", "operate"],
  admin: ["watch", "push", "operate"],
};

/** watch: see traffic and metrics. push: send traffic in. operate: run drills, set bookmarks. */
export type Right = "watch" | "push" | "operate";

export function mayDo(role: Role, right: Right): boolean {
  return rights[role].includes(right);
}
