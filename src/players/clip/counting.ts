/** How much has come, in bytes; throws what ends the cutting. */
export type CutListener = (bytes: number) => void;

/** Counts what goes through. */
export function counting<T extends Uint8Array>(came: CutListener): TransformStream<T, T> {
  let bytes = 0;
  return new TransformStream({
    transform: (piece, controller) => {
      bytes += piece.length;
      came(bytes);
      controller.enqueue(piece);
    },
  });
}
