import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import type { Plugin } from "vite";

/** What is text; typefaces are compressed by themselves. */
const texts = /\.(js|css|html)$/;

/** Puts a Brotli and a gzip copy beside each text of the built page, so that the server compresses nothing while it serves. */
export function compressAssets(): Plugin {
  return {
    name: "spillway-compress-assets",
    apply: "build",
    writeBundle({ dir = "." }, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!texts.test(name)) continue;
        const content = Buffer.from(file.type === "chunk" ? file.code : file.source);
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
