import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { isJsonObject } from "#base/json.ts";

/** The folder of Spillway's package.json, whether this runs from the sources or from dist. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("Spillway's own folder is incomplete: package.json is missing.");
    folder = above;
  }
  return folder;
}

export function packageVersion(root: string): string {
  const content: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const version = isJsonObject(content) ? content["version"] : undefined;
  return typeof version === "string" ? version : "unknown";
}
