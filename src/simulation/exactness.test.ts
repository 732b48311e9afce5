import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

/** The linter knows no rule against the operator, so this test is it. */
it("the simulation never uses the ** operator, which engines round differently", () => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith("test.ts"),
  );
  expect(sources.length).toBeGreaterThan(1);
  const found: string[] = [];
  for (const name of sources) {
    const code = readFileSync(join(folder, name), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    // Two whole literals are a constant that every engine gets right.
    const operators = code.replaceAll(/\b\d+ \*\* \d+/g, "");
    if (operators.includes("**")) found.push(name);
  }
  expect(found).toEqual([]);
});
