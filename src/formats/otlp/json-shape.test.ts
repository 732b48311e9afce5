import * as fc from "fast-check";
import { expect, it } from "vitest";

import { cases } from "#testing/cases.ts";
import { arbitraryResources, jsonBody } from "#testing/otlp-bodies.ts";

import { whyOddShape } from "./json-shape.ts";

const told = (text: string) => whyOddShape(new TextEncoder().encode(text));

it("lets every trace request pass", () => {
  const law = fc.property(arbitraryResources(["service.name", "of.no.interest"]), (resources) => {
    expect(told(jsonBody(resources))).toBeUndefined();
  });
  fc.assert(law, { numRuns: cases(300) });
});

it.each([
  ["deep lists", "[".repeat(65), "it is nested more than 64 levels deep"],
  ["deep objects", '{"a":'.repeat(65), "it is nested more than 64 levels deep"],
  ["empty lists", `[${"[],".repeat(3_000)}[]]`, "it is nothing but lists and objects"],
  [
    "many keys",
    `{${Array.from({ length: 257 }, (_, i) => `"${i}":1`).join()}}`,
    "an object has more than 256 keys",
  ],
])("says what is odd of %s", (_, text, why) => {
  expect(told(text)).toBe(why);
});

it("is not misled by what stands in texts, nor by what is no JSON", () => {
  expect(told(JSON.stringify({ a: '"[[['.repeat(100), b: "\\" }))).toBeUndefined();
  expect(told("]]]]}}}}")).toBeUndefined();
  expect(told('"unfinished \\')).toBeUndefined();
  expect(told(`[${"1,".repeat(1_000)}1]`)).toBeUndefined();
  expect(told(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeUndefined();
});
