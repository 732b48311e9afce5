import { curveStride } from "#scene/edge-geometry.ts";
import type { FlowEdges, FlowRow } from "#scene/flow-columns.ts";
import { bucketCount, laneProfileEnd, phaseIncrement } from "#scene/flow-law.ts";

import { drawKernel, drawStamp, type DotKernel } from "./dot-kernel.ts";
import { TopDots } from "./top-dots.ts";

/** A picture that dots are written into: 0xAABBGGRR per pixel (the bytes of an ImageData), opaque. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Int32Array;
}

/** World to pixels: pixel = world * scale + offset. */
export interface PixelTransform {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export interface SplatStyle {
  /** One per class. */
  readonly kernels: readonly DotKernel[];
  /** colors[level * classes + class], where level is one of emphasisLevels. */
  readonly colors: Int32Array;
  /** One per class: drawn after all others. */
  readonly isOnTop: readonly boolean[];
}

export interface SplatEdges extends FlowEdges {
  /** World units. */
  readonly halfWidth: Float32Array;
  /** One of emphasisLevels. */
  readonly level: Uint8Array;
  /** left, top, right, bottom of everything that the edge's dots can reach, world units. */
  readonly bounds: Float32Array;
}

/** A multiplication where flow-law divides: the last bit differs, a place on screen does not. */
const scatterUnit = 1 / 65_535;

/** The moment to draw. */
export interface SplatMoment {
  /** See flowTime. */
  readonly time: number;
  readonly rowOf: readonly (FlowRow | undefined)[];
  readonly classes: number;
  /** Share of all dots to draw, 0 to 1. */
  readonly thinning: number;
}

/**
 * Draws dots into memory. It evaluates scene/flow-law.ts with the functions written out and in signed 32-bit arithmetic, which the
 * compilers of JavaScript turn into single instructions: 10 times faster than calls on unsigned numbers (measured, 9 ns a dot). The
 * functions of flow-law are the oracle of its test.
 */
export class DotSplatter {
  readonly #top = new TopDots();
  readonly #counts = new Float64Array(bucketCount);
  readonly #firstShare = new Float64Array(bucketCount);
  /** The least of the counts: slots below it carry a dot whenever they were born. */
  #leastCount = 0;
  /** The first class's share where it is the same in all buckets, else NaN. */
  #onlyShare = NaN;
  /** The edge's curve in pixels, then the lane's normal times its half width. */
  readonly #curve = new Float64Array(curveStride);

  /** Draws every dot of the moment; returns how many were within reach of the picture. */
  splat(
    image: PixelImage,
    transform: PixelTransform,
    edges: SplatEdges,
    moment: SplatMoment,
    style: SplatStyle,
  ): number {
    const { scale, offsetX, offsetY } = transform;
    const { bounds } = edges;
    this.#top.count = 0;
    let drawn = 0;
    for (let edge = 0; edge < edges.count; edge += 1) {
      const box = edge * 4;
      const isOutside =
        bounds[box + 2]! * scale + offsetX < 0 ||
        bounds[box]! * scale + offsetX > image.width ||
        bounds[box + 3]! * scale + offsetY < 0 ||
        bounds[box + 1]! * scale + offsetY > image.height;
      if (isOutside) continue;
      const slots = this.#prepareCounts(edges, edge, moment);
      if (slots === 0) continue;
      this.#prepareCurve(edges, edge, transform);
      drawn += this.#splatEdge(image, edges, edge, slots, moment, style);
    }
    this.#drawTop(image, style);
    return drawn;
  }

  /** Dots per bucket of birth; returns the number of slots that any of them needs. */
  #prepareCounts(edges: SplatEdges, edge: number, moment: SplatMoment): number {
    const flight = edges.flightMs[edge]!;
    const seconds = Math.fround(flight / 1000);
    const newest = moment.time >>> 10;
    const oldest = (moment.time - flight - 1) >>> 10;
    // The clock wraps: 22 bits of buckets.
    const span = Math.min(bucketCount - 1, (newest - oldest) & 0x3f_ffff);
    let most = 0;
    let least = Infinity;
    let leastShare = Infinity;
    let mostShare = -Infinity;
    for (let back = 0; back <= span; back += 1) {
      const bucket = (newest - back) & (bucketCount - 1);
      const row = moment.rowOf[bucket];
      let count = 0;
      let share = 2;
      if (row !== undefined) {
        const at = edge * row.stride;
        count = Math.fround(Math.fround(row.columns[at]! * seconds) * moment.thinning);
        if (moment.classes > 1) share = row.columns[at + 1]!;
      }
      this.#counts[bucket] = count;
      this.#firstShare[bucket] = share;
      if (count > most) most = count;
      if (count < least) least = count;
      if (share < leastShare) leastShare = share;
      if (share > mostShare) mostShare = share;
    }
    this.#leastCount = Math.floor(least);
    this.#onlyShare = leastShare === mostShare ? leastShare : NaN;
    return Math.ceil(most);
  }

