import { Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, createGunzip, deflateRaw } from "node:zlib";

import type { ClipUnpacking } from "#protocol/recording/clip-reader.ts";
import type { ClipPacking } from "#protocol/recording/clip-writer.ts";

const deflate = promisify(deflateRaw);

/** zlib on its thread pool. */
export const zlibPacking: ClipPacking = {
  utf8: (text) => Buffer.from(text, "utf8"),
  deflate: (bytes) => deflate(bytes, { level: 6, finishFlush: constants.Z_FULL_FLUSH }),
};

export const zlibUnpacking: ClipUnpacking = {
  async *gunzip(bytes) {
    const source = Readable.from(bytes, { objectMode: false });
    // Told that the end may come at any time, zlib gives what it has instead of an error.
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    source.on("error", (error) => gunzip.destroy(error));
    source.pipe(gunzip);
    try {
      for await (const chunk of gunzip) yield asBytes(chunk);
    } finally {
      source.destroy();
      gunzip.destroy();
    }
  },
  utf8: (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
};

function asBytes(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}
