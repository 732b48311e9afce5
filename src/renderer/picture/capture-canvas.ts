import type { Surface } from "./pen.ts";

/** The canvas as a PNG, undefined where the browser cannot make one. */
export function captureCanvas(canvas: Surface): Promise<Blob | undefined> {
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type: "image/png" });
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/png"));
}
