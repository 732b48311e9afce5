import { writeFileSync } from "node:fs";

import { openApiDocument } from "#server/http/openapi/document.ts";

/* Writes docs/openapi.json anew after the document has changed: npx tsx scripts/write-openapi.ts && npx oxfmt docs/openapi.json */

writeFileSync(
  new URL("../docs/openapi.json", import.meta.url),
  `${JSON.stringify(openApiDocument, undefined, 2)}\n`,
);
