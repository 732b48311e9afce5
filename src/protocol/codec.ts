/** Compression, handed in: zlib in the server, streams of the browser in the page. */
export interface Codec {
  /** One gzip member, as base64 text. */
  pack(text: string): Promise<string>;
  /** @throws when `packed` is not base64 of one gzip member of UTF-8 text, or holds more than `greatest` bytes. */
  unpack(packed: string, greatest: number): Promise<string>;
}
