import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { mulberry32 } from "#base/random.ts";
import { buildSnapshot, twoRegions, type NodeSketch } from "#testing/builders.ts";
import { meshOfThree } from "#testing/mesh-of-three.ts";
import { createTestApp } from "#testing/test-app.ts";

import type { Direction } from "./app.ts";

const viewOf = ({ app }: ReturnType<typeof createTestApp>) => app.store.getState().view;

describe("getting about", () => {
  it("goes in, and out again with the keyboard on what was left", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.enter(["east", "api"]);
    test.app.actions.setCursor(["east", "api", "api-1"]);
    expect(viewOf(test).focus).toEqual(["east", "api"]);
    test.app.actions.up();
    expect([viewOf(test).focus, viewOf(test).cursor]).toEqual([["east"], ["east", "api"]]);
  });

  it("says what does not exist, and goes as far as it can", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.enter(["east", "nowhere", "further"]);
    expect(viewOf(test).focus).toEqual(["east"]);
    expect(test.app.store.getState().toasts).toMatchObject([
      { kind: "warning", text: "“nowhere” does not exist" },
    ]);
  });

  it("shows a leaf where it is", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.enter(["east", "api", "api-2"]);
    expect(viewOf(test)).toMatchObject({
      focus: ["east", "api"],
      selection: { kind: "node", path: ["east", "api", "api-2"] },
    });
  });

  it("goes to the region that a node stands for, however it is opened", () => {
    const { app } = createTestApp(meshOfThree());
    const { actions, store } = app;
    const focus = () => store.getState().view.focus;
    actions.enter(["us-east-1", "eu-west-1"]);
    expect(focus()).toEqual(["eu-west-1"]);
    actions.setCursor(["eu-west-1", "us-east-1"]);
    actions.openCursor();
    expect(focus()).toEqual(["us-east-1"]);
    actions.select({ kind: "node", path: ["us-east-1", "unknown"] });
    const command = must(app.commands.find(({ id }) => id === "go-region"));
    expect(command.isAvailable?.(store.getState())).toBe(true);
    void command.run(app);
    expect(focus()).toEqual(["unknown"]);
    expect(command.isAvailable?.(store.getState())).toBe(false);
  });

  it("goes there from an address too", () => {
    const { app } = createTestApp(meshOfThree(), "?in=us-east-1&in=eu-west-1");
    expect(app.store.getState().view.focus).toEqual(["eu-west-1"]);
  });

  it("leaves a place that has gone, and says so", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.enter(["west", "cart"]);
    test.player.show(buildSnapshot({ view: "ring", children: { east: {}, west: {} } }, 1000, 2));
    expect(viewOf(test).focus).toEqual([]);
    expect(test.app.store.getState().toasts).toMatchObject([{ text: "“cart” does not exist" }]);
  });

  it("closes one thing after another, from the top one to the view itself", () => {
    const { app } = createTestApp(twoRegions());
    const { actions, store } = app;
    actions.enter(["east"]);
    actions.select({ kind: "node", path: ["east", "cart"] });
    actions.setFind("api");
    actions.toggleTable();
    actions.toggleKiosk();
    actions.openDialog("help");
    const open = () => {
      const { screen, view, search } = store.getState();
      return [
        ...(screen.dialog === undefined ? [] : ["dialog"]),
        ...(view.selection === undefined ? [] : ["selection"]),
        ...(search.find === "" ? [] : ["find"]),
        ...(screen.isTableOpen ? ["table"] : []),
        ...(screen.kiosk === undefined ? [] : ["kiosk"]),
        ...view.focus,
      ];
    };
    const all = ["dialog", "selection", "find", "table", "kiosk", "east"];
    for (let closed = 0; closed <= all.length; closed += 1) {
      expect(open()).toEqual(all.slice(closed));
      actions.up();
    }
    expect(open()).toEqual([]);
  });

  it("tells nobody that the same thing is selected or pointed at once more", () => {
    const { app } = createTestApp(twoRegions());
    app.actions.select({ kind: "node", path: ["east"] });
    app.actions.hover({ kind: "node", path: ["west"] });
    const before = app.store.getState();
    app.actions.select({ kind: "node", path: ["east"] });
    app.actions.hover({ kind: "node", path: ["west"] });
    expect(app.store.getState()).toBe(before);
  });

  it("names what lies under the pointer", () => {
    const { app } = createTestApp(twoRegions());
    app.actions.enter(["west"]);
    expect(app.actions.refOf({ kind: "node", node: 2 })).toEqual({ kind: "node", path: ["west", "cart"] });
    expect(app.actions.refOf({ kind: "edge", edge: 1 })).toEqual({
      kind: "edge",
      parent: ["west"],
      source: "api",
      target: "cart",
    });
  });
});

