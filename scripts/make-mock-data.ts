import { writeFileSync } from "node:fs";

import { mockFiles } from "./mock-data/mock-files.ts";

// npx tsx scripts/make-mock-data.ts writes the generated files of mock-data/ again, byte for byte as they are.
for (const [path, text] of mockFiles()) {
  writeFileSync(new URL(`../mock-data/${path}`, import.meta.url), text);
  console.log(`mock-data/${path}: ${text.length} bytes`);
}
