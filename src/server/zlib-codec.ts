import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

import type { Codec } from "#protocol/codec.ts";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** zlib on its thread pool. Level 6: on the sample graph 4 % smaller than level 1 for 0.1 ms more, once per frame. */
export const zlibCodec: Codec = {
  async pack(text) {
    return (await compress(text, { level: 6 })).toString("base64");
  },
  async unpack(packed, greatest) {
    return (await expand(Buffer.from(packed, "base64"), { maxOutputLength: greatest })).toString("utf8");
  },
};
