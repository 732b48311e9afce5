import { createSurface, penOf } from "../picture/pen.ts";

/** Reads CSS colours; the canvas itself understands them, so every notation of CSS works. */
export class ColorReader {
  readonly #pen = penOf(createSurface(1, 1), true);
  readonly #known = new Map<string, number>();

  /** The colour as 0xAABBGGRR in a signed integer, opaque; black where the text is no colour. */
  read(color: string): number {
    const known = this.#known.get(color);
    if (known !== undefined) return known;
    this.#pen.fillStyle = "black";
    this.#pen.fillStyle = color;
    this.#pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = this.#pen.getImageData(0, 0, 1, 1).data;
    const value = 0xff000000 | (blue << 16) | (green << 8) | red;
    this.#known.set(color, value);
    return value;
  }
}

/** `over` mixed into `under`: `share` of it, 0 to 1. */
export function mixColors(under: number, over: number, share: number): number {
  const channel = (shift: number) =>
    Math.round(((under >>> shift) & 255) * (1 - share) + ((over >>> shift) & 255) * share) << shift;
  return 0xff000000 | channel(16) | channel(8) | channel(0);
}
