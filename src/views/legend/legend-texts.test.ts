import { describe, expect, it } from "vitest";

import type { FlowScale } from "#scene/flow-scale.ts";

import { floorText, scaleText, thinnedOrdinal, worthText } from "./legend-texts.ts";

const scale = (change: Partial<FlowScale>): FlowScale => ({
  mode: "linear",
  worth: 100,
  floorPerSecond: 0.2,
  isCapped: false,
  ...change,
});

describe("the legend's texts", () => {
  it("say what a dot is worth", () => {
    expect(worthText(scale({}))).toBe("1 dot = 100 requests");
    expect(worthText(scale({ worth: 1 }))).toBe("1 dot = 1 request");
    expect(worthText(scale({ worth: 20_000 }))).toBe("1 dot = 20,000 requests");
  });

  it("say how many dots a request is, where it is more than one", () => {
    expect(worthText(scale({ worth: 0.1 }))).toBe("10 dots = 1 request");
    expect(worthText(scale({ worth: 0.02 }))).toBe("50 dots = 1 request");
  });

  it("do not claim a worth on the logarithmic scale", () => {
    expect(worthText(scale({ mode: "logarithmic" }))).toBe("Dots by the logarithm of the rate");
    expect(scaleText(scale({ mode: "logarithmic", worth: 5 }))).toContain("counted from 5/s on");
  });

  it("name the floor", () => {
    expect(floorText(scale({}))).toBe("Quieter edges show a dot every 5 s.");
  });

  it("name which dots a slow machine draws", () => {
    expect([1, 0.5, 0.25, 0.05, 1 / 3].map(thinnedOrdinal)).toEqual([undefined, "2nd", "4th", "20th", "3rd"]);
  });
});
