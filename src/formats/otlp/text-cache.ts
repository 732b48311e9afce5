/** Longer texts are seldom the same twice. */
const longestKept = 64;
const slots = 4096;

/**
 * Texts out of UTF-8, each of the usual ones made once: names of attributes and services come with every span. Holds at most 4,096 short texts.
 */
export class TextCache {
  readonly #texts: string[] = Array.from({ length: slots }, () => "");

  /** The text of `bytes` from `from` to before `to`. What is no UTF-8 becomes U+FFFD. */
  read(bytes: Uint8Array, from: number, to: number): string {
    const length = to - from;
    if (length === 0) return "";
    if (length > longestKept) return decodeUtf8(bytes, from, to);
    // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    const known = this.#texts[slot] ?? "";
    if (known.length === length && isSame(known, bytes, from)) return known;
    const text = decodeUtf8(bytes, from, to);
    this.#texts[slot] = text;
    return text;
  }
}

/** Holds for ASCII only: a text with other signs is never the same, and is made anew each time. */
function isSame(text: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const byte = bytes[from + i] ?? 0;
    if (byte >= 0x80 || text.charCodeAt(i) !== byte) return false;
  }
  return true;
}

function decodeUtf8(bytes: Uint8Array, from: number, to: number): string {
  const units: number[] = [];
  let at = from;
  while (at < to) {
    const first = bytes[at] ?? 0;
    const length =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const point = length === 1 ? first : length === 0 ? undefined : codePoint(bytes, at, to, length);
    at += point === undefined ? 1 : length;
    if (point === undefined) units.push(0xfffd);
    else if (point < 0x10000) units.push(point);
    else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
  }
  return String.fromCharCode(...units);
}

/** Undefined where the bytes are no sign: cut off, overlong, half of a pair, too great. */
function codePoint(bytes: Uint8Array, at: number, to: number, length: number): number | undefined {
  if (at + length > to) return undefined;
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let i = 1; i < length; i += 1) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (next & 0x3f);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  return point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? undefined : point;
}
