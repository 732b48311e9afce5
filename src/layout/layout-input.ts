import type { Point } from "#base/point.ts";
import type { NodeView } from "#domain/topology.ts";
import type { ViewRole } from "#domain/focus.ts";

/** A graph to lay out, in numbers, ready to cross to a worker. World units are CSS pixels at zoom 1. */
export interface LayoutInput {
  readonly view: NodeView;
  /** Stable across updates: the same key is the same node. Unique within the graph. */
  readonly keys: readonly string[];
  readonly roles: readonly ViewRole[];
  /** Radius of each node, world units. */
  readonly radii: Float32Array;
  /** Source and target of edge e are ends[2e] and ends[2e + 1], positions in `keys`. */
  readonly ends: Uint32Array;
  /** Requests per second of each edge, or 0: a heavier edge is kept straighter. */
  readonly weights: Float32Array;
  /** Width divided by height of the screen to fill. */
  readonly aspect: number;
  /** Where a person has put nodes; these do not move. */
  readonly pins: ReadonlyMap<string, Point>;
  /** Where nodes stood before; they move only as far as they must. Empty for a first layout. */
  readonly previous: ReadonlyMap<string, Point>;
  readonly seed: number;
}

/** x and y of node i are xy[2i] and xy[2i + 1]. The picture is centred on (0, 0). */
export interface LayoutResult {
  readonly xy: Float32Array;
}
