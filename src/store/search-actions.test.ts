import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { worldToScreen } from "#scene/camera.ts";
import { buildSnapshot, twoRegions } from "#testing/builders.ts";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

const stateOf = ({ app }: TestApp) => app.store.getState();
const sceneOf = (test: TestApp) => must(stateOf(test).scene);
const found = (test: TestApp) => {
  const { structure, found: positions } = sceneOf(test);
  return positions === undefined ? undefined : [...positions].map((at) => structure.nodes.label[at]);
};

/** Inside a region: cart fails with one request in a hundred, everything else is well. */
function inEast(): TestApp {
  const test = createTestApp(twoRegions());
  test.app.actions.enter(["east"]);
  return test;
}

describe("finding", () => {
  it("marks what it finds and hides nothing", () => {
    const test = inEast();
    test.app.actions.setFind("a");
    expect(found(test)).toEqual(["api", "cart"]);
    expect(sceneOf(test).shown.nodes).toBe(4);
  });

  it("finds instances by the service that has them", () => {
    const test = inEast();
    test.app.actions.setFind("api-2");
    expect(found(test)).toEqual(["api"]);
  });

  it("is off while nothing, or nothing that makes sense yet, has been typed", () => {
    const test = inEast();
    for (const text of ["", " ", "rate>", "is:odd"]) {
      test.app.actions.setFind(text);
      expect(found(test)).toBeUndefined();
    }
  });

  it("goes through its matches, around both ends", () => {
    const test = inEast();
    test.app.actions.setFind("a");
    const next = (step: 1 | -1) => {
      test.app.actions.nextMatch(step);
      const { selection } = stateOf(test).view;
      return selection?.kind === "node" ? selection.path.at(-1) : undefined;
    };
    expect([next(1), next(1), next(1)]).toEqual(["api", "cart", "api"]);
    test.app.actions.setFind("a");
    expect([next(-1), next(-1), next(-1)]).toEqual(["cart", "api", "cart"]);
  });

  it("goes nowhere when nothing matches", () => {
    const test = inEast();
    test.app.actions.setFind("nothing like it");
    test.app.actions.nextMatch(1);
    expect(stateOf(test).view.selection).toBeUndefined();
  });

  it("brings a match that lies outside into the middle, and leaves the camera alone for one in sight", () => {
    const test = inEast();
    test.app.actions.setFind("cart");
    const { camera } = stateOf(test).view;
    test.app.actions.nextMatch(1);
    expect(stateOf(test).view.camera).toEqual(camera);
    test.app.actions.panBy(5000, 0);
    test.app.actions.nextMatch(1);
    const { nodes } = sceneOf(test).structure;
    const at = nodes.label.indexOf("cart");
    const { view, screen } = stateOf(test);
    const place = worldToScreen(view.camera, screen.viewport, { x: must(nodes.x[at]), y: must(nodes.y[at]) });
    expect([Math.round(place.x), Math.round(place.y)]).toEqual([500, 350]);
  });

  it("follows the data: what fails is found when it begins to fail", () => {
    const sketch = (errors: number, at: number) =>
      buildSnapshot({ view: "flow", children: { a: {}, b: {} }, edges: { "a > b": [1000, 0, errors] } }, at);
    const test = createTestApp(sketch(0, 0));
    test.app.actions.toggleOnlyProblems();
    expect(found(test)).toEqual([]);
    test.player.show(sketch(500, 1000));
    expect(found(test)).toContain("b");
  });

  it("is forgotten when it is closed", () => {
    const test = inEast();
    test.app.actions.focusFind();
    test.app.actions.setFind("a");
    test.app.actions.closeFind();
    expect([found(test), stateOf(test).search.find, stateOf(test).screen.isFindOpen]).toEqual([
      undefined,
      "",
      false,
    ]);
  });
});

describe("filtering", () => {
  it("leaves what it finds, the entries, and the edges between them, and says how many there are", () => {
    const test = inEast();
    test.app.actions.setFilter("api");
    const { structure, shown, all } = sceneOf(test);
    expect(structure.nodes.label).toEqual(["INTERNET", "api"]);
    expect([shown, all]).toEqual([
      { nodes: 2, edges: 1 },
      { nodes: 4, edges: 3 },
    ]);
  });

  it("moves nothing that stays", () => {
    const test = inEast();
    const place = (name: string) => {
      const { nodes } = sceneOf(test).structure;
      return nodes.x[nodes.label.indexOf(name)];
    };
    const before = place("store");
    test.app.actions.setFilter("store");
    expect(place("store")).toBe(before);
    test.app.actions.setFilter("");
    expect(place("store")).toBe(before);
  });

  it("keeps the service in the middle of its neighbourhood", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.enter(["east", "api"]);
    test.app.actions.setFilter("cart");
    expect(sceneOf(test).structure.nodes.label.toSorted()).toEqual(["api", "cart"]);
  });

  it("hides nothing while it makes no sense yet", () => {
    const test = inEast();
    test.app.actions.setFilter("errors>");
    expect(sceneOf(test).shown.nodes).toBe(4);
  });
});
