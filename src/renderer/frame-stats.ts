import type { Millis } from "#base/time.ts";

const kept = 120;

/** Frames of the last moments. Allocates nothing per frame. */
export class FrameStats {
  readonly #at = new Float64Array(kept);
  readonly #drawMs = new Float64Array(kept);
  #count = 0;

  add(wall: Millis, drawMs: number): void {
    this.#at[this.#count % kept] = wall;
    this.#drawMs[this.#count % kept] = drawMs;
    this.#count += 1;
  }

  /** Forgets what was measured: the page was hidden, gaps since then mean nothing. */
  reset(): void {
    this.#count = 0;
  }

  summary(): { readonly framesPerSecond: number; readonly drawMs: number; readonly isMeaningful: boolean } {
    const count = Math.min(this.#count, kept);
    if (count < 2) return { framesPerSecond: 0, drawMs: 0, isMeaningful: false };
    const newest = this.#at[(this.#count - 1) % kept]!;
    const oldest = this.#at[(this.#count - count) % kept]!;
    const drawMs = this.#drawMs.slice(0, count).toSorted()[count >> 1]!;
    return {
      framesPerSecond: ((count - 1) * 1000) / Math.max(1, newest - oldest),
      drawMs,
      isMeaningful: count >= 20,
    };
  }
}
