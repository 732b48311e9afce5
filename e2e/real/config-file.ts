import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Writes settings into a file of their own; its path. */
export function configFile(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), "spillway-config-")), "spillway.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}
