import { must } from "#base/assert.ts";
import type { Point } from "#base/point.ts";
import type { LayoutInput } from "#layout/layout-input.ts";

/** What the page asks of the layout worker. A new request replaces the one before. */
export type LayoutCommand =
  | { readonly kind: "request"; readonly id: number; readonly input: PackedInput }
  | { readonly kind: "cancel"; readonly id: number };

/** A picture for the request of this id; `xy` as in LayoutResult. */
export interface LayoutReply {
  readonly id: number;
  readonly xy: Float32Array<ArrayBuffer>;
  readonly isFinal: boolean;
}

/** A layout's input with its maps as columns: posting an object per node takes the page's thread 0.7 ms per 1,000 nodes. */
export interface PackedInput extends Omit<LayoutInput, "pins" | "previous"> {
  /** x and y of each node in turn, NaN where it has none. */
  readonly pins: Float64Array;
  readonly previous: Float64Array;
}

/** Copies the columns: they are about to be transferred, and the caller keeps its own. Places of unknown nodes are left out. */
export function packInput(input: LayoutInput): PackedInput {
  return {
    ...input,
    radii: input.radii.slice(),
    ends: input.ends.slice(),
    weights: input.weights.slice(),
    pins: packPlaces(input.keys, input.pins),
    previous: packPlaces(input.keys, input.previous),
  };
}

/** The buffers of a packed input, to be moved rather than copied. */
export function buffersOf(input: PackedInput): ArrayBuffer[] {
  return [input.radii, input.ends, input.weights, input.pins, input.previous].flatMap(({ buffer }) =>
    buffer instanceof ArrayBuffer ? [buffer] : [],
  );
}

export function unpackInput(packed: PackedInput): LayoutInput {
  return {
    ...packed,
    pins: unpackPlaces(packed.keys, packed.pins),
    previous: unpackPlaces(packed.keys, packed.previous),
  };
}

function packPlaces(keys: readonly string[], places: ReadonlyMap<string, Point>): Float64Array {
  const packed = new Float64Array(2 * keys.length).fill(Number.NaN);
  keys.forEach((key, node) => {
    const place = places.get(key);
    if (place !== undefined) packed.set([place.x, place.y], 2 * node);
  });
  return packed;
}

function unpackPlaces(keys: readonly string[], packed: Float64Array): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  keys.forEach((key, node) => {
    const x = must(packed[2 * node]);
    const y = must(packed[2 * node + 1]);
    if (!Number.isNaN(x)) places.set(key, { x, y });
  });
  return places;
}
