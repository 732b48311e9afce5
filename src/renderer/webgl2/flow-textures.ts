import { must } from "#base/assert.ts";
import { curveStride } from "#scene/edge-geometry.ts";
import type { FlowRow } from "#scene/flow-columns.ts";
import { bucketCount, phaseIncrement } from "#scene/flow-law.ts";

import type { FlowState } from "../flow-state.ts";

/** Texels in a line of every table; all cards take 2,048. */
const lineTexels = 2048;

/** Texels that an edge takes in the table of curves: 12 numbers of the curve, then half width and level. */
const curveTexels = 4;

/**
 * The columns of the edges as textures: a uniform block would hold 1,365 edges, a texture holds all. What has not changed is not uploaded: a frame
 * without news uploads nothing.
 */
export class FlowTextures {
  readonly #gl: WebGL2RenderingContext;
  readonly curves: WebGLTexture;
  readonly belts: WebGLTexture;
  readonly history: WebGLTexture;
  /** For each bucket the row of the history texture, -1 where nothing flowed. */
  readonly rowOf = new Int32Array(bucketCount).fill(-1);
  rowLines = 1;
  stride = 1;
  /** Bytes uploaded so far, for the benches. */
  uploadedBytes = 0;
  #flowVersion = -1;
  #historyVersion = -1;
  /** Which row lies in which place of the texture. */
  #placed: (FlowRow | undefined)[] = [];
  #edges = -1;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.curves = createTexture(gl);
    this.belts = createTexture(gl);
    this.history = createTexture(gl);
  }

  update(flow: FlowState): void {
    if (flow.version !== this.#flowVersion) {
      this.#uploadEdges(flow);
      this.#flowVersion = flow.version;
    }
    if (flow.history.version !== this.#historyVersion || flow.count !== this.#edges) {
      this.#uploadHistory(flow);
      this.#historyVersion = flow.history.version;
    }
  }

  #uploadEdges(flow: FlowState): void {
    const gl = this.#gl;
    const curveLines = lines(flow.count * curveTexels);
    const curves = new Float32Array(curveLines * lineTexels * 4);
    const beltLines = lines(flow.count);
    const belts = new Uint32Array(beltLines * lineTexels * 4);
    for (let edge = 0; edge < flow.count; edge += 1) {
      const at = edge * curveTexels * 4;
      for (let i = 0; i < curveStride; i += 1) curves[at + i] = flow.curves[edge * curveStride + i]!;
      curves[at + 12] = flow.halfWidth[edge]!;
      curves[at + 13] = flow.level[edge]!;
      belts[edge * 4] = flow.base[edge]!;
      belts[edge * 4 + 1] = flow.seed[edge]!;
      belts[edge * 4 + 2] = flow.flightMs[edge]!;
      belts[edge * 4 + 3] = phaseIncrement(flow.flightMs[edge]!);
    }
    gl.bindTexture(gl.TEXTURE_2D, this.curves);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, lineTexels, curveLines, 0, gl.RGBA, gl.FLOAT, curves);
    gl.bindTexture(gl.TEXTURE_2D, this.belts);
    gl.texImage2D(
      gl.TEXTURE_2D,
      0,
      gl.RGBA32UI,
      lineTexels,
      beltLines,
      0,
      gl.RGBA_INTEGER,
      gl.UNSIGNED_INT,
      belts,
    );
    this.uploadedBytes += curves.byteLength + belts.byteLength;
  }

  /** Uploads the rows that buckets have come to need, into places that none needs any more. */
  #uploadHistory(flow: FlowState): void {
    const gl = this.#gl;
    const needed = new Set(flow.history.rowOf);
    const stride = must([...needed].find((row) => row !== undefined) ?? { stride: 4 }).stride / 4;
    gl.bindTexture(gl.TEXTURE_2D, this.history);
    if (stride !== this.stride || flow.count !== this.#edges || this.#placed.length === 0) {
      this.stride = stride;
      this.#edges = flow.count;
      this.rowLines = lines(flow.count * stride);
      this.#placed = Array.from({ length: bucketCount });
      gl.texImage2D(
        gl.TEXTURE_2D,
        0,
        gl.RGBA32F,
        lineTexels,
        this.rowLines * bucketCount,
        0,
        gl.RGBA,
        gl.FLOAT,
        null,
      );
    }
    for (const row of needed) {
      if (row === undefined || this.#placed.includes(row) || row.columns.length !== flow.count * row.stride)
        continue;
      const place = this.#placed.findIndex((held) => held === undefined || !needed.has(held));
      this.#placed[place] = row;
      this.#uploadRow(row, place);
    }
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      const row = flow.history.rowOf[bucket];
      this.rowOf[bucket] = row === undefined ? -1 : this.#placed.indexOf(row);
    }
  }

  /** Whole lines first, then what remains of the last one, so that the row's own array is uploaded without a copy. */
  #uploadRow(row: FlowRow, place: number): void {
    const gl = this.#gl;
    const texels = row.columns.length / 4;
    const whole = Math.floor(texels / lineTexels);
    const y = place * this.rowLines;
    if (whole > 0)
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, y, lineTexels, whole, gl.RGBA, gl.FLOAT, row.columns);
    const rest = texels - whole * lineTexels;
    if (rest > 0) {
      const tail = row.columns.subarray(whole * lineTexels * 4);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, y + whole, rest, 1, gl.RGBA, gl.FLOAT, tail);
    }
    this.uploadedBytes += row.columns.byteLength;
  }

  dispose(): void {
    for (const texture of [this.curves, this.belts, this.history]) this.#gl.deleteTexture(texture);
  }
}

function lines(texels: number): number {
  return Math.max(1, Math.ceil(texels / lineTexels));
}

function createTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = must(gl.createTexture() as WebGLTexture | null);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return texture;
}
