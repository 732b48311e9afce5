import { isJsonObject, type JsonObject } from "#base/json.ts";

import { safeLink } from "./safe-link.ts";

export interface MetadataEntry {
  readonly name: string;
  readonly value: string;
  /** Where the value leads, when it is an http or https address. */
  readonly link: string | undefined;
}

/** More than this many lines of metadata help nobody. */
const mostEntries = 100;

const none: ReadonlySet<string> = new Set();

/** Metadata as lines of text; objects inside it as dotted names. `omitted`: keys that are shown elsewhere. */
export function metadataEntries(
  metadata: JsonObject | undefined,
  omitted: ReadonlySet<string> = none,
): readonly MetadataEntry[] {
  const entries: MetadataEntry[] = [];
  const visit = (name: string, value: unknown): void => {
    if (entries.length >= mostEntries || omitted.has(name)) return;
    if (isJsonObject(value)) {
      for (const [key, inner] of Object.entries(value)) visit(name === "" ? key : `${name}.${key}`, inner);
      return;
    }
    const text = typeof value === "string" ? value : JSON.stringify(value);
    entries.push({ name, value: text, link: typeof value === "string" ? safeLink(value) : undefined });
  };
  visit("", metadata ?? {});
  return entries;
}
