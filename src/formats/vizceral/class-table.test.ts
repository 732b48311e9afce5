import { describe, expect, it } from "vitest";

import { ClassTable, readColor } from "./class-table.ts";

describe("readColor", () => {
  it.each([
    "#fff",
    "#ffff",
    "#a0B1c2",
    "#a0b1c2d3",
    "rgb(186, 213, 237)",
    "rgba(0,0,0,0.5)",
    "rgb(10%, 20%, 30%)",
    "Crimson",
  ])("takes %s", (color) => {
    expect(readColor(color)).toBe(color);
  });

  it.each([
    "#ff",
    "#ggg",
    "red;background:url(x)",
    "url(x)",
    "var(--x)",
    "rgb(1,2)",
    "rgb(1,2,3",
    "expression(1)",
    "",
    "a",
    5,
    null,
    {},
    `#${"f".repeat(100)}`,
    "color-mix(in srgb, red, blue)",
  ])("refuses %j", (color) => {
    expect(readColor(color)).toBeUndefined();
  });
});

describe("ClassTable", () => {
  it("starts with the standard classes, and knows default as normal", () => {
    const table = new ClassTable();
    expect(table.position("default")).toEqual({ index: 0, isFolded: false });
    expect(table.list().map(({ name }) => name)).toEqual(["normal", "warning", "danger"]);
  });

  it("keeps the first colour it is told, and a standard class's severity", () => {
    const table = new ClassTable();
    table.describe(0, { color: "#111", severity: "danger" });
    table.describe(0, { color: "#222" });
    expect(table.list()[0]).toEqual({ name: "normal", severity: "normal", color: "#111" });
  });

  it("finds the class that a node declares, or one as grave", () => {
    const table = new ClassTable();
    table.position("timeout");
    expect(["timeout", "default", "Error", "4xx", "purple"].map((name) => table.declared(name))).toEqual([
      "timeout",
      "normal",
      "danger",
      "warning",
      undefined,
    ]);
  });
});
