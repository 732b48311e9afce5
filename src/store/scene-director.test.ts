import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { frozenAt } from "#base/time-map.ts";
import type { SceneUpdate } from "#scene/scene-update.ts";
import { buildSnapshot, snapshotOf, twoRegions, type NodeSketch } from "#testing/builders.ts";
import { createTestApp, rowLayout, type TestApp } from "#testing/test-app.ts";

import type { LayoutService } from "./view-places.ts";

/** An app, and the kinds of what it has told whoever draws since it was asked last. */
function drawn(test: TestApp) {
  const updates: SceneUpdate[] = [];
  test.app.onSceneUpdate((update) => updates.push(update));
  return { updates, kinds: () => updates.splice(0).map(({ kind }) => kind) };
}

/** A layout that answers when a test says so. */
function heldLayout() {
  const waiting: (() => void)[] = [];
  const layout: LayoutService = {
    request: (input, listener) => {
      waiting.push(() => rowLayout.request(input, listener));
      return () => undefined;
    },
  };
  return { layout, answer: () => waiting.splice(0).forEach((one) => one()) };
}

const first = twoRegions(0);
const later = (at: number) => snapshotOf(first.topology, (edge, c) => must(first.rates[edge * 3 + c]), at);

describe("what is told to whoever draws", () => {
  it("is everything, when somebody new begins to draw", () => {
    const test = createTestApp(first);
    const { kinds } = drawn(test);
    test.app.actions.redraw();
    expect(kinds().toSorted()).toEqual(["camera", "emphasis", "scene", "time"]);
  });

  it("is only numbers, when only numbers have changed", () => {
    const test = createTestApp(first);
    const { kinds } = drawn(test);
    test.app.actions.redraw();
    kinds();
    test.player.show(later(1000));
    expect(kinds()).toEqual(["values", "row", "time"]);
  });

  it("is only who stands out, when somebody points at something", () => {
    const test = createTestApp(first);
    const { kinds } = drawn(test);
    test.app.actions.redraw();
    kinds();
    test.app.actions.hover({ kind: "node", path: ["east"] });
    expect(kinds()).toEqual(["emphasis"]);
    test.app.actions.hover({ kind: "node", path: ["east"] });
    expect(kinds()).toEqual([]);
  });

  it("is no other scene, when the same nodes come with a newer topology that says the same", () => {
    const test = createTestApp(first);
    const before = must(test.app.store.getState().scene).structure;
    test.player.show(later(1000));
    expect(must(test.app.store.getState().scene).structure).toBe(before);
  });

  it("is where nodes stand now, without new rows, when one is dragged", () => {
    const test = createTestApp(first);
    const { updates, kinds } = drawn(test);
    test.app.actions.redraw();
    kinds();
    test.app.actions.dragNode(1, { x: 400, y: 200 });
    expect(updates.filter(({ kind }) => kind === "row" || kind === "rows")).toEqual([]);
    expect(updates.filter((update) => update.kind === "scene" && update.rows === undefined).length).toBe(1);
  });

  it("is all rows anew, when the worth of a dot has changed or time has jumped", () => {
    const test = createTestApp(first);
    const { kinds } = drawn(test);
    test.app.actions.redraw();
    kinds();
    test.app.actions.changeSettings({ density: 4 });
    expect(kinds()).toEqual(["rows"]);
    test.player.tell({ generation: 2, timeMap: frozenAt(5, 5) });
    expect(kinds()).toEqual(["rows", "time"]);
  });

  it("grows out of what is entered, and shrinks into what is left", () => {
    const test = createTestApp(first);
    const { updates } = drawn(test);
    const transitions = () =>
      updates.splice(0).flatMap((update) => (update.kind === "scene" ? [update.transition?.direction] : []));
    test.app.actions.redraw();
    expect(transitions()).toEqual([undefined]);
    test.app.actions.enter(["east"]);
    expect(transitions()).toEqual(["enter"]);
    test.app.actions.enter([]);
    expect(transitions()).toEqual(["leave"]);
  });

  it("belongs to the structure that was told last", () => {
    const test = createTestApp(first);
    const { updates } = drawn(test);
    test.app.actions.redraw();
    test.app.actions.enter(["east"]);
    test.player.show(later(1000));
    test.app.actions.dragNode(1, { x: 5, y: 5 });
    test.app.actions.hover({ kind: "node", path: ["east", "api"] });
    let version = -1;
    for (const update of updates) {
      if (update.kind === "scene") {
        version = update.structure.version;
        expect(update.values.version).toBe(version);
      } else if (update.kind === "values") expect(update.values.version).toBe(version);
      else if ("version" in update) expect(update.version).toBe(version);
    }
  });
});

