import { crc32 } from "#protocol/recording/crc32.ts";

/**
 * A checksum over what a row says and which row it is: SQLite has none of its own, and a flipped bit in a number would show a right frame at a
 * wrong time.
 */
export function rowCrc(payload: Uint8Array, ...identity: readonly (string | number)[]): number {
  return crc32(payload, crc32(Buffer.from(JSON.stringify(identity))));
}
