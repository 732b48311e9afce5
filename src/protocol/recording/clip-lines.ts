/** What is wrong with a clip, in words for people. Thrown and caught within the reading of clips. */
export class ClipFault extends Error {}

export interface LineLimits {
  /** Of one line. */
  readonly lineBytes: number;
  /** Of all lines, unpacked. */
  readonly totalBytes: number;
}

/** A line without the character that ends it. */
export interface ClipLine {
  readonly bytes: Uint8Array;
  /** False for what stands behind the last end of line: a line that was cut off, or the last one of a careless writer. */
  readonly isEnded: boolean;
}

const newline = 0x0a;

/**
 * Bytes as lines, in the memory of one line.
 * @throws ClipFault when a line, or all of them, are longer than the limits.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  { lineBytes, totalBytes }: LineLimits,
): AsyncGenerator<ClipLine> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > totalBytes) {
      throw new ClipFault(`It holds more than ${totalBytes} bytes, and no more than that is read.`);
    }
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      parts.push(chunk.subarray(from, end));
      yield { bytes: joined(parts, length + end - from), isEnded: true };
      parts = [];
      length = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > lineBytes) {
      throw new ClipFault(`It has a line of more than ${lineBytes} bytes, which no frame needs.`);
    }
  }
  if (length > 0) yield { bytes: joined(parts, length), isEnded: false };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** How deep lists and objects lie in one another in a text of JSON: counted before it is parsed, where depth costs nothing. */
export function jsonDepth(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isInText = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i]!;
    if (isInText) {
      if (byte === 0x5c) i += 1;
      else if (byte === 0x22) isInText = false;
    } else if (byte === 0x22) isInText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return deepest;
}
