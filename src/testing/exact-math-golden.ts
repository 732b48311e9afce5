import { exp, log, pow } from "#base/exact-math.ts";

/** The 16 hexadecimal digits of a float64. */
export function hexOf(x: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  return bits.getBigUint64(0).toString(16).padStart(16, "0");
}

/** What exact-math.ts must give, bit for bit, in every engine: inputs over the whole range, and the numbers that the models use. */
export const goldenExp: readonly (readonly [x: number, bits: string])[] = [
  [0, "3ff0000000000000"],
  [1, "4005bf0a8b14576a"],
  [-1, "3fd78b56362cef38"],
  [0.5, "3ffa61298e1e069c"],
  [-0.5, "3fe368b2fc6f960a"],
  [9.313225746154785e-10, "3ff0000000400000"],
  [0.001, "3ff0041919b7ee34"],
  [10, "40d5829dcf950560"],
  [-10, "3f07cd79b5647c9a"],
  [100.25, "48f8c39b9134bac4"],
  [709.5, "7fe81e9b4b52d0c9"],
  [-709.5, "00054e90c99fb878"],
  [-740, "0000000000000055"],
  [710, "7ff0000000000000"],
  [-746, "0000000000000000"],
];

export const goldenLog: readonly (readonly [x: number, bits: string])[] = [
  [1, "0000000000000000"],
  [2, "3fe62e42fefa39ef"],
  [0.5, "bfe62e42fefa39ef"],
  [10, "40026bb1bbb55516"],
  [1e-300, "c085963447f87fb5"],
  [5e-324, "c0874385446d71c3"],
  [1.7976931348623157e308, "40862e42fefa39ef"],
  [0.9999999999, "bddb7ce00005e728"],
  [1.0000001, "3e7ad7f2847b6492"],
  [3.7, "3ff4eeee650ae550"],
  [60, "4010609bdc65328b"],
  [0, "fff0000000000000"],
];

export const goldenPow: readonly (readonly [x: number, y: number, bits: string])[] = [
  [2, 0.5, "3ff6a09e667f3bcc"],
  [2, 10, "4090000000000000"],
  [10, -3, "3f50624dd2f1a9fc"],
  [1.579, -0.887, "3fe556ec03c6d1a9"],
  [9.687, -0.887, "3fc114333747d032"],
  [0.8, 4.4, "3fd7f9d831a0ba46"],
  [0.5, 1000.5, "0166a09e667f3bcc"],
  [10000000000, 30.7, "7fac7b1f3cac73b0"],
  [1e-310, 0.3, "2ca0aff95cc5b0b3"],
  [1.0000001, 1000000000, "48f349445c228792"],
  [3, -640, "0088a884395b7530"],
  [1.25, 2.5, "3ffbf36ae31d6e46"],
  [0, 2, "0000000000000000"],
  [0, -2, "7ff0000000000000"],
];

/** Every row of the tables with what this engine gives for it. */
export function goldenRows(): { readonly call: string; readonly bits: string; readonly golden: string }[] {
  return [
    ...goldenExp.map(([x, golden]) => ({ call: `exp(${x})`, bits: hexOf(exp(x)), golden })),
    ...goldenLog.map(([x, golden]) => ({ call: `log(${x})`, bits: hexOf(log(x)), golden })),
    ...goldenPow.map(([x, y, golden]) => ({ call: `pow(${x}, ${y})`, bits: hexOf(pow(x, y)), golden })),
  ];
}

/** FNV-1a over the bits of 3 x 20,000 results: a thousand times the table, in one number. */
export function goldenDigest(): number {
  const bits = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  const take = (x: number): void => {
    bits.setFloat64(0, x);
    hash = Math.imul(hash ^ bits.getInt32(0), 0x01000193);
    hash = Math.imul(hash ^ bits.getInt32(4), 0x01000193);
  };
  for (let i = 0; i < 20_000; i += 1) {
    take(exp((i - 10_000) / 14.1));
    take(log((i + 1) / 777));
    take(pow((i + 1) / 3001, (i % 97) / 7 - 6.5));
  }
  return hash >>> 0;
}
