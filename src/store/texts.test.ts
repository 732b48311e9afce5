import { describe, expect, it } from "vitest";

import * as catalogue from "./texts.ts";

const { texts, fill } = catalogue;

function leaves(value: unknown, place: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) return [[place, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${place}.${key}`));
}

describe("the texts of the page", () => {
  it("are never empty and have no space to trim", () => {
    const odd = leaves(texts, "texts").filter(
      ([, text]) => typeof text !== "string" || text.trim() !== text || text === "",
    );
    expect(odd).toEqual([]);
  });

  it("are filled in by name, each place of a name", () => {
    expect(fill("{a} and {b} and {a}", { a: "x", b: 7 })).toBe("x and 7 and x");
  });

  it("take what is filled in as it is, braces and dollars too", () => {
    expect(fill("“{name}” does not exist", { name: "{count} $& $1" })).toBe("“{count} $& $1” does not exist");
  });
});
