import type { Point } from "#base/point.ts";

/** What part of the world the screen shows: the world point in the middle, and CSS pixels per world unit. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Size of the canvas in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Room around the picture that other things cover (bars, panel), CSS pixels. */
export interface Insets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const noInsets: Insets = { left: 0, top: 0, right: 0, bottom: 0 };

export const zoomLimits = { least: 0.03, most: 8 } as const;

export function worldToScreen(camera: Camera, viewport: Viewport, world: Point): Point {
  return {
    x: (world.x - camera.x) * camera.zoom + viewport.width / 2,
    y: (world.y - camera.y) * camera.zoom + viewport.height / 2,
  };
}

export function screenToWorld(camera: Camera, viewport: Viewport, screen: Point): Point {
  return {
    x: (screen.x - viewport.width / 2) / camera.zoom + camera.x,
    y: (screen.y - viewport.height / 2) / camera.zoom + camera.y,
  };
}

/** Moves the picture by CSS pixels. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom };
}

/** Zooms by a factor; the world point under `at` (CSS pixels) stays where it is. */
export function zoomAt(camera: Camera, viewport: Viewport, at: Point, factor: number): Camera {
  const zoom = Math.min(zoomLimits.most, Math.max(zoomLimits.least, camera.zoom * factor));
  const world = screenToWorld(camera, viewport, at);
  return {
    x: world.x - (at.x - viewport.width / 2) / zoom,
    y: world.y - (at.y - viewport.height / 2) / zoom,
    zoom,
  };
}

/** The camera that shows all of the bounds between the insets; at most at `largestZoom`, so that a small graph does not become huge. */
export function fitBounds(bounds: Bounds, viewport: Viewport, insets: Insets, largestZoom: number): Camera {
  const width = Math.max(1, viewport.width - insets.left - insets.right);
  const height = Math.max(1, viewport.height - insets.top - insets.bottom);
  const zoom = Math.max(
    zoomLimits.least,
    Math.min(
      largestZoom,
      width / Math.max(1, bounds.right - bounds.left),
      height / Math.max(1, bounds.bottom - bounds.top),
    ),
  );
  const middleX = insets.left + width / 2;
  const middleY = insets.top + height / 2;
  return {
    x: (bounds.left + bounds.right) / 2 - (middleX - viewport.width / 2) / zoom,
    y: (bounds.top + bounds.bottom) / 2 - (middleY - viewport.height / 2) / zoom,
    zoom,
  };
}