describe("the keyboard in the picture", () => {
  it("begins at the entry", () => {
    const test = createTestApp(buildSnapshot({ children: { a: {}, b: {}, INTERNET: { isEntry: true } } }));
    test.app.actions.moveCursor("right");
    expect(viewOf(test).cursor).toEqual(["INTERNET"]);
  });

  it("begins at the first node where there is no entry", () => {
    const test = createTestApp(buildSnapshot({ children: { a: {}, b: {}, c: {} } }));
    test.app.actions.moveCursor("down");
    expect(viewOf(test).cursor).toEqual(["a"]);
  });

  it("begins at what is selected", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.select({ kind: "node", path: ["east"] });
    test.app.actions.moveCursor("right");
    expect(viewOf(test).cursor).toEqual(["west"]);
  });

  it("stays where it is when there is nothing further", () => {
    const test = createTestApp(twoRegions());
    for (let i = 0; i < 9; i += 1) test.app.actions.moveCursor("right");
    expect(viewOf(test).cursor).toEqual(["west"]);
    test.app.actions.moveCursor("up");
    expect(viewOf(test).cursor).toEqual(["west"]);
  });

  it("does nothing on an empty page", () => {
    const test = createTestApp();
    test.app.actions.moveCursor("right");
    test.app.actions.openCursor();
    expect(viewOf(test).cursor).toBeUndefined();
    const empty = createTestApp(buildSnapshot({}));
    empty.app.actions.moveCursor("right");
    expect(viewOf(empty).cursor).toBeUndefined();
  });

  it("enters what can be entered, and selects what cannot", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.setCursor(["east"]);
    test.app.actions.openCursor();
    expect(viewOf(test)).toMatchObject({ focus: ["east"], selection: undefined });
    test.app.actions.enter(["east", "api"]);
    test.app.actions.setCursor(["east", "api", "api-1"]);
    test.app.actions.openCursor();
    expect(viewOf(test)).toMatchObject({
      focus: ["east", "api"],
      selection: { kind: "node", path: ["east", "api", "api-1"] },
    });
  });

  it("selects the node that has been entered, rather than to enter it again", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.enter(["east", "api"]);
    test.app.actions.setCursor(["east", "api"]);
    test.app.actions.openCursor();
    expect(viewOf(test)).toMatchObject({
      focus: ["east", "api"],
      selection: { kind: "node", path: ["east", "api"] },
    });
  });

  it("moves in the direction that was asked for, wherever nodes stand", () => {
    const signs: Readonly<Record<Direction, readonly [number, number]>> = {
      left: [-1, 0],
      right: [1, 0],
      up: [0, -1],
      down: [0, 1],
    };
    const direction = fc.constantFrom<Direction>("left", "right", "up", "down");
    fc.assert(
      fc.property(fc.nat(), fc.array(direction, { minLength: 1, maxLength: 20 }), (seed, moves) => {
        const random = mulberry32(seed);
        const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
        const children: Record<string, NodeSketch> = Object.fromEntries(names.map((name) => [name, {}]));
        const test = createTestApp(buildSnapshot({ view: "flow", children }));
        const { actions, store } = test.app;
        names.forEach((_, i) => actions.dragNode(i, { x: random() * 1000, y: random() * 700 }));
        actions.setCursor(["s0"]);
        const place = () => {
          const { nodes } = must(store.getState().scene).structure;
          const at = nodes.label.indexOf(must(viewOf(test).cursor)[0] ?? "");
          return { x: nodes.x[at] ?? NaN, y: nodes.y[at] ?? NaN };
        };
        for (const move of moves) {
          const before = place();
          actions.moveCursor(move);
          const after = place();
          const [dx, dy] = signs[move];
          const isSame = before.x === after.x && before.y === after.y;
          expect(isSame || (after.x - before.x) * dx + (after.y - before.y) * dy > 0).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});
