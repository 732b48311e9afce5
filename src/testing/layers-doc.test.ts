import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);

/** Every layer with all that it may import, as the linter's messages tell it. */
async function layersOfLinter(): Promise<Readonly<Record<string, string>>> {
  const config: unknown = await import(new URL("oxlint.config.mjs", root).href);
  const messages = JSON.stringify(config).matchAll(/"(\w+) may import: ([^"]*) \(ARCHITECTURE\.md/g);
  return Object.fromEntries(
    [...messages].map(([, layer = "", list = ""]) => [layer, list === "nothing but itself" ? "" : list]),
  );
}

/** The same from the table of ARCHITECTURE.md, section 2. */
function layersOfDocument(): Readonly<Record<string, string>> {
  const text = readFileSync(new URL("ARCHITECTURE.md", root), "utf8");
  const section = text.slice(text.indexOf("## 2. Layers"), text.indexOf("## 3."));
  const rows = section.matchAll(/^\| `(\w+)` \|([^|]*)\|([^|]*)\|[^|]*\|$/gm);
  return Object.fromEntries(
    [...rows].map(([, layer = "", ...cells]) => [
      layer,
      cells
        .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)])
        .map(([, name]) => name)
        .join(", "),
    ]),
  );
}

it("ARCHITECTURE.md lists the layers as the linter enforces them", async () => {
  const layers = await layersOfLinter();
  expect(Object.keys(layers)).toContain("domain");
  expect(layersOfDocument()).toEqual(layers);
});
