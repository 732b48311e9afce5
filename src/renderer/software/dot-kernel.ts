import { dotCoverage, type DotShape } from "../dot-style.ts";

/** Sub-pixel positions per axis: a slow dot moves in quarters of a pixel, not in jerks. */
export const kernelPhases = 4;

/** Coverage from which a pixel is written whole: a blend costs four times a write, and nobody sees the difference. */
const wholeFrom = 0.88;
const nothingBelow = 0.08;

/** `plain` dots without a soft rim take a third of the time; where dots are many nobody sees the difference. */
export type KernelQuality = "fine" | "plain";

/** Radii in pixels up to which a plain dot is a cross of 5 pixels, and a square of 9. */
const crossUpTo = 1.2;
const squareUpTo = 2;

/**
 * A dot of one class as pixel offsets for every sub-pixel position, flattened: position p (y phase * kernelPhases + x phase) writes the offsets
 * solid[solidFrom[p]] to solid[solidFrom[p + 1] - 1], then blends soft[...] with coverage[...]. Offsets are relative to the dot's pixel in an
 * image of the kernel's width.
 */
export interface DotKernel {
  /** 5 or 9: small and plain, drawn without looking at the lists. */
  readonly stamp: 0 | 5 | 9;
  readonly solid: Int32Array;
  readonly solidFrom: Int32Array;
  readonly soft: Int32Array;
  readonly softFrom: Int32Array;
  /** 1 to 255. */
  readonly coverage: Int32Array;
  /** No pixel is further away than this in x or y. */
  readonly reach: number;
}

export function dotKernel(
  shape: DotShape,
  radius: number,
  imageWidth: number,
  quality: KernelQuality,
): DotKernel {
  const whole = quality === "fine" ? wholeFrom : 0.5;
  const reach = Math.ceil(radius + 1.5);
  const solid: number[] = [];
  const soft: number[] = [];
  const coverage: number[] = [];
  const solidFrom = [0];
  const softFrom = [0];
  for (let position = 0; position < kernelPhases * kernelPhases; position += 1) {
    const cx = ((position % kernelPhases) + 0.5) / kernelPhases;
    const cy = (Math.floor(position / kernelPhases) + 0.5) / kernelPhases;
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) {
        const covered = dotCoverage(shape, x + 0.5 - cx, y + 0.5 - cy, radius);
        if (covered >= whole) solid.push(y * imageWidth + x);
        else if (quality === "fine" && covered > nothingBelow) {
          soft.push(y * imageWidth + x);
          coverage.push(Math.round(covered * 255));
        }
      }
    }
    solidFrom.push(solid.length);
    softFrom.push(soft.length);
  }
  return {
    stamp: stampOf(shape, radius, quality),
    solid: Int32Array.from(solid),
    solidFrom: Int32Array.from(solidFrom),
    soft: Int32Array.from(soft),
    softFrom: Int32Array.from(softFrom),
    coverage: Int32Array.from(coverage),
    reach,
  };
}

function stampOf(shape: DotShape, radius: number, quality: KernelQuality): 0 | 5 | 9 {
  if (quality === "fine" || shape !== "dot" || radius > squareUpTo) return 0;
  return radius > crossUpTo ? 9 : 5;
}

/** Writes the dot at (x, y), which must lie at least `reach` inside the image. Colours are 0xAABBGGRR as signed integers. */
export function drawKernel(
  pixels: Int32Array,
  width: number,
  x: number,
  y: number,
  kernel: DotKernel,
  color: number,
): void {
  const ix = x | 0;
  const iy = y | 0;
  const at = (Math.imul(iy, width) + ix) | 0;
  if (kernel.stamp > 0) {
    drawStamp(pixels, width, at, kernel.stamp, color);
    return;
  }
  const position = (((y - iy) * kernelPhases) | 0) * kernelPhases + (((x - ix) * kernelPhases) | 0);
  const { solid, soft, coverage } = kernel;
  const solidEnd = kernel.solidFrom[position + 1]!;
  for (let i = kernel.solidFrom[position]!; i < solidEnd; i += 1) pixels[(at + solid[i]!) | 0] = color;
  const redBlue = color & 0xff00ff;
  const green = color & 0x00ff00;
  const softEnd = kernel.softFrom[position + 1]!;
  for (let i = kernel.softFrom[position]!; i < softEnd; i += 1) {
    const pixel = (at + soft[i]!) | 0;
    const under = pixels[pixel]!;
    const a = coverage[i]!;
    // Red and blue in one multiplication: each product stays within its own sixteen bits.
    const rb = (Math.imul(under & 0xff00ff, 256 - a) + Math.imul(redBlue, a)) >>> 8;
    const g = (Math.imul(under & 0x00ff00, 256 - a) + Math.imul(green, a)) >>> 8;
    pixels[pixel] = 0xff000000 | (rb & 0xff00ff) | (g & 0x00ff00);
  }
}

/** Writes a plain dot of 5 or 9 pixels around the pixel `at`, none of which may lie beyond the image. */
export function drawStamp(pixels: Int32Array, width: number, at: number, stamp: number, color: number): void {
  const above = (at - width) | 0;
  const below = (at + width) | 0;
  pixels[above] = color;
  pixels[(at - 1) | 0] = color;
  pixels[at] = color;
  pixels[(at + 1) | 0] = color;
  pixels[below] = color;
  if (stamp === 5) return;
  pixels[(above - 1) | 0] = color;
  pixels[(above + 1) | 0] = color;
  pixels[(below - 1) | 0] = color;
  pixels[(below + 1) | 0] = color;
}
