import { must } from "#base/assert.ts";
import { dotCount } from "#scene/flow-law.ts";

import type { FlowState } from "../flow-state.ts";

/** Slots are reserved in blocks, so that a rate that grows a little does not touch the buffer. */
const block = 16;

/** The buffer is packed anew when more than this share of it stands for nothing. */
const tolerableWaste = 0.6;

/**
 * One vertex per slot, (edge, slot), in blocks in the order in which edges came to need them. Grows at the end; what is in it stays, so that nothing is
 * uploaded for dots that are already there.
 */
export class SlotBuffer {
  readonly #gl: WebGL2RenderingContext;
  readonly buffer: WebGLBuffer;
  readonly array: WebGLVertexArrayObject;
  count = 0;
  uploadedBytes = 0;
  #slots = new Uint32Array(0);
  /** Slots in the buffer for each edge. */
  #reserved = new Uint32Array(0);
  #historyVersion = -1;
  #edgesVersion: Uint32Array | undefined;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.buffer = must(gl.createBuffer() as WebGLBuffer | null);
    this.array = must(gl.createVertexArray() as WebGLVertexArrayObject | null);
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribIPointer(0, 2, gl.UNSIGNED_INT, 8, 0);
  }

  /** The next update packs everything anew. */
  restart(): void {
    this.#edgesVersion = undefined;
  }

  update(flow: FlowState): void {
    const isOther = flow.seed !== this.#edgesVersion;
    if (!isOther && flow.history.version === this.#historyVersion) return;
    this.#historyVersion = flow.history.version;
    this.#edgesVersion = flow.seed;
    const needed = slotsNeeded(flow);
    if (isOther) this.#clear(flow.count);
    else if (this.count * (1 - tolerableWaste) > needed.packed + 4096) this.#clear(flow.count);
    this.#append(needed.perEdge);
  }

  #clear(edges: number): void {
    this.#reserved = new Uint32Array(edges);
    this.count = 0;
  }

  #append(needed: Uint32Array): void {
    let more = 0;
    for (let edge = 0; edge < needed.length; edge += 1) more += missing(needed[edge]!, this.#reserved[edge]!);
    if (more === 0) return;
    const isTooLarge = this.#reserve(this.count + more);
    const first = this.count;
    for (let edge = 0; edge < needed.length; edge += 1) {
      const from = this.#reserved[edge]!;
      const to = from + missing(needed[edge]!, from);
      for (let slot = from; slot < to; slot += 1) {
        this.#slots[this.count * 2] = edge;
        this.#slots[this.count * 2 + 1] = slot;
        this.count += 1;
      }
      this.#reserved[edge] = to;
    }
    this.#upload(isTooLarge ? 0 : first, isTooLarge);
  }

  /** Makes room for `count` slots; true when the buffer on the card is now too small. */
  #reserve(count: number): boolean {
    if (count * 2 <= this.#slots.length) return false;
    const larger = new Uint32Array(Math.ceil(count * 1.5) * 2);
    larger.set(this.#slots.subarray(0, this.count * 2));
    this.#slots = larger;
    return true;
  }

  #upload(from: number, isWhole: boolean): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    if (isWhole) gl.bufferData(gl.ARRAY_BUFFER, this.#slots.byteLength, gl.DYNAMIC_DRAW);
    const added = this.#slots.subarray(from * 2, this.count * 2);
    gl.bufferSubData(gl.ARRAY_BUFFER, from * 8, added);
    this.uploadedBytes += added.byteLength;
  }

  dispose(): void {
    this.#gl.deleteVertexArray(this.array);
    this.#gl.deleteBuffer(this.buffer);
  }
}

function missing(needed: number, reserved: number): number {
  return needed <= reserved ? 0 : Math.ceil((needed - reserved) / block) * block;
}

/** Slots that any row of the history asks for, by edge, and how long the buffer would be if it were packed anew. */
function slotsNeeded(flow: FlowState): { readonly perEdge: Uint32Array; readonly packed: number } {
  const perEdge = new Uint32Array(flow.count);
  for (const row of new Set(flow.history.rowOf)) {
    if (row === undefined || row.columns.length !== flow.count * row.stride) continue;
    for (let edge = 0; edge < flow.count; edge += 1) {
      const count = Math.ceil(dotCount(row.columns[edge * row.stride]!, flow.flightMs[edge]! / 1000));
      if (count > perEdge[edge]!) perEdge[edge] = count;
    }
  }
  return { perEdge, packed: perEdge.reduce((sum, count) => sum + missing(count, 0), 0) };
}
