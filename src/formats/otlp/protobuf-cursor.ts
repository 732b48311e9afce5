/** Thrown inside the reader for bytes that are no protobuf; never leaves it. */
export class MalformedProtobuf extends Error {}

export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Walks over the fields of protobuf messages (https://protobuf.dev/programming-guides/encoding/). It never looks past `end`, and each step moves it on, so that
 * it ends whatever the bytes are.
 */
export class ProtobufCursor {
  readonly bytes: Uint8Array;
  at: number;
  end: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.at = 0;
    this.end = bytes.length;
  }

  get hasMore(): boolean {
    return this.at < this.end;
  }

  /** A varint of up to 64 bits, as a number: exact up to 2 ** 53. */
  varint(): number {
    let value = 0;
    let factor = 1;
    for (let count = 0; count < 10; count += 1) {
      if (this.at >= this.end) throw new MalformedProtobuf(`A number is cut off at byte ${this.at}`);
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new MalformedProtobuf(`A number has more than ten bytes, at byte ${this.at - 10}`);
  }

  /** A varint that is an int64: a negative one has ten bytes. Exact between -(2 ** 53) and 2 ** 53. */
  signed(): number {
    const from = this.at;
    const value = this.varint();
    if (this.at - from < 10) return value;
    let inverted = 0;
    for (let i = 0; i < 10; i += 1) {
      inverted += (~(this.bytes[from + i] ?? 0) & (i < 9 ? 0x7f : 1)) * 2 ** (7 * i);
    }
    return -inverted - 1;
  }

  /** The length of what follows, which is known to be there. */
  length(): number {
    const length = this.varint();
    if (length > this.end - this.at) {
      throw new MalformedProtobuf(
        `${length} bytes should follow at byte ${this.at}, but only ${this.end - this.at} do`,
      );
    }
    return length;
  }

  /** Goes into the message that follows. Returns where the outer one ends, for `leave`. */
  enter(): number {
    const outer = this.end;
    const length = this.length();
    this.end = this.at + length;
    return outer;
  }

  leave(outer: number): void {
    this.at = this.end;
    this.end = outer;
  }

  /** Four bytes, the lowest first. */
  fixed32(): number {
    this.#need(4);
    const { bytes, at } = this;
    this.at += 4;
    const high = ((bytes[at + 3] ?? 0) << 24) | ((bytes[at + 2] ?? 0) << 16);
    return (high | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >>> 0;
  }

  /** Passes over the value of a field that is not needed. */
  skip(type: number): void {
    if (type === wire.varint) this.varint();
    else if (type === wire.fixed64) this.#pass(8);
    else if (type === wire.bytes) this.#pass(this.length());
    else if (type === wire.fixed32) this.#pass(4);
    else throw new MalformedProtobuf(`There is no wire type ${type}, before byte ${this.at}`);
  }

  #pass(count: number): void {
    this.#need(count);
    this.at += count;
  }

  #need(count: number): void {
    if (count > this.end - this.at) throw new MalformedProtobuf(`A value is cut off at byte ${this.at}`);
  }
}
