/**
 * exp, log and pow that give the same bits in every engine: additions, multiplications, divisions and integer shifts only, which the
 * language defines to the last bit, where `Math.exp` and its kin are left to the engine.
 *
 * The methods and the constants are those of fdlibm 5.3 (e_exp.c, e_log.c, e_pow.c): "Copyright (C) 1993 by Sun Microsystems, Inc.
 * All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice is preserved." The error of each stays under 1 ulp.
 */
const bits = new DataView(new ArrayBuffer(8));

/** The upper 32 bits of a float64, signed: sign, exponent and the first 20 bits of the fraction. */
function highWord(x: number): number {
  bits.setFloat64(0, x);
  return bits.getInt32(0);
}

function withHighWord(x: number, high: number): number {
  bits.setFloat64(0, x);
  bits.setInt32(0, high);
  return bits.getFloat64(0);
}

/** The number without the lower 32 bits of its fraction, so that a product of two such is exact. */
function leading(x: number): number {
  bits.setFloat64(0, x);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** 2 to the power of an integer from -1022 to 1023. */
function twoTo(k: number): number {
  return withHighWord(0, (k + 1023) << 20);
}

/** x * 2^k, rounded once, for a `k` that may lead below the normal numbers. */
function scaled(x: number, k: number): number {
  if (k > 1023) return x * 2 * twoTo(k - 1);
  return k >= -1021 ? x * twoTo(k) : x * twoTo(k + 1000) * twoTo(-1000);
}

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;

/** The even part that fdlibm's exp and pow share: a polynomial in t = x^2, so that exp(x) = 1 + 2x / (2 - c) - ... for |x| <= ln(2) / 2. */
function expPolynomial(t: number): number {
  return (
    t *
    (1.66666666666666019037e-1 +
      t *
        (-2.77777777770155933842e-3 +
          t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))))
  );
}

/** e to the power of x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893383973096) return Infinity;
  if (x < -745.13321910194110842) return 0;
  const size = Math.abs(x);
  if (size < 2 ** -28) return 1 + x;
  let k = 0;
  let high = x;
  let low = 0;
  if (size > 0.5 * Math.LN2) {
    const half = x < 0 ? -0.5 : 0.5;
    k = size < 1.5 * Math.LN2 ? half * 2 : Math.trunc(Math.LOG2E * x + half);
    high = x - k * ln2High;
    low = k * ln2Low;
  }
  const r = high - low;
  const c = r - expPolynomial(r * r);
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  return scaled(1 - (low - (r * c) / (2 - c) - high), k);
}

/** The natural logarithm; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const isSubnormal = x < 2 ** -1022;
  const normal = isSubnormal ? x * 2 ** 54 : x;
  const high = highWord(normal);
  const fraction = high & 0xfffff;
  // Above sqrt(2) the number counts as half of the next power of two.
  const carry = (fraction + 0x95f64) & 0x100000;
  const k = (high >> 20) - 1023 + (carry >> 20) - (isSubnormal ? 54 : 0);
  const f = withHighWord(normal, fraction | (carry ^ 0x3ff00000)) - 1;
  const tail = k * ln2Low;
  if ((0xfffff & (2 + fraction)) < 3) {
    if (f === 0) return k * ln2High + tail;
    const r = f * f * (0.5 - (1 / 3) * f);
    return k === 0 ? f - r : k * ln2High - (r - tail - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = even + odd;
  const middle = fraction - 0x6147a;
  if ((middle | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + r));
    return k * ln2High - (half - (s * (half + r) + tail) - f);
  }
  return k === 0 ? f - s * (f - r) : k * ln2High - (s * (f - r) - tail - f);
}

/** log2 of a positive normal number in two parts, [upper, lower]: 53 + 24 bits, written into `log2Parts`. */
const log2Parts = { upper: 0, lower: 0 };

