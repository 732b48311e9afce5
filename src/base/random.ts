/** A stream of numbers in [0, 1); the same seed gives the same stream on every machine. */
export type Random = () => number;

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, passes gjrand, plenty for looks and simulations.
 * mulberry32(42) starts 0.6011037519201636, 0.44829055899754167, 0.8524657934904099.
 */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a over the UTF-16 units of the text, continuing from `seed`: an unsigned 32-bit number. */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed >>> 0;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // One separator round keeps hashText("b", hashText("a")) apart from hashText("ab").
  return Math.imul(hash ^ 0xff51, 0x01000193) >>> 0;
}
