/** What was asked of a graphics card. */
export interface GlCounts {
  readonly frames: number;
  readonly drawCalls: number;
  /** Into buffers and textures. */
  readonly uploadedBytes: number;
  readonly uniformCalls: number;
}

const drawing = /^draw(Arrays|Elements|RangeElements)/;
const uploading = /^(buffer(Sub)?Data|(compressedT|copyT|t)ex(Sub)?Image[23]D)$/;

/** Counts the calls of every WebGL2 context of this page from now on, by replacing the browser's functions; call `take` for the counts since the last time. */
export function countGlCalls(): { readonly take: () => Omit<GlCounts, "frames"> } {
  let counts = { drawCalls: 0, uploadedBytes: 0, uniformCalls: 0 };
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const isDrawing = drawing.test(name);
    const isUploading = uploading.test(name);
    const isUniform = name.startsWith("uniform");
    if (!isDrawing && !isUploading && !isUniform) continue;
    const original = prototype[name] as (...args: unknown[]) => unknown;
    prototype[name] = function counted(this: unknown, ...args: unknown[]): unknown {
      if (isDrawing) counts.drawCalls += 1;
      if (isUploading) counts.uploadedBytes += bytesOf(args);
      if (isUniform) counts.uniformCalls += 1;
      return original.apply(this, args);
    };
  }
  return {
    take: () => {
      const taken = counts;
      counts = { drawCalls: 0, uploadedBytes: 0, uniformCalls: 0 };
      return taken;
    },
  };
}

/** A copy within the card, whose arguments hold no data, counts as one byte, so that it does not pass for nothing. */
function bytesOf(args: readonly unknown[]): number {
  for (const arg of args) {
    if (ArrayBuffer.isView(arg) || arg instanceof ArrayBuffer) return arg.byteLength;
    if (arg instanceof OffscreenCanvas || arg instanceof HTMLCanvasElement || arg instanceof ImageBitmap)
      return arg.width * arg.height * 4;
  }
  return 1;
}