it("lays a view out for the window, whatever is open in it", () => {
  const aspects: number[] = [];
  const layout: LayoutService = {
    request: ({ keys, aspect }, listener) => {
      aspects.push(aspect);
      listener({ xy: new Float32Array(2 * keys.length) }, true);
      return () => undefined;
    },
  };
  const { actions } = createTestApp(twoRegions(), "", { layout }).app;
  actions.resize({ width: 1000, height: 700 }, { left: 0, top: 48, right: 360, bottom: 48 });
  actions.enter(["east"]);
  expect(aspects).toHaveLength(2);
  expect(aspects[1]).toBe(aspects[0]);
});

describe("the rows of the dots", () => {
  const region = (from: string, to: string): NodeSketch => ({
    view: "flow",
    children: { [from]: {}, [to]: {} },
    edges: { [`${from} > ${to}`]: [from === "a" ? 500 : 50] },
  });
  const world = (at: number, revision: number, more: Readonly<Record<string, NodeSketch>> = {}) =>
    buildSnapshot(
      { view: "ring", children: { ...more, east: region("a", "b"), west: region("c", "d") } },
      at,
      revision,
    );

  it("say of each edge what it carried, whatever was on screen before and whatever the topology was", () => {
    const test = createTestApp();
    test.player.show(world(0, 1));
    test.player.show(world(1000, 2, { north: {} }));
    const { updates } = drawn(test);
    const dotsPerSecond = () =>
      updates
        .splice(0)
        .flatMap((update) => (update.kind === "scene" ? (update.rows ?? []) : []))
        .map(({ columns }) => columns[0]);
    test.app.actions.enter(["east"]);
    const [eastBefore, eastNow] = dotsPerSecond();
    expect(eastBefore).toBe(eastNow);
    test.app.actions.enter(["west"]);
    const [westBefore, westNow] = dotsPerSecond();
    expect(westBefore).toBe(westNow);
  });
});

describe("while new nodes are being laid out", () => {
  const children = { a: {}, b: {}, c: {} };
  const before = buildSnapshot({ view: "flow", children, edges: { "a > b": [1], "b > c": [1] } }, 0, 1);
  const after = buildSnapshot(
    { view: "flow", children: { new: {}, c: {} }, edges: { "new > c": [1] } },
    1000,
    2,
  );

  function inBetween() {
    const { layout, answer } = heldLayout();
    const test = createTestApp(undefined, "", { layout });
    test.player.show(before);
    answer();
    test.player.show(after);
    return { test, answer };
  }

  it("the picture before stays, and what is pointed at there has the name that stands there", () => {
    const { test, answer } = inBetween();
    const { actions, store } = test.app;
    expect(must(store.getState().scene).structure.nodes.label).toEqual(["a", "b", "c"]);
    expect(store.getState().scene?.layoutSince).toBeDefined();
    expect(actions.refOf({ kind: "node", node: 1 })).toEqual({ kind: "node", path: ["b"] });
    expect(actions.refOf({ kind: "edge", edge: 1 })).toMatchObject({ source: "b", target: "c" });
    actions.setCursor(["b"]);
    actions.moveCursor("right");
    expect(store.getState().view.cursor).toEqual(["c"]);
    answer();
    expect(must(store.getState().scene).structure.nodes.label).toEqual(["new", "c"]);
    expect(store.getState().scene?.layoutSince).toBeUndefined();
  });

  it("a node that has gone can still be dragged, and its neighbours stay themselves", () => {
    const { test, answer } = inBetween();
    test.app.actions.dragNode(2, { x: 40, y: 50 });
    expect([...must(test.app.store.getState().view.pins.get("[]")).keys()]).toEqual(['["c"]']);
    answer();
  });
});
