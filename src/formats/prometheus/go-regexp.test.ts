import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";

import { expandTemplate, readGoRegexp } from "./go-regexp.ts";

describe("a regular expression as Go's tools write it", () => {
  it.each([
    ["^5..$", "503", true],
    ["(?i)internal", "INTERNAL", true],
    ["(?P<code>4)..", "404", true],
    ["^InvalidArgument|FailedPrecondition$", "OK", false],
  ])("%s is read", (written, text, isFound) => {
    const read = readGoRegexp(written);
    expect(read.ok && read.value.test(text)).toBe(isFound);
  });

  it("that is none has a sentence", () => {
    const read = readGoRegexp("(");
    expect(read.ok ? "" : read.error).toContain('"(" is no regular expression');
  });

  it.each([
    ["$1-$2", "a-b"],
    ["${1}x", "ax"],
    ["$1x", ""],
    ["$$1", "$1"],
    ["${name}$name", "bb"],
    ["$9", ""],
  ])("fills the template %s", (template, text) => {
    expect(expandTemplate(template, must(/(a)(?<name>b)/.exec("ab")))).toBe(text);
  });
});
