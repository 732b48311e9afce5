/**
 * Reads a stream to its end.
 * @throws an Error when there are more than `greatest` bytes, and what the stream itself throws.
 */
export async function boundedBytes(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  greatest: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > greatest) {
      await reader.cancel();
      throw new Error(`it is larger than ${greatest} bytes`);
    }
    chunks.push(next.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
