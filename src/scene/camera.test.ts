import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  fitBounds,
  noInsets,
  pan,
  screenToWorld,
  worldToScreen,
  zoomAt,
  zoomLimits,
  type Camera,
} from "./camera.ts";

const coordinate = fc.double({ min: -50_000, max: 50_000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const camera: fc.Arbitrary<Camera> = fc.record({
  x: coordinate,
  y: coordinate,
  zoom: fc.double({ min: zoomLimits.least, max: zoomLimits.most, noNaN: true }),
});
const viewport = fc.record({
  width: fc.integer({ min: 1, max: 4000 }),
  height: fc.integer({ min: 1, max: 4000 }),
});

/** Half a thousandth of a unit: doubles of this size keep far more. */
const digits = 3;

describe("the camera", () => {
  it("leads from the world to the screen and back again", () => {
    fc.assert(
      fc.property(camera, viewport, point, (at, size, world) => {
        const back = screenToWorld(at, size, worldToScreen(at, size, world));
        expect(back.x).toBeCloseTo(world.x, digits);
        expect(back.y).toBeCloseTo(world.y, digits);
      }),
    );
  });

  it("shows its own place in the middle of the screen", () => {
    expect(worldToScreen({ x: 30, y: -7, zoom: 2 }, { width: 800, height: 600 }, { x: 30, y: -7 })).toEqual({
      x: 400,
      y: 300,
    });
  });

  it("moves the picture by as many pixels as it is told", () => {
    fc.assert(
      fc.property(camera, viewport, point, fc.integer(), fc.integer(), (at, size, world, dx, dy) => {
        fc.pre(Math.abs(dx) < 1e5 && Math.abs(dy) < 1e5);
        const before = worldToScreen(at, size, world);
        const after = worldToScreen(pan(at, dx, dy), size, world);
        expect(after.x - before.x).toBeCloseTo(dx, digits);
        expect(after.y - before.y).toBeCloseTo(dy, digits);
      }),
    );
  });

  it("keeps what lies under the pointer there while it zooms, within its limits", () => {
    const onScreen = fc.record({
      x: fc.integer({ min: 0, max: 4000 }),
      y: fc.integer({ min: 0, max: 4000 }),
    });
    const factor = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(camera, viewport, onScreen, factor, (at, size, pointer, by) => {
        const after = zoomAt(at, size, pointer, by);
        const there = worldToScreen(after, size, screenToWorld(at, size, pointer));
        expect(there.x).toBeCloseTo(pointer.x, digits);
        expect(there.y).toBeCloseTo(pointer.y, digits);
        expect(after.zoom).toBeGreaterThanOrEqual(zoomLimits.least);
        expect(after.zoom).toBeLessThanOrEqual(zoomLimits.most);
      }),
    );
  });
});

describe("fitting", () => {
  const inset = fc.integer({ min: 0, max: 300 });
  const insets = fc.record({ left: inset, top: inset, right: inset, bottom: inset });
  const bounds = fc
    .record({ left: coordinate, top: coordinate, width: fc.nat(20_000), height: fc.nat(20_000) })
    .map(({ left, top, width, height }) => ({ left, top, right: left + width, bottom: top + height }));

  it("shows all of the bounds between the bars, in the middle", () => {
    const size = { width: 1280, height: 800 };
    fc.assert(
      fc.property(bounds, insets, fc.double({ min: 0.1, max: 4, noNaN: true }), (all, bars, largest) => {
        const at = fitBounds(all, size, bars, largest);
        fc.pre(at.zoom > zoomLimits.least);
        const first = worldToScreen(at, size, { x: all.left, y: all.top });
        const last = worldToScreen(at, size, { x: all.right, y: all.bottom });
        expect(first.x).toBeGreaterThanOrEqual(bars.left - 0.001);
        expect(first.y).toBeGreaterThanOrEqual(bars.top - 0.001);
        expect(last.x).toBeLessThanOrEqual(size.width - bars.right + 0.001);
        expect(last.y).toBeLessThanOrEqual(size.height - bars.bottom + 0.001);
        expect(first.x - bars.left).toBeCloseTo(size.width - bars.right - last.x, digits);
        expect(first.y - bars.top).toBeCloseTo(size.height - bars.bottom - last.y, digits);
        expect(at.zoom).toBeLessThanOrEqual(largest);
      }),
    );
  });

  it("does not blow up a single point, and shows something on no screen at all", () => {
    const dot = { left: 5, top: 5, right: 5, bottom: 5 };
    expect(fitBounds(dot, { width: 800, height: 600 }, noInsets, 1.7)).toEqual({ x: 5, y: 5, zoom: 1.7 });
    const covered = fitBounds(
      dot,
      { width: 1, height: 1 },
      { left: 300, top: 60, right: 300, bottom: 40 },
      1.7,
    );
    expect(Object.values(covered).every(Number.isFinite)).toBe(true);
  });
});
