/** Requests have nine levels; attributes may bring lists of their own. */
const greatestDepth = 64;

/** A span has 17 keys. */
const mostKeys = 256;

/** Every list and object of a request has a key and values: seldom less than 16 bytes. */
const leastBytes = 8;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * Why a text in JSON (as UTF-8) is not worth parsing: nested too deeply, or with more lists, objects or keys than a trace request of its size can have. Parsing takes up
 * to 50 times a text's size for such. Whether it is JSON at all is not looked at. Undefined for what may be parsed.
 */
export function whyOddShape(bytes: Uint8Array): string | undefined {
  const mostContainers = 1024 + bytes.length / leastBytes;
  /** Items so far in each open list or object. */
  const items = new Uint32Array(greatestDepth + 1);
  const isObject = new Uint8Array(greatestDepth + 1);
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      for (at += 1; at < bytes.length && bytes[at] !== quote; at += 1) if (bytes[at] === backslash) at += 1;
    } else if (byte === comma) {
      const count = (items[depth] ?? 0) + 1;
      items[depth] = count;
      if (isObject[depth] === 1 && count >= mostKeys) return `an object has more than ${mostKeys} keys`;
    } else if ((byte | 0x20) === 0x7b) {
      // "[" or "{"
      depth += 1;
      containers += 1;
      if (depth > greatestDepth) return `it is nested more than ${greatestDepth} levels deep`;
      if (containers > mostContainers) return "it is nothing but lists and objects";
      items[depth] = 0;
      isObject[depth] = byte === 0x7b ? 1 : 0;
    } else if ((byte | 0x20) === 0x7d && depth > 0) depth -= 1;
  }
  return undefined;
}