  #prepareCurve(edges: SplatEdges, edge: number, transform: PixelTransform): void {
    const { scale } = transform;
    const from = edge * curveStride;
    const curve = this.#curve;
    for (let i = 0; i < 8; i += 1) curve[i] = edges.curves[from + i]! * scale;
    curve[0]! += transform.offsetX;
    curve[1]! += transform.offsetY;
    const reach = edges.halfWidth[edge]! * scale;
    for (let i = 8; i < curveStride; i += 1) curve[i] = edges.curves[from + i]! * reach;
  }

  #splatEdge(
    image: PixelImage,
    edges: SplatEdges,
    edge: number,
    slots: number,
    moment: SplatMoment,
    style: SplatStyle,
  ): number {
    const { width, pixels } = image;
    const counts = this.#counts;
    const firstShare = this.#firstShare;
    const curve = this.#curve;
    const ax = curve[0]!;
    const ay = curve[1]!;
    const bx = curve[2]!;
    const by = curve[3]!;
    const cx = curve[4]!;
    const cy = curve[5]!;
    const dx = curve[6]!;
    const dy = curve[7]!;
    const nx = curve[8]!;
    const ny = curve[9]!;
    const mx = curve[10]!;
    const my = curve[11]!;
    const time = moment.time | 0;
    const seed = edges.seed[edge]! | 0;
    const increment = phaseIncrement(edges.flightMs[edge]!);
    const perIncrement = 1 / increment;
    const surely = this.#leastCount;
    const onlyShare = this.#onlyShare;
    const isSteady = !Number.isNaN(onlyShare);
    const colorAt = edges.level[edge]! * moment.classes;
    const firstKernel = style.kernels[0]!;
    const firstColor = style.colors[colorAt]!;
    const { stamp } = firstKernel;
    const margin = firstKernel.reach;
    const right = width - margin;
    const bottom = image.height - margin;
    let drawn = 0;
    let even = (edges.base[edge]! + Math.imul(time, increment)) | 0;

    for (let slot = 0; slot < slots; slot += 1, even = (even + 0x9e3779b9) | 0) {
      let place = Math.imul(slot ^ seed, 0x7feb352d);
      place = Math.imul(place ^ (place >>> 15), 0x846ca68b);
      const unsigned = (even + (place >>> 4)) >>> 0;
      const birth = (time - (((unsigned + 0.5) * perIncrement) | 0)) | 0;
      const bucket = (birth >>> 10) & 15;
      let h = seed ^ Math.imul(slot, 0x9e3779b1) ^ Math.imul(birth, 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
      h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
      h ^= h >>> 16;
      if (slot >= surely) {
        const count = counts[bucket]!;
        if (slot >= count) continue;
        const part = Math.fround(count - Math.floor(count));
        if (slot + 1 > count && (Math.imul(h, 0x85ebca6b) >>> 8) / 16_777_216 >= part) continue;
      }
      const u = unsigned * 2.3283064365386963e-10;
      const scatter = ((h & 0xffff) + (h >>> 16)) * scatterUnit - 1;
      const across = scatter * (laneProfileEnd + (1 - laneProfileEnd) * 4 * u * (1 - u));
      const x = ax + u * (bx + u * (cx + u * dx)) + across * (nx + u * mx);
      const y = ay + u * (by + u * (cy + u * dy)) + across * (ny + u * my);
      drawn += 1;
      const chance = (Math.imul(h, 0x9e3779b1) >>> 8) / 16_777_216;
      if (chance < (isSteady ? onlyShare : firstShare[bucket]!)) {
        if (!(x >= margin && y >= margin && x < right && y < bottom)) continue;
        // Whole numbers only: a call with fractions would have to put each of them on the heap.
        if (stamp > 0) drawStamp(pixels, width, (Math.imul(y | 0, width) + (x | 0)) | 0, stamp, firstColor);
        else drawKernel(pixels, width, x, y, firstKernel, firstColor);
        continue;
      }
      const kind = classOf(moment, bucket, edge, chance);
      const kernel = style.kernels[kind]!;
      const reach = kernel.reach;
      if (x < reach || y < reach || x >= width - reach || y >= image.height - reach) continue;
      const color = style.colors[colorAt + kind]!;
      if (style.isOnTop[kind]!) this.#top.push(x, y, kind, color);
      else drawKernel(pixels, width, x, y, kernel, color);
    }
    return drawn;
  }

  #drawTop(image: PixelImage, style: SplatStyle): void {
    const top = this.#top;
    for (let i = 0; i < top.count; i += 1) {
      drawKernel(
        image.pixels,
        image.width,
        top.x[i]!,
        top.y[i]!,
        style.kernels[top.kind[i]!]!,
        top.color[i]!,
      );
    }
  }
}

function classOf(moment: SplatMoment, bucket: number, edge: number, chance: number): number {
  const row = moment.rowOf[bucket];
  if (row === undefined) return 0;
  const at = edge * row.stride + 1;
  let kind = 0;
  for (let c = 0; c < moment.classes - 1; c += 1) if (chance >= row.columns[at + c]!) kind = c + 1;
  return kind;
}
