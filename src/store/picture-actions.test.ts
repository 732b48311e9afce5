import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { screenToWorld, worldToScreen } from "#scene/camera.ts";
import { twoRegions } from "#testing/builders.ts";
import { createTestApp, type TestApp } from "#testing/test-app.ts";

const stateOf = ({ app }: TestApp) => app.store.getState();

/** Where a node of the scene is on screen, CSS pixels. */
function onScreen(test: TestApp, position: number) {
  const { scene, view, screen } = stateOf(test);
  const { nodes } = must(scene).structure;
  return worldToScreen(view.camera, screen.viewport, {
    x: nodes.x[position] ?? 0,
    y: nodes.y[position] ?? 0,
  });
}

describe("the camera", () => {
  it("shows everything at first, and goes on doing so when the window changes", () => {
    const test = createTestApp(twoRegions());
    for (const [width, height] of [
      [1000, 700],
      [360, 640],
    ] as const) {
      test.app.actions.resize({ width, height }, { left: 20, top: 50, right: 40, bottom: 30 });
      for (const node of [0, 1, 2]) {
        const { x, y } = onScreen(test, node);
        expect([x > 20, x < width - 40, y > 50, y < height - 30]).toEqual([true, true, true, true]);
      }
    }
  });

  it("stays where a person has put it until they ask for everything again", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.panBy(50, 20);
    const { camera } = stateOf(test).view;
    test.app.actions.resize({ width: 500, height: 500 }, { left: 0, top: 0, right: 0, bottom: 0 });
    expect(stateOf(test).view.camera).toEqual(camera);
    test.app.actions.fit();
    expect(stateOf(test).view.camera).not.toEqual(camera);
    expect(stateOf(test).view.isFitted).toBe(true);
  });

  it("moves the picture with the hand", () => {
    const test = createTestApp(twoRegions());
    const before = onScreen(test, 1);
    test.app.actions.panBy(30, -40);
    const after = onScreen(test, 1);
    expect(after.x - before.x).toBeCloseTo(30, 3);
    expect(after.y - before.y).toBeCloseTo(-40, 3);
  });

  it("zooms around the pointer: what is under it stays under it", () => {
    const test = createTestApp(twoRegions());
    const at = { x: 123, y: 456 };
    const under = () => screenToWorld(stateOf(test).view.camera, stateOf(test).screen.viewport, at);
    const before = under();
    test.app.actions.zoomBy(1.7, at);
    expect(under().x).toBeCloseTo(before.x, 3);
    expect(under().y).toBeCloseTo(before.y, 3);
  });
});

describe("what lies under a point of the canvas", () => {
  it("is the node that is drawn there, and nothing beside it", () => {
    const test = createTestApp(twoRegions());
    for (const node of [0, 1, 2])
      expect(test.app.actions.hitTest(onScreen(test, node), false)).toEqual({ kind: "node", node });
    expect(test.app.actions.hitTest({ x: 2, y: 2 }, false)).toBeUndefined();
  });

  it("is nothing while there is nothing", () => {
    expect(createTestApp().app.actions.hitTest({ x: 1, y: 1 }, true)).toBeUndefined();
  });
});

describe("dragging a node", () => {
  it("puts it under the pointer and moves no other, and the picture stays", () => {
    const test = createTestApp(twoRegions());
    const { camera } = stateOf(test).view;
    const others = [onScreen(test, 0), onScreen(test, 2)];
    test.app.actions.dragNode(1, { x: 400, y: 100 });
    expect(onScreen(test, 1).x).toBeCloseTo(400, 2);
    expect(onScreen(test, 1).y).toBeCloseTo(100, 2);
    expect([onScreen(test, 0), onScreen(test, 2)]).toEqual(others);
    expect(stateOf(test).view.camera).toEqual(camera);
  });

  it("is kept for the feed, and found by the next visit", () => {
    const first = createTestApp(twoRegions());
    first.app.actions.dragNode(1, { x: 400, y: 100 });
    first.app.actions.endDrag(1);
    const place = must(stateOf(first).view.pins.get("[]")?.get('["east"]'));
    const kept = first.kept.get("spillway.pins.test");
    const next = createTestApp(undefined, "", { kept: new Map([["spillway.pins.test", kept ?? ""]]) });
    next.player.show(twoRegions());
    const found = must(stateOf(next).view.pins.get("[]")?.get('["east"]'));
    expect(Math.hypot(found.x - place.x, found.y - place.y)).toBeLessThan(0.2);
    expect(must(stateOf(next).scene).structure.nodes.pinned).toEqual(Uint8Array.of(0, 1, 0));
  });

  it("is undone for one node, or for the whole view", () => {
    const test = createTestApp(twoRegions());
    const { x: xs } = must(stateOf(test).scene).structure.nodes;
    test.app.actions.dragNode(0, { x: 10, y: 10 });
    test.app.actions.dragNode(1, { x: 400, y: 100 });
    test.app.actions.unpin(["east"]);
    expect([...must(stateOf(test).view.pins.get("[]")).keys()]).toEqual(['["INTERNET"]']);
    expect(must(stateOf(test).scene).structure.nodes.x[1]).toBe(xs[1]);
    test.app.actions.resetPlaces();
    expect(stateOf(test).view.pins.size).toBe(0);
    expect(must(stateOf(test).scene).structure.nodes.x).toEqual(xs);
    expect(test.kept.get("spillway.pins.test")).toBe("{}");
  });

  it("belongs to the view that it was done in", () => {
    const test = createTestApp(twoRegions());
    test.app.actions.enter(["east"]);
    test.app.actions.dragNode(1, { x: 400, y: 100 });
    expect([...stateOf(test).view.pins.keys()]).toEqual(['["east"]']);
  });
});
