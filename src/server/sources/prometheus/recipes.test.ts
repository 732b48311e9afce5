import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";
import { parse } from "yaml";

import { isJsonObject } from "#base/json.ts";
import { packageRoot } from "#server/package-root.ts";

import { prometheusSchema } from "./prometheus-config.ts";

/** Every source of the kind prometheus in a tree, however deep. */
function sourcesIn(content: unknown): readonly Record<string, unknown>[] {
  if (Array.isArray(content)) return content.flatMap(sourcesIn);
  if (!isJsonObject(content)) return [];
  return content["kind"] === "prometheus" ? [content] : Object.values(content).flatMap(sourcesIn);
}

it("every recipe for a Prometheus in the documentation is read as it stands there", () => {
  const text = ["README.md", "docs/sources.md"].map((file) =>
    readFileSync(join(packageRoot(), file), "utf8"),
  );
  const blocks = [...text.join("\n").matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block ?? "");
  const sources = blocks.flatMap((block) => sourcesIn(parse(block)));
  expect(new Set(sources.map(({ preset }) => preset)).size).toBeGreaterThanOrEqual(8);
  for (const { kind: _, name: __, regions: ___, ...settings } of sources) {
    const read = prometheusSchema.safeParse(settings);
    expect([settings, read.error?.issues]).toEqual([settings, undefined]);
  }
});
