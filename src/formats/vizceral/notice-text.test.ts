import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { plainText, readLink } from "./notice-text.ts";

describe("plainText", () => {
  it.each([
    ["nothing odd", "nothing odd"],
    ["a<b and c>d", "a<b and c>d"],
    ["x < y; y > z && <unknown>", "x < y; y > z && <unknown>"],
    ["R&amp;D without markup", "R&amp;D without markup"],
    ["<b>R&amp;D</b>&nbsp;&lt;3", "R&D <3"],
    ["one<br>two<BR/>three", "one; two; three"],
    ["<ul><li>one</li><li>two</li></ul>", "one; two"],
    ["<tr><th>a</th><th>b</th></tr><tr><td>1</td><td></td></tr>", "a | b; 1"],
    ["<script>alert(1)</script>safe<style>b{}</style>", "safe"],
    ["<b>&lt;img src=x&gt;</b>", "‹img src=x>"],
    ["<<b>b>", "< b>"],
    ["<b<i>>x", "‹b >x"],
    ["<i></i>", ""],
  ])("turns %j into %j", (raw, text) => {
    expect(plainText(raw)).toBe(text);
  });

  it("changes nothing when applied again, and leaves no markup", () => {
    const pieces = fc.constantFrom(
      "<b>",
      "</b>",
      "<",
      ">",
      "b",
      "&lt;",
      "&gt;",
      "&amp;",
      "/td>",
      "<td",
      " x=1",
      ";",
      "|",
      "text",
      "<script>",
      "</script>",
      "\n",
      "&nbsp;",
      "<br/>",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const once = plainText(parts.join(""));
        expect(plainText(once)).toBe(once);
        expect(once).not.toMatch(/<\/?(?:b|td|br|script)(?:\s[^<>=]*=[^<>]*|\s*\/?)>/i);
      }),
    );
  });

  it("stays quick on hostile text", () => {
    const hostile = [
      "<td>".repeat(50_000),
      "<script>".repeat(50_000),
      `<b>${"| ".repeat(50_000)}`,
      "<b ".repeat(50_000),
    ];
    for (const text of hostile) expect(plainText(text).length).toBeLessThanOrEqual(1024);
  });
});

describe("readLink", () => {
  it.each(["https://example.com", "http://10.0.0.1:9090/graph?g0.expr=up#x", " https://example.com/ "])(
    "takes %s",
    (link) => {
      expect(readLink(link)).toBe(link.trim());
    },
  );

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.com",
    "/graph",
    "ftp://example.com",
    "https://",
    "",
    "https://exa mple.com",
    "https://example.com/\u0000",
    'https://example.com/"onclick=',
    5,
    null,
    undefined,
    {},
    `https://example.com/${"x".repeat(3000)}`,
  ])("refuses %j", (link) => {
    expect(readLink(link)).toBeUndefined();
  });
});