function log2InTwoParts(x: number): void {
  const isSubnormal = x < 2 ** -1022;
  const normal = isSubnormal ? x * 2 ** 53 : x;
  const high = highWord(normal);
  let n = (high >> 20) - 1023 - (isSubnormal ? 53 : 0);
  const fraction = high & 0xfffff;
  let rounded = fraction | 0x3ff00000;
  // Which of 1, 1.5 and 2 is near: sqrt(3/2) and sqrt(3) divide them.
  let nearHalf = false;
  if (fraction > 0x3988e) {
    if (fraction < 0xbb67a) nearHalf = true;
    else {
      n += 1;
      rounded -= 0x100000;
    }
  }
  const base = nearHalf ? 1.5 : 1;
  const a = withHighWord(normal, rounded);
  // s = (a - base) / (a + base), as an exact upper and a small lower part.
  const u = a - base;
  const v = 1 / (a + base);
  const s = u * v;
  const sUpper = leading(s);
  const sumUpper = withHighWord(0, ((rounded >> 1) | 0x20000000) + 0x80000 + (nearHalf ? 0x40000 : 0));
  const sumLower = a - (sumUpper - base);
  const sLower = v * (u - sUpper * sumUpper - sUpper * sumLower);
  const s2 = s * s;
  const series =
    s2 *
      s2 *
      (5.99999999999994648725e-1 +
        s2 *
          (4.28571428578550184252e-1 +
            s2 *
              (3.33333329818377432918e-1 +
                s2 *
                  (2.72728123808534006489e-1 +
                    s2 * (2.30660745775561754067e-1 + s2 * 2.06975017800338417784e-1))))) +
    sLower * (sUpper + s);
  const square = sUpper * sUpper;
  const tUpper = leading(3 + square + series);
  const tLower = series - (tUpper - 3 - square);
  // u + v = s * (1 + ...), then times 2 / (3 ln 2).
  const product = sUpper * tUpper;
  const rest = sLower * tUpper + tLower * s;
  const pUpper = leading(product + rest);
  const pLower = rest - (pUpper - product);
  const zUpper = 9.61796700954437255859e-1 * pUpper;
  const zLower =
    -7.02846165095275826516e-9 * pUpper +
    pLower * 9.61796693925975554329e-1 +
    (nearHalf ? 1.35003920212974897128e-8 : 0);
  const baseLog = nearHalf ? 5.84962487220764160156e-1 : 0;
  log2Parts.upper = leading(zUpper + zLower + baseLog + n);
  log2Parts.lower = zLower - (log2Parts.upper - n - baseLog - zUpper);
}

/** 2^(upper + lower), where `upper` carries the size. */
function twoToSum(upper: number, lower: number): number {
  const sum = upper + lower;
  const n = Math.abs(sum) > 0.5 ? Math.floor(sum + 0.5) : 0;
  const rest = upper - n;
  const t = leading(lower + rest);
  const u = t * 6.93147182464599609375e-1;
  const v = (lower - (t - rest)) * Math.LN2 + t * -1.90465429995776804525e-9;
  const z = u + v;
  const w = v - (z - u);
  const c = z - expPolynomial(z * z);
  const r = (z * c) / (c - 2) - (w + z * w);
  return scaled(1 - (r - z), n);
}

/** x to the power of y, for x >= 0; NaN for a negative x (no model raises one). */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(y) || !(x >= 0)) return NaN;
  const isUnbounded = Math.abs(y) === Infinity;
  if (x === 1) return isUnbounded ? NaN : 1;
  if (x === 0 || x === Infinity || isUnbounded) return x > 1 === y > 0 ? Infinity : 0;
  log2InTwoParts(x);
  const yUpper = leading(y);
  const lower = (y - yUpper) * log2Parts.upper + y * log2Parts.lower;
  const upper = yUpper * log2Parts.upper;
  const sum = upper + lower;
  if (sum >= 1024.5) return Infinity;
  if (sum < -1076) return 0;
  return twoToSum(upper, lower);
}
