/** Below this many frames per second something has to give. */
const tooFew = 24;

/** From this many on, something may be given back. */
const plenty = 50;

/** With fewer dots than this the dots are not what takes the time. */
const dotsThatMatter = 15_000;

/** Seconds of plenty before quality is raised again: otherwise it would swing to and fro. */
const patience = 6;

/**
 * Gives up quality on a machine that cannot keep up, in this order: pixels beyond one per CSS pixel, then dots, a prefix of the slots of every edge
 * alike, so that densities stay comparable. The legend says so. Told once a second.
 */
export class QualityGovernor {
  #thinning = 1;
  #isCoarse = false;
  #goodSeconds = 0;

  get thinning(): number {
    return this.#thinning;
  }

  /** The pixel ratio to draw with, never above 2: more is not seen and costs the square. */
  pixelRatio(wanted: number): number {
    return this.#isCoarse ? Math.min(1, wanted) : Math.min(2, wanted);
  }

  observe(framesPerSecond: number, dots: number, wantedPixelRatio: number): void {
    if (framesPerSecond < tooFew) {
      this.#goodSeconds = 0;
      if (!this.#isCoarse && wantedPixelRatio > 1) this.#isCoarse = true;
      else if (dots > dotsThatMatter) this.#thinning = Math.max(0.05, this.#thinning / 2);
      return;
    }
    this.#goodSeconds = framesPerSecond >= plenty ? this.#goodSeconds + 1 : 0;
    if (this.#goodSeconds < patience) return;
    this.#goodSeconds = 0;
    this.#thinning = Math.min(1, this.#thinning * 2);
  }
}
