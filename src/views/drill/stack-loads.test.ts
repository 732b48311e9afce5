import { describe, expect, it } from "vitest";

import { stackLoads } from "./stack-loads.ts";

const loads = {
  regions: ["east", "west", "north"],
  rows: 2,
  load: Float64Array.of(10, 20, 30, 5, 25, 30),
  arriving: new Float64Array(6),
  capacity: Float64Array.of(100, 40, 50, 100, 45, 50),
  failed: new Float64Array(6),
};

describe("the stack of loads", () => {
  it("lies from the bottom up on those that stay, with the region that goes on top", () => {
    const { columns, layers, capacityNow } = stackLoads(loads, "east", -40);
    expect(layers).toEqual([0, 2, 1]);
    expect(columns.map((column) => [...column])).toEqual([
      [-39, -38],
      [60, 60],
      [50, 55],
      [20, 25],
      [90, 95],
    ]);
    expect(capacityNow).toBe(95);
  });

  it("keeps the last second however much it leaves out", () => {
    const rows = 5_000;
    const long = {
      ...loads,
      regions: ["east"],
      rows,
      load: Float64Array.from({ length: rows }, (_, i) => i),
      capacity: new Float64Array(rows),
    };
    const [seconds = new Float64Array(), rim = new Float64Array()] = stackLoads(long, "east", 0).columns;
    expect(seconds.length).toBeLessThanOrEqual(600);
    expect(seconds.at(-1)).toBe(rows);
    expect(rim.at(-1)).toBe(rows - 1);
  });

  it("is empty before the first second", () => {
    const none = new Float64Array();
    const empty = { ...loads, rows: 0, load: none, capacity: none };
    expect(stackLoads(empty, "east", 0).columns.every(({ length }) => length === 0)).toBe(true);
  });
});
