import { bookmarkLine, endLine, headerLine, type ClipGroup, type ClipHeader } from "./clip-format.ts";
import type { Bookmark } from "./bookmark.ts";
import { crc32 } from "./crc32.ts";
import { frameLine } from "./frame-line.ts";
import { frameTime, type Stored } from "./recorded-frame.ts";

/** What of writing a clip the platform does. */
export interface ClipPacking {
  readonly utf8: (text: string) => Uint8Array;
  /** Raw deflate that ends with a full flush: on a byte, and nothing that follows refers back beyond it. */
  readonly deflate: (bytes: Uint8Array) => Promise<Uint8Array>;
}

export interface ClipContent {
  readonly header: ClipHeader;
  /** The first is a keyframe; each keyframe begins a group. */
  readonly frames: AsyncIterable<Stored>;
  /** Asked for when all frames are written. */
  readonly bookmarks: () => readonly Bookmark[];
}

/** RFC 1952: no name, no time, system unknown. */
const gzipHead = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
/** RFC 1951: a last block with nothing in it. */
const lastBlock = Uint8Array.of(3, 0);

/** A clip, piece by piece, in the memory of one group: one gzip member with a full flush before each keyframe and before the last line. */
export async function* writeClip(content: ClipContent, packing: ClipPacking): AsyncGenerator<Uint8Array> {
  const packer = new Packer(packing);
  yield gzipHead;
  yield packer.pack(`${headerLine(content.header)}\n`);
  const groups: ClipGroup[] = [];
  let frames = 0;
  let lines: string[] = [];
  for await (const stored of content.frames) {
    if (stored.frame.kind === "key") {
      if (lines.length > 0) yield packer.pack(lines.join(""));
      lines = [];
      groups.push([stored.seq, frameTime(stored.frame), packer.offset]);
    }
    lines.push(`${frameLine(stored)}\n`);
    frames += 1;
  }
  if (lines.length > 0) yield packer.pack(lines.join(""));
  const bookmarks = content.bookmarks().map((bookmark) => `${bookmarkLine(bookmark)}\n`);
  if (bookmarks.length > 0) yield packer.pack(bookmarks.join(""));
  yield packer.pack(`${endLine({ frames, crc: packer.crc, groups })}\n`);
  yield packer.tail();
}

/** Packs pieces of text into one deflate stream, each of which can be opened by itself. */
class Packer {
  readonly #packing: ClipPacking;
  /** Of the file, where the next piece begins. */
  offset = gzipHead.length;
  /** Of all text so far. */
  crc = 0;
  #length = 0;

  constructor(packing: ClipPacking) {
    this.#packing = packing;
  }

  async pack(text: string): Promise<Uint8Array> {
    const bytes = this.#packing.utf8(text);
    this.crc = crc32(bytes, this.crc);
    this.#length += bytes.length;
    const packed = await this.#packing.deflate(bytes);
    this.offset += packed.length;
    return packed;
  }

  /** The end of the deflate stream, and of the gzip member: checksum and length modulo 2^32, low byte first. */
  tail(): Uint8Array {
    const tail = new Uint8Array(lastBlock.length + 8);
    tail.set(lastBlock);
    const view = new DataView(tail.buffer);
    view.setUint32(lastBlock.length, this.crc, true);
    view.setUint32(lastBlock.length + 4, this.#length % 2 ** 32, true);
    return tail;
  }
}
