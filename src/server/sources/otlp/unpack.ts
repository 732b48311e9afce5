import { gunzipSync } from "node:zlib";

import { err, ok, type Result } from "#base/result.ts";
import type { TraceFailure } from "#formats/otlp/trace-request.ts";

/** Room beside the size that a body tells: with none left, zlib asks for as much again. */
const spare = 256;

/** Unpacks gzip to at most `maxBody` bytes. */
export function unpack(bytes: Uint8Array, maxBody: number): Result<Uint8Array, TraceFailure> {
  // gzip ends with the size of what was packed (RFC 1952, section 2.3.1). It is believed as far as it saves memory, and no further.
  const told =
    bytes.length < 18 ? 0 : Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE(bytes.length - 4);
  const chunkSize = Math.min(told, maxBody, bytes.length * 1032) + spare;
  try {
    return ok(gunzipSync(bytes, { maxOutputLength: maxBody, chunkSize }));
  } catch (error: unknown) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    if (isTooLarge) return err({ kind: "too-large", message: tooLarge(maxBody) });
    return err({ kind: "malformed", message: "This is not gzip, though Content-Encoding says so." });
  }
}

export function tooLarge(maxBody: number): string {
  const mib = Math.round((maxBody / 2 ** 20) * 10) / 10;
  return `A body may have ${mib} MiB, unpacked. Send smaller batches, or raise maxBody of this source (64 MiB at most).`;
}
