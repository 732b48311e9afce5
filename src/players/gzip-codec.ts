import type { Codec } from "#protocol/codec.ts";

/** gzip by the browser's own streams. */
export const gzipCodec: Codec = {
  async pack(text) {
    const packed = await bytesOf(
      new Blob([text]).stream().pipeThrough(new CompressionStream("gzip")),
      Infinity,
    );
    let binary = "";
    for (const byte of packed) binary += String.fromCharCode(byte);
    return btoa(binary);
  },
  async unpack(packed, greatest) {
    const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new TextDecoder().decode(await bytesOf(stream, greatest));
  },
};

async function bytesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  greatest: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > greatest) {
      await reader.cancel();
      throw new Error(`it is larger than ${greatest} bytes`);
    }
    chunks.push(next.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
