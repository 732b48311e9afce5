/** A 2D context, on the page or in a worker; text and paths are drawn alike on both. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A canvas that is not on the page. */
export type Surface = HTMLCanvasElement | OffscreenCanvas;

export function createSurface(width: number, height: number): Surface {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** The surface's 2D context. `forReading` keeps its pixels in main memory, where getImageData costs a copy and no more. */
export function penOf(surface: Surface, forReading: boolean): Pen {
  const pen = surface.getContext("2d", { willReadFrequently: forReading });
  if (pen === null) throw new Error("This browser cannot draw in two dimensions: no 2D canvas context.");
  return pen;
}

const systemFaces = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/**
 * The typefaces of the picture: the system's until ours has come. They are two different texts on purpose: a worker remembers for ever what a
 * font's text meant when it was first used, also when that was a fallback.
 */
export const typefaces = { before: systemFaces, after: `"Inter Variable", ${systemFaces}` } as const;

/** A font as CSS writes it. `face` is one of `typefaces`. */
export function font(face: string, weight: number, sizePx: number): string {
  return `${weight} ${sizePx}px ${face}`;
}
