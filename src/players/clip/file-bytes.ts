/** As much of a file is read at a time. */
const pieceBytes = 128 * 1024;

/** Something of the reading that is the file's fault and not that of what is in it: a sentence for people. */
export class FileFault extends Error {}

/**
 * The bytes of a file in order, in the memory of one piece. `read` is told how many have been read.
 * @throws FileFault when the file has gone or been changed since it was chosen.
 */
export async function* fileBytes(
  file: Blob,
  read: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < file.size; at += pieceBytes) {
    const piece = await bytesOf(file, at, at + pieceBytes);
    read(at + piece.length);
    yield piece;
  }
}

/** @throws FileFault as above. */
export async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch {
    throw new FileFault("The file has been changed or moved since it was opened. Open it again.");
  }
}
