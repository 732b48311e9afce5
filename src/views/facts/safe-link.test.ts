import { expect, it } from "vitest";

import { metadataEntries } from "./metadata-entries.ts";
import { safeLink } from "./safe-link.ts";

it("lets http and https through and nothing else", () => {
  expect(safeLink("https://example.org/a?b#c")).toBe("https://example.org/a?b#c");
  expect(safeLink("http://example.org")).toBe("http://example.org/");
  for (const bad of [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//example.org",
    "not a link",
    "",
    undefined,
  ]) {
    expect(safeLink(bad)).toBeUndefined();
  }
});

it("writes metadata as lines, inner objects with dotted names, and links only where they are safe", () => {
  const entries = metadataEntries({
    owner: "payments",
    dash: "https://example.org/d",
    bad: "javascript:alert(1)",
    replicas: 3,
    tags: ["a", "b"],
    build: { commit: "abc", at: null },
  });
  expect(entries).toEqual([
    { name: "owner", value: "payments", link: undefined },
    { name: "dash", value: "https://example.org/d", link: "https://example.org/d" },
    { name: "bad", value: "javascript:alert(1)", link: undefined },
    { name: "replicas", value: "3", link: undefined },
    { name: "tags", value: '["a","b"]', link: undefined },
    { name: "build.commit", value: "abc", link: undefined },
    { name: "build.at", value: "null", link: undefined },
  ]);
});

it("does not follow metadata without end", () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]));
  expect(metadataEntries(many)).toHaveLength(100);
});
