import type { Millis } from "./time.ts";

/**
 * How wall time becomes data time and motion time, until the next map replaces it. Whoever draws evaluates it for each frame, so
 * nobody has to be told of a frame.
 *
 * Data time says which numbers hold. Motion time says where the dots are. Both run equally up to twice the speed; beyond it motion goes
 * on at 2x, because dots that jump further than their spacing between two frames seem to run backwards.
 */
export interface TimeMap {
  /** The wall moment at which the map begins to hold. */
  readonly wallAt: Millis;
  readonly dataAt: Millis;
  readonly motionAt: Millis;
  /** Data milliseconds per wall millisecond; 0 while paused. */
  readonly speed: number;
  /** Data time stops here: nothing is known beyond it. */
  readonly holdAt: Millis;
}

export const greatestMotionSpeed = 2;

/** A map that stands still at one moment of data time; motion equals data, so the picture does not depend on how one got there. */
export function frozenAt(data: Millis, wall: Millis): TimeMap {
  return { wallAt: wall, dataAt: data, motionAt: data, speed: 0, holdAt: data };
}

export function dataTimeAt(map: TimeMap, wall: Millis): Millis {
  const elapsed = Math.max(0, wall - map.wallAt);
  return Math.max(map.dataAt, Math.min(map.holdAt, map.dataAt + elapsed * map.speed));
}

export function motionTimeAt(map: TimeMap, wall: Millis): Millis {
  const played = dataTimeAt(map, wall) - map.dataAt;
  return (
    map.motionAt + (map.speed > greatestMotionSpeed ? (played * greatestMotionSpeed) / map.speed : played)
  );
}
