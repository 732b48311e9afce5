import type { Millis } from "#base/time.ts";

/** So many that are gone are kept before the others are moved up. */
const slack = 4096;

/**
 * Keys in the order in which their time comes, which is that in which they were added. Each step takes the same time, however many there are: looking for the
 * first entry of a Map does not, for it passes over all that were deleted before.
 */
export class ExpiryQueue {
  #keys: string[] = [];
  #times: Millis[] = [];
  #first = 0;

  add(key: string, at: Millis): void {
    this.#keys.push(key);
    this.#times.push(at);
  }

  /** Removes the oldest key if its time has come, and returns it. */
  takeDue(now: Millis): string | undefined {
    const at = this.#times[this.#first];
    return at === undefined || at > now ? undefined : this.takeOldest();
  }

  takeOldest(): string | undefined {
    const key = this.#keys[this.#first];
    if (key === undefined) return undefined;
    this.#first += 1;
    if (this.#first >= slack && this.#first * 2 >= this.#keys.length) {
      this.#keys = this.#keys.slice(this.#first);
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return key;
  }
}
