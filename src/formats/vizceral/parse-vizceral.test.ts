import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { parseVizceral } from "./parse-vizceral.ts";

function failureOf(text: string) {
  const read = parseVizceral(text, { now: 0 });
  return read.ok ? undefined : read.error;
}

describe("parseVizceral on what is not JSON", () => {
  it("says where a second document begins", () => {
    const text = readFileSync(
      new URL("../../../mock-data/vizceral/two-documents.json", import.meta.url),
      "utf8",
    );
    expect(failureOf(text)).toEqual({
      kind: "not-json",
      line: 7,
      column: 1,
      excerpt: "7 | {\n    ^",
      message: "This is not JSON: line 7, column 1: a second document begins here, and a file holds one.",
    });
  });

  it.each([
    ["", 1, 1, "there is nothing in it"],
    [" \n\t", 1, 1, "there is nothing in it"],
    ['{\n  "a": 1,\n}', 3, 1, "a comma before the end is one too many"],
    ["[1, 2,]", 1, 7, "a comma before the end is one too many"],
    ["[1 2]", 1, 4, 'expected a comma, found "2"'],
    ['{"a" 1}', 1, 6, 'expected a colon, found "1"'],
    ["{'a': 1}", 1, 2, 'expected a key in double quotes, found "\'"'],
    ["{\"a\": 'x'}", 1, 7, "a text needs double quotes, not single ones"],
    ['{"a": undefined}', 1, 7, '"undefined" is no JSON value (a text needs double quotes)'],
    ['{"a": NaN}', 1, 7, '"NaN" is no JSON value (a text needs double quotes)'],
    ["export default {}", 1, 1, '"export" is no JSON value (a text needs double quotes)'],
    ["[1, // one\n2]", 1, 5, "JSON has no comments"],
    ["[1, 2", 1, 6, "it ends here, while one bracket is still open"],
    ['{"a": [{', 1, 9, "it ends here, while 3 brackets are still open"],
    ['{"a": "b', 1, 7, "this text is never closed"],
    ['{"a": "b\nc"}', 1, 9, "a text may not hold a line break or control character"],
    ['["\\x41"]', 1, 3, 'a backslash must be followed by one of " \\ / b f n r t u'],
    ["[1}", 1, 3, '"}" closes nothing'],
    ["{} x", 1, 4, 'the document has ended, but "x" follows'],
    ["[01]", 1, 3, 'expected a comma, found "1"'],
    ["[+1]", 1, 2, 'expected a value, found "+"'],
    ['{"a":}', 1, 6, 'expected a value, found "}"'],
  ])("finds the fault in %j", (text, line, column, problem) => {
    expect(failureOf(text)).toMatchObject({
      kind: "not-json",
      line,
      column,
      message: `This is not JSON: line ${line}, column ${column}: ${problem}.`,
    });
  });

  it("shows only the surroundings of a fault in a long line", () => {
    const failure = failureOf(`[${"1,".repeat(500)} oops ${",1".repeat(500)}]`);
    const [shown = "", mark = ""] = failure?.kind === "not-json" ? failure.excerpt.split("\n") : [];
    expect(shown.length).toBe("1 | ".length + 72);
    expect(shown.slice(mark.indexOf("^"))).toMatch(/^oops ,1/);
  });

  it("is not overflowed by deep nesting", () => {
    expect(failureOf("[".repeat(1_000_000))).toMatchObject({ kind: "not-json", column: 1_000_001 });
  });

  it("reads over a byte order mark", () => {
    expect(parseVizceral('\uFEFF{"name": "a", "nodes": [{"name": "b"}]}', { now: 0 }).ok).toBe(true);
  });
});

describe("parseVizceral on JSON without traffic", () => {
  it.each([["[1]"], ['"text"'], ["12"], ["null"]])("refuses %s", (text) => {
    expect(failureOf(text)).toMatchObject({ kind: "not-traffic" });
  });

  it.each([["{}"], ['{"nodes": []}'], ['{"nodes": [{"name": ""}, null]}'], ['{"value": {"value": {}}}']])(
    "finds no node in %s",
    (text) => {
      expect(failureOf(text)).toMatchObject({ kind: "no-nodes" });
    },
  );
});
