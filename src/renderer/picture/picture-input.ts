import type { DrillStage } from "#domain/drill-info.ts";
import type { Camera, Viewport } from "#scene/camera.ts";
import type { Emphasis, SceneStructure, SceneValues } from "#scene/scene.ts";

import type { Palette } from "../palette.ts";

/** Everything that a painter of the still picture (lanes, nodes, labels) needs to know. */
export interface PictureInput {
  readonly structure: SceneStructure;
  readonly values: SceneValues;
  readonly emphasis: Emphasis;
  readonly palette: Palette;
  readonly options: PictureOptions;
  /** One of `typefaces`. */
  readonly face: string;
}

export interface PictureOptions {
  readonly labels: boolean;
  /** Dots stand for nothing when they may not move: lanes get chevrons and printed rates instead. */
  readonly reducedMotion: boolean;
  /** Thicker strokes and stronger lanes. */
  readonly highContrast: boolean;
  readonly texts: PictureTexts;
}

/** The words in the picture; the braces are filled in. */
export interface PictureTexts {
  /** "requests/s" */
  readonly unit: string;
  /** "{rate}/s" */
  readonly rate: string;
  /** "{share} errors" */
  readonly errors: string;
  /** "data {age} old" */
  readonly stale: string;
  /** What is compared with a moment at which it was there: "gone" */
  readonly gone: string;
  /** "{count} changed inside" */
  readonly changedInside: string;
  /** "{count} changed", where there is no room for that. */
  readonly changedBriefly: string;
  /** A word or two for each stage of a drill: "ungating". */
  readonly stages: Readonly<Record<DrillStage, string>>;
  /** "{share} passed on" */
  readonly passedOn: string;
}

/** The text with its one brace filled in. */
export function fillIn(text: string, value: string): string {
  return text.replace(/\{\w+\}/, () => value);
}

/** Where a picture is painted: the camera, the screen, and a border around it that panning can bring in. */
export interface PictureFrame {
  readonly camera: Camera;
  readonly viewport: Viewport;
  /** CSS pixels on each side beyond the viewport. */
  readonly border: number;
  readonly pixelRatio: number;
}

/** World to CSS pixels of the painted surface, whose origin is the border's corner. */
export interface PictureTransform {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export function pictureTransform({ camera, viewport, border }: PictureFrame): PictureTransform {
  return {
    zoom: camera.zoom,
    x: border + viewport.width / 2 - camera.x * camera.zoom,
    y: border + viewport.height / 2 - camera.y * camera.zoom,
  };
}
