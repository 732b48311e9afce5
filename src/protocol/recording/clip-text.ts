import { bookmarkLine, endLine, headerLine } from "./clip-format.ts";
import type { ClipContent } from "./clip-writer.ts";
import { crc32 } from "./crc32.ts";
import { frameLine } from "./frame-line.ts";

/** A clip that is not packed, line by line: for those who cannot flush deflate. It has no index. */
export async function* clipText(
  { header, frames, bookmarks }: ClipContent,
  utf8: (text: string) => Uint8Array<ArrayBuffer>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let crc = 0;
  let count = 0;
  const line = (text: string): Uint8Array<ArrayBuffer> => {
    const bytes = utf8(`${text}\n`);
    crc = crc32(bytes, crc);
    return bytes;
  };
  yield line(headerLine(header));
  for await (const stored of frames) {
    yield line(frameLine(stored));
    count += 1;
  }
  for (const bookmark of bookmarks()) yield line(bookmarkLine(bookmark));
  yield utf8(`${endLine({ frames: count, crc })}\n`);
}
