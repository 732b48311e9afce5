import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { frozenAt } from "#base/time-map.ts";
import { twoRegions } from "#testing/builders.ts";
import { testStart } from "#testing/manual-clock.ts";
import { createTestApp } from "#testing/test-app.ts";

/** An address bar with a history, as a browser has one. */
class FakeHistory {
  readonly steps: string[];
  at = 0;
  #onTravel = (): void => undefined;

  constructor(search: string) {
    this.steps = [search];
  }

  readonly read = (): string => must(this.steps[this.at]);

  readonly write = (search: string, push: boolean): void => {
    if (push) this.at += 1;
    this.steps.splice(this.at, push ? Infinity : 1, search);
  };

  readonly onTravel = (listener: () => void) => {
    this.#onTravel = listener;
    return () => undefined;
  };

  go(steps: number): void {
    this.at += steps;
    this.#onTravel();
  }
}

function pageAt(search = "") {
  const history = new FakeHistory(search);
  const test = createTestApp(twoRegions(testStart), search, { address: history });
  return { ...test, history, view: () => test.app.store.getState().view };
}

describe("the address", () => {
  it("gets a step for what is entered, selected, and for the table", () => {
    const { app, history } = pageAt();
    app.actions.enter(["east"]);
    app.actions.select({ kind: "node", path: ["east", "cart"] });
    app.actions.toggleTable();
    expect(history.steps).toEqual(["", "?in=east", "?in=east&node=cart", "?in=east&node=cart&table=1"]);
  });

  it("is rewritten once somebody has come to rest, by what is typed or moved", () => {
    const { app, history, clock } = pageAt();
    for (const find of ["a", "ap", "api"]) {
      app.actions.setFind(find);
      clock.advance(100);
    }
    expect(history.steps).toEqual([""]);
    clock.advance(1000);
    expect(history.steps).toEqual(["?find=api"]);
    app.actions.panBy(10, 10);
    clock.advance(1000);
    expect(history.steps).toEqual([expect.stringMatching(/^\?find=api&at=/)]);
  });

  it("leads back and forward through everything, and nothing is added on the way", () => {
    const { app, history, clock, view } = pageAt();
    app.actions.enter(["east"]);
    app.actions.select({ kind: "node", path: ["east", "cart"] });
    app.actions.toggleTable();
    app.actions.enter(["west"]);
    const steps = [...history.steps];
    const seen = () => [
      view().focus.join("/"),
      view().selection !== undefined,
      app.store.getState().screen.isTableOpen,
    ];
    for (const [step, meaning] of [
      [-1, ["east", true, true]],
      [-1, ["east", true, false]],
      [-1, ["east", false, false]],
      [-1, ["", false, false]],
      [2, ["east", true, false]],
      [2, ["west", false, true]],
    ] as const) {
      history.go(step);
      clock.advance(1000);
      expect([seen(), history.steps]).toEqual([meaning, steps]);
    }
  });

  it("brings back the camera that it tells", () => {
    const { app, history, clock, view } = pageAt();
    app.actions.zoomBy(2, { x: 10, y: 10 });
    clock.advance(1000);
    const { camera } = view();
    app.actions.enter(["east"]);
    history.go(-1);
    expect(view().camera.x).toBeCloseTo(camera.x, 0);
    expect(view().camera.zoom).toBeCloseTo(camera.zoom, 3);
    expect(view().isFitted).toBe(false);
  });

  it("of a place that does not exist is replaced by the nearest one, which is said", () => {
    const { app, history } = pageAt("?in=east&in=checkout");
    expect(history.steps).toEqual(["?in=east"]);
    expect(app.store.getState().toasts.map(({ text }) => text)).toEqual(["“checkout” does not exist"]);
  });

  it("of a leaf shows the leaf where it is", () => {
    const { history, view } = pageAt("?in=east&in=api&in=api-1");
    expect(view().focus).toEqual(["east", "api"]);
    expect(view().selection).toEqual({ kind: "node", path: ["east", "api", "api-1"] });
    expect(history.steps).toEqual(["?in=east&in=api&node=api-1"]);
  });

  it("keeps what holds for this page only", () => {
    const { app, history } = pageAt("?feed=prod&renderer=software&kiosk=1&rotate=30s");
    app.actions.enter(["east"]);
    expect(history.steps.at(-1)).toBe("?in=east&feed=prod&kiosk=1&rotate=30s&renderer=software");
  });

  it("is left alone once the app is gone", () => {
    const { app, history, clock, player } = pageAt();
    app.actions.setFind("x");
    app.dispose();
    clock.advance(1000);
    app.actions.enter(["east"]);
    player.tell({ timeMap: frozenAt(testStart, testStart) });
    expect(history.steps).toEqual([""]);
  });
});
