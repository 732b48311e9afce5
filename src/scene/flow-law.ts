/**
 * The law of the dots: where each one is and what it looks like is a function of (edge, slot, motion time), nothing else. Two engines
 * evaluate it, GLSL on a graphics card and TypeScript without one; this is its definition. Why it is so: docs/decisions/0002.
 *
 * An edge is a conveyor belt with numbered slots. All numbers are unsigned 32-bit integers that wrap, so the belt runs for ever without
 * losing precision, and whole milliseconds, so the moment at which a slot was last at the source is exact for as long as it travels:
 *
 *   phase = base + time * increment + place(slot)        0 at the source, 2^32 at the target
 *   age   = floor(phase / increment)                     milliseconds since it left the source
 *   birth = time - age                                   the same on every frame of its way
 *
 * A slot carries a dot when `slot` is below the number of dots that the edge's rate asked for at the moment of birth; a hash of
 * (edge, slot, birth) decides about the last, fractional slot, about the dot's class and about its place across the lane.
 */

/** 2^32 divided by the golden ratio: any first n slots lie evenly along the edge (Knuth, The Art of Computer Programming 3, 6.4). */
export const golden = 2_654_435_769;

/** Rates are kept per bucket of motion time: 1,024 ms, so that a bucket is a shift of the time. */
export const bucketBits = 10;
export const bucketMs = 1 << bucketBits;

/** Buckets that are kept; the longest flight must fit in, with the bucket under way and the one it began in. */
export const bucketCount = 16;

/** A dot takes at least this long from end to end, however short the edge: faster is not seen as motion. */
export const shortestFlightMs = 500;
export const longestFlightMs = (bucketCount - 2) * bucketMs - 2_048;

/** The dots are scattered across the lane over this share of its width at either end, and over all of it in the middle. */
export const laneProfileEnd = 0.6;

/** Milliseconds of motion time as the law's clock. */
export function flowTime(motionMs: number): number {
  return Math.floor(motionMs) >>> 0;
}

/** Advance of the phase per millisecond. */
export function phaseIncrement(flightMs: number): number {
  return Math.floor(4_294_967_296 / flightMs);
}

/**
 * Where a slot lies on its belt: evenly by the golden ratio, then moved on by a random sixteenth of the belt at most. The even part keeps any number of dots
 * spread along the whole edge; the random part keeps them from looking like beads on a string.
 */
export function slotPlace(seed: number, slot: number): number {
  let h = Math.imul(slot ^ seed, 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (Math.imul(slot, golden) + (h >>> 4)) >>> 0;
}

export function dotPhase(base: number, increment: number, time: number, place: number): number {
  return (base + Math.imul(time, increment) + place) >>> 0;
}

export function dotAge(phase: number, increment: number): number {
  return Math.floor(phase / increment);
}

/** Position of the birth's bucket in a table of `bucketCount`. */
export function bucketOf(time: number): number {
  return (time >>> bucketBits) & (bucketCount - 1);
}

/** Chris Wellon's lowbias32: every input bit changes every output bit with a probability close to 1/2. */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One random number per life of a dot. */
export function dotHash(seed: number, slot: number, birth: number): number {
  return mix(seed ^ Math.imul(slot, 0x9e3779b1) ^ Math.imul(birth, 0x85ebca6b));
}

/** -1 to 1 across the lane, denser in the middle: the mean of two even numbers. */
export function dotScatter(hash: number): number {
  return ((hash & 0xffff) + (hash >>> 16)) / 65_535 - 1;
}

/** 0 to 1, for the choice of the class. */
export function classChance(hash: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 8) / 16_777_216;
}

/** 0 to 1, for the choice whether the fractional slot carries a dot. */
export function aliveChance(hash: number): number {
  return (Math.imul(hash, 0x85ebca6b) >>> 8) / 16_777_216;
}

/** Dots on the edge at once, as the graphics card computes it: in 32-bit floats. */
export function dotCount(dotsPerSecond: number, flightSeconds: number): number {
  return Math.fround(Math.fround(dotsPerSecond) * Math.fround(flightSeconds));
}

export function isAlive(slot: number, count: number, hash: number): boolean {
  const whole = Math.floor(count);
  return slot < whole || (slot === whole && aliveChance(hash) < Math.fround(count - whole));
}

/** Half the width over which dots are scattered at `u` along the edge, as a share of the lane's half width. */
export function laneProfile(u: number): number {
  return laneProfileEnd + (1 - laneProfileEnd) * 4 * u * (1 - u);
}
