import type { SceneClass } from "#scene/scene.ts";

/** Classes are told apart by shape as well as by colour. */
export type DotShape = "dot" | "triangle" | "diamond" | "square";

/** In the order that the shader knows them by. */
export const dotShapes: readonly DotShape[] = ["dot", "triangle", "diamond", "square"];

/** How a class's dots look. */
export interface DotStyle {
  readonly shape: DotShape;
  /** CSS pixels at zoom 1. */
  readonly radius: number;
  /** Drawn above the others, so that errors are not buried. */
  readonly isOnTop: boolean;
}

/** Radii in CSS pixels at zoom 1: small enough that a river of dots stays grainy, errors large enough to be found in it. */
const normalRadius = 1.55;
const warningRadius = 2.3;
const dangerRadius = 2.6;

export function dotStyle(trafficClass: SceneClass, index: number): DotStyle {
  switch (trafficClass.severity) {
    case "danger":
      return { shape: "diamond", radius: dangerRadius, isOnTop: true };
    case "warning":
      return { shape: "triangle", radius: warningRadius, isOnTop: true };
    case "normal":
      // Further classes without a severity alternate between the two shapes that nobody reads as an alarm.
      return { shape: index % 2 === 0 ? "dot" : "square", radius: normalRadius, isOnTop: false };
  }
}

/** Dots grow slower than the picture when it is zoomed, and never vanish. */
export function dotScale(zoom: number): number {
  return Math.min(1.9, Math.max(0.75, Math.sqrt(zoom)));
}

/** How much of a pixel at (x, y) from the centre a dot covers, 0 to 1. The fragment shader says the same in GLSL. */
export function dotCoverage(shape: DotShape, x: number, y: number, radius: number): number {
  return Math.min(1, Math.max(0, radius + 0.5 - shapeDistance(shape, x, y)));
}

/** Distance from the centre in the shape's own metric: `radius` on its outline. y grows downwards. */
function shapeDistance(shape: DotShape, x: number, y: number): number {
  switch (shape) {
    case "dot":
      return Math.hypot(x, y);
    case "diamond":
      return (Math.abs(x) + Math.abs(y)) * 0.78;
    case "triangle":
      return Math.max(0.866 * Math.abs(x) - 0.5 * y, y) * 1.25;
    case "square":
      return Math.max(Math.abs(x), Math.abs(y)) * 1.12;
  }
}
