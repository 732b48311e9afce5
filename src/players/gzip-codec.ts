import type { Codec } from "#protocol/codec.ts";

import { boundedBytes } from "./bounded-bytes.ts";

/** gzip by the browser's own streams. */
export const gzipCodec: Codec = {
  async pack(text) {
    const packed = await boundedBytes(
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
    return new TextDecoder().decode(await boundedBytes(stream, greatest));
  },
};
