import { createHash } from "node:crypto";

/** 128 bits: nobody finds two frames with one address, and it fits into a link. */
const addressLength = 32;

/** A frame's address is made from all that it says (the text of a snapshot's body), so that the same frame has the same one everywhere. */
export function frameAddress(body: string | Buffer): string {
  return createHash("sha256").update(body).digest("hex").slice(0, addressLength);
}

/** Nothing else is ever made a part of a path. */
export function isFrameAddress(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
