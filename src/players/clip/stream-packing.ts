import type { ClipUnpacking } from "#protocol/recording/clip-reader.ts";

import { boundedBytes } from "../bounded-bytes.ts";

/** RFC 1951: a last block with nothing in it. Behind a flush point it ends the stream. */
const lastBlock = Uint8Array.of(3, 0);

/** Unpacking by the streams that browsers have, and Node has too. */
export const streamUnpacking: ClipUnpacking = {
  gunzip: (bytes) => decompressed("gzip", bytes),
  utf8: (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
};

/**
 * Unpacks what lies between two flush points of a deflate stream.
 * @throws an Error when that is damaged, or more than `greatest` bytes.
 */
export async function inflatePiece(
  piece: Uint8Array<ArrayBuffer>,
  greatest: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const ended = new Uint8Array(piece.length + lastBlock.length);
  ended.set(piece);
  ended.set(lastBlock, piece.length);
  return inflated(ended, greatest);
}

/**
 * Unpacks a deflate stream from a flush point to its end.
 * @throws an Error when it is damaged or breaks off, or is more than `greatest` bytes.
 */
export async function inflated(
  packed: Uint8Array<ArrayBuffer>,
  greatest: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return boundedBytes(stream, greatest);
}

/** Ends quietly where the packed data break off, with what came before. @throws where they are damaged. */
async function* decompressed(
  format: CompressionFormat,
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream(format);
  const reader = readable.getReader();
  const feeding = feed(packed, writable.getWriter());
  try {
    while (true) {
      const next = await reader.read().catch(async (error: unknown) => {
        const { isAtEnd, fault } = await feeding;
        if (fault !== undefined) throw fault.error;
        if (isAtEnd && !isDamage(error)) return { done: true } as const;
        throw error;
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

interface Fed {
  /** Everything was taken; what the stream still complains about is that there is no more. */
  readonly isAtEnd: boolean;
  /** The bytes themselves did not come. */
  readonly fault: { readonly error: unknown } | undefined;
}

/** Never fails: what goes wrong, the reading side meets too. */
async function feed(
  packed: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<Fed> {
  let isAtEnd = false;
  let fault: Fed["fault"];
  const bytes = packed[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await bytes.next().catch((error: unknown) => {
        fault = { error };
        throw error;
      });
      if (next.done === true) break;
      await writer.write(next.value.slice());
    }
    // Taken only when all that was unpacked has been taken: an error throws away what waits.
    await writer.write(new Uint8Array(0));
    isAtEnd = true;
    await writer.close();
  } catch (error: unknown) {
    await writer.abort(error).catch(() => undefined);
    await bytes.return?.();
  }
  return { isAtEnd, fault };
}

/** Node says of damage at the very end only now, and what it was. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "Z_DATA_ERROR";
}
