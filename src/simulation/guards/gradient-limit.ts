/** Gradient2 of Netflix/concurrency-limits: the limit follows how much slower calls are now than over a long time. Its defaults. */
export const gradient2 = {
  tolerance: 1.5,
  smoothing: 0.2,
  least: 20,
  most: 200,
  initial: 20,
  /** Calls that may wait on top of the limit. */
  queue: 4,
  /** Samples over which the long mean is taken. */
  longWindow: 600,
  /** Samples of which the first mean is the plain one. */
  warmUp: 10,
} as const;

/** The concurrency that one caller allows itself towards one callee. */
export class GradientLimit {
  #limit: number = gradient2.initial;
  #longRtt = 0;
  #samples = 0;

  get limit(): number {
    return this.#limit;
  }

  /** A round trip time, in any unit, seen while `inFlight` calls were under way. */
  sample(rtt: number, inFlight: number): void {
    this.#learn(rtt);
    // A limit that nobody reaches proves nothing.
    if (inFlight < this.#limit / 2) return;
    const gradient = Math.max(0.5, Math.min(1, (gradient2.tolerance * this.#longRtt) / rtt));
    const aim = this.#limit * gradient + gradient2.queue;
    const next = this.#limit * (1 - gradient2.smoothing) + aim * gradient2.smoothing;
    this.#limit = Math.max(gradient2.least, Math.min(gradient2.most, next));
  }

  #learn(rtt: number): void {
    this.#samples += 1;
    if (this.#samples <= gradient2.warmUp) {
      this.#longRtt += (rtt - this.#longRtt) / this.#samples;
      return;
    }
    this.#longRtt += (rtt - this.#longRtt) * (2 / (gradient2.longWindow + 1));
    // After a long time of slowness, the mean comes down faster than it would by itself.
    if (this.#longRtt > 2 * rtt) this.#longRtt *= 0.95;
  }
}
