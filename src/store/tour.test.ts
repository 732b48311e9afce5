import { describe, expect, it } from "vitest";

import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { createTestApp } from "#testing/test-app.ts";

describe("the tour of the kiosk", () => {
  it("visits the whole, then each region, for ever; what cannot be entered is left out", () => {
    const test = createTestApp(twoRegions(), "?kiosk=1&rotate=30s");
    const stops: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      stops.push(test.app.store.getState().view.focus.join("/"));
      test.clock.advance(30_000);
    }
    expect(stops).toEqual(["", "east", "west", "", "east", "west", ""]);
  });

  it("rests as long as it was told, even when data come meanwhile", () => {
    const test = createTestApp(twoRegions(), "?kiosk=1&rotate=30s");
    for (let second = 1; second < 30; second += 1) {
      test.clock.advance(1000);
      test.player.show(twoRegions(second * 1000));
    }
    expect(test.app.store.getState().view.focus).toEqual([]);
    test.clock.advance(1000);
    expect(test.app.store.getState().view.focus).toEqual(["east"]);
  });

  it("begins when there are data", () => {
    const test = createTestApp(undefined, "?kiosk=1&rotate=30s");
    test.clock.advance(45_000);
    test.player.show(twoRegions());
    test.clock.advance(15_000);
    expect(test.app.store.getState().view.focus).toEqual(["east"]);
  });

  it("goes on from the beginning after a place that is not on it", () => {
    const test = createTestApp(twoRegions(), "?kiosk=1&rotate=30s&in=east&in=api");
    test.clock.advance(30_000);
    expect(test.app.store.getState().view.focus).toEqual([]);
  });

  it("ends with the kiosk, and does not begin in one that only stands there", () => {
    const test = createTestApp(twoRegions(), "?kiosk=1&rotate=30s");
    test.app.actions.toggleKiosk();
    test.clock.advance(120_000);
    expect(test.app.store.getState().view.focus).toEqual([]);
    test.app.actions.toggleKiosk();
    test.clock.advance(120_000);
    expect(test.app.store.getState().view.focus).toEqual([]);
  });

  it("stays where it is when there is nowhere to go", () => {
    const test = createTestApp(
      buildSnapshot({ view: "flow", children: { a: {}, b: {} } }),
      "?kiosk=1&rotate=30s",
    );
    test.clock.advance(300_000);
    expect(test.app.store.getState().view.focus).toEqual([]);
  });
});
