import type { TimeMap } from "#base/time-map.ts";
import type { Millis } from "#base/time.ts";

import type { Camera } from "./camera.ts";
import type { FlowRow } from "./flow-columns.ts";
import type { Emphasis, SceneStructure, SceneValues } from "./scene.ts";

/** What changes on screen, told to whoever draws. `version` is the structure's that the numbers belong to. */
export type SceneUpdate =
  | {
      readonly kind: "scene";
      readonly structure: SceneStructure;
      readonly values: SceneValues;
      /** Absent when nodes have only moved: the edges are the same, in the same order, and dots under way go on. */
      readonly rows?: readonly FlowRow[];
      /** The other view grows out of a place on screen, or shrinks into it; absent: no transition. */
      readonly transition?: SceneTransition;
    }
  | { readonly kind: "values"; readonly values: SceneValues }
  /** One more frame of data. Rows that no data time from `keepFrom` on can need may go. */
  | { readonly kind: "row"; readonly version: number; readonly row: FlowRow; readonly keepFrom: Millis }
  /** All rows anew: the scale of the dots has changed, or time has jumped. */
  | { readonly kind: "rows"; readonly version: number; readonly rows: readonly FlowRow[] }
  | { readonly kind: "emphasis"; readonly version: number; readonly emphasis: Emphasis }
  | { readonly kind: "camera"; readonly camera: Camera; readonly animateMs: number }
  /** `restart`: time has jumped; what was under way is rebuilt from the rows. */
  | { readonly kind: "time"; readonly map: TimeMap; readonly restart: boolean };

export interface SceneTransition {
  /** CSS pixels on the canvas. */
  readonly anchor: { readonly x: number; readonly y: number };
  readonly direction: "enter" | "leave";
}
