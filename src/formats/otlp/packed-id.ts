import type { PackedId } from "./trace-request.ts";

/** The id of `length` bytes at `from`. Undefined for all zeros, which is no id. */
export function packBytes(bytes: Uint8Array, from: number, length: number): PackedId | undefined {
  const unit = (at: number): number => ((bytes[from + at] ?? 0) << 8) | (bytes[from + at + 1] ?? 0);
  const a = unit(0);
  const b = unit(2);
  const c = unit(4);
  const d = unit(6);
  if (length === 8) return (a | b | c | d) === 0 ? undefined : String.fromCharCode(a, b, c, d);
  const e = unit(8);
  const f = unit(10);
  const g = unit(12);
  const h = unit(14);
  if ((a | b | c | d | e | f | g | h) === 0) return undefined;
  return String.fromCharCode(a, b, c, d, e, f, g, h);
}

/** The same out of hexadecimal digits, large or small. Undefined where they are no id of `length` bytes. */
export function packHex(hex: string, length: number): PackedId | undefined {
  if (hex.length !== length * 2 || !/^[0-9a-f]*$/i.test(hex) || /^0*$/.test(hex)) return undefined;
  const units: number[] = [];
  for (let at = 0; at < hex.length; at += 4) units.push(Number.parseInt(hex.slice(at, at + 4), 16));
  return String.fromCharCode(...units);
}
