import type { Json } from "#base/json.ts";

import { makeOneRegion, makeThreeRegions } from "./make-global.ts";
import { makeHuge } from "./make-huge.ts";
import { makeScenario } from "./make-scenario.ts";

/** One seed for all that is made by chance; mock-data/README.md names it. */
const seed = 20_261_102;

/** Every generated file of mock-data/, by its path there. */
export function mockFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["topologies/three-regions.json", `${printed(makeThreeRegions(seed))}\n`],
    ["topologies/one-region.json", `${printed(makeOneRegion(seed))}\n`],
    ["scenarios/evacuate-us-east-1.json", `${printed(makeScenario())}\n`],
    ["topologies/huge.json", `${JSON.stringify(makeHuge(seed))}\n`],
  ]);
}

/** JSON for people: what fits stands on one line, so that a service or a call is one line of a diff. */
function printed(value: Json, indent = ""): string {
  const flat = JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, " ");
  if (typeof value !== "object" || value === null || flat.length + indent.length <= 150) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return `[\n${items.map((item) => inner + printed(item, inner)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${printed(item, inner)}`,
  );
  return `{\n${entries.join(",\n")}\n${indent}}`;
}
