/**
 * What the engines read of the edges on screen. Everything is a column, indexed by the edge's position in the scene; both engines index
 * the very same arrays.
 */
export interface FlowEdges {
  readonly count: number;
  /** Per edge `curveStride` numbers, see edge-geometry.ts. */
  readonly curves: Float32Array;
  /** From the names of both ends, so that an edge looks the same whatever else is on screen. */
  readonly seed: Uint32Array;
  /** Phase of slot 0 at time 0: the seed, unless the flight time has changed while dots were under way. */
  readonly base: Uint32Array;
  readonly flightMs: Uint32Array;
}

/**
 * How dense the dots were leaving, for each edge, from one snapshot. `stride` numbers per edge: dots per second, then the cumulative
 * shares of all classes but the last (0 to 1, ascending).
 */
export interface FlowRow {
  /** Data time of the snapshot. */
  readonly at: number;
  readonly stride: number;
  readonly columns: Float32Array;
}

/** Numbers per edge in a FlowRow: a multiple of 4, because the graphics card reads four at a time. */
export function flowRowStride(classes: number): number {
  return Math.ceil(Math.max(1, classes) / 4) * 4;
}
