/** Client-side throttling of "Handling Overload" (Google, Site Reliability Engineering, chapter 21): K = 2, a window of 2 min. */
export const throttling = { k: 2, window: 120 } as const;

/** The chance that a client refuses a request itself: max(0, (requests - K accepts) / (requests + 1)). */
export function refusalChance(requests: number, accepts: number, k: number = throttling.k): number {
  return Math.max(0, (requests - k * accepts) / (requests + 1));
}

/** The window's sums for one client, in buckets of one second. */
export class AdaptiveThrottle {
  readonly #requests = new Float64Array(throttling.window);
  readonly #accepts = new Float64Array(throttling.window);
  #second = 0;
  #requestSum = 0;
  #acceptSum = 0;

  /** Share, 0 to 1, of requests that go out at `now` (seconds, never going back). */
  admittedShare(now: number): number {
    this.#forget(now);
    return 1 - refusalChance(this.#requestSum, this.#acceptSum);
  }

  /** Notes requests that the application wanted to make at `now`, sent or not, and those of them that the backend accepted. */
  record(now: number, requests: number, accepts: number): void {
    this.#forget(now);
    const bucket = this.#second % throttling.window;
    this.#requests[bucket]! += requests;
    this.#accepts[bucket]! += accepts;
    this.#requestSum += requests;
    this.#acceptSum += accepts;
  }

  #forget(now: number): void {
    const second = Math.floor(now);
    if (second <= this.#second) return;
    const first = Math.max(this.#second + 1, second - throttling.window + 1);
    for (let s = first; s <= second; s += 1) {
      this.#requests[s % throttling.window] = 0;
      this.#accepts[s % throttling.window] = 0;
    }
    this.#second = second;
    // Added up anew, so that no rounding error lives longer than a second.
    this.#requestSum = this.#requests.reduce((sum, x) => sum + x, 0);
    this.#acceptSum = this.#accepts.reduce((sum, x) => sum + x, 0);
  }
}
