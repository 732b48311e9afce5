import { describe, expect, it } from "vitest";

import { assert, must } from "./assert.ts";

describe("must", () => {
  it("gives back what is there, falsy or not", () => {
    expect([must(0), must(""), must(false)]).toEqual([0, "", false]);
    expect(must(NaN)).toBeNaN();
  });

  it("names what is missing", () => {
    expect(() => must(undefined, "edge 3 has a source")).toThrow("edge 3 has a source");
    expect(() => must(null)).toThrow("missing");
  });
});

describe("assert", () => {
  it("calls a bug a bug", () => {
    expect(() => assert(true, "unused")).not.toThrow();
    expect(() => assert(false, "parent of node 2")).toThrow("Spillway has a bug: parent of node 2");
  });
});
