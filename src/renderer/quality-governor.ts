/** Below this many frames per second something has to give. */
const tooFew = 24;

/** From this many on, something may be given back. */
const plenty = 50;

/** With fewer dots than this the dots are not what takes the time. */
const dotsThatMatter = 15_000;

/** Seconds of too few frames, one after the other, before something is given up: a machine that is busy for a moment is not slow. */
const endurance = 3;

/** Seconds of plenty before quality is raised again: otherwise it would swing to and fro. */
const patience = 6;

/** Sharpness that could not be kept is tried again after twice the time, up to this many seconds. */
const greatestPatience = 300;

/**
 * Gives up quality on a machine that cannot keep up, in this order: pixels beyond one per CSS pixel, then dots, a prefix of the slots of every edge
 * alike, so that densities stay comparable. The legend says so. Gives it back in the reverse order. Told once a second.
 */
export class QualityGovernor {
  #thinning = 1;
  #isCoarse = false;
  #badSeconds = 0;
  #goodSeconds = 0;
  #pixelPatience = patience;

  get thinning(): number {
    return this.#thinning;
  }

  /** The pixel ratio to draw with, never above 2: more is not seen and costs the square. */
  pixelRatio(wanted: number): number {
    return this.#isCoarse ? Math.min(1, wanted) : Math.min(2, wanted);
  }

  observe(framesPerSecond: number, dots: number, wantedPixelRatio: number): void {
    const isBad = framesPerSecond < tooFew;
    this.#badSeconds = isBad ? this.#badSeconds + 1 : 0;
    this.#goodSeconds = framesPerSecond >= plenty ? this.#goodSeconds + 1 : 0;
    if (this.#badSeconds >= endurance) this.#giveUp(dots, wantedPixelRatio);
    else if (!isBad) this.#giveBack();
  }

  #giveUp(dots: number, wantedPixelRatio: number): void {
    this.#badSeconds = 0;
    if (!this.#isCoarse && wantedPixelRatio > 1) this.#isCoarse = true;
    else if (dots > dotsThatMatter) this.#thinning = Math.max(0.05, this.#thinning / 2);
  }

  #giveBack(): void {
    if (this.#thinning < 1) {
      if (this.#goodSeconds < patience) return;
      this.#thinning = Math.min(1, this.#thinning * 2);
    } else if (this.#isCoarse) {
      if (this.#goodSeconds < this.#pixelPatience) return;
      this.#isCoarse = false;
      this.#pixelPatience = Math.min(greatestPatience, this.#pixelPatience * 2);
    } else return;
    this.#goodSeconds = 0;
  }
}
