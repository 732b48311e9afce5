import type { Millis } from "#base/time.ts";

import { ExpiryQueue } from "./expiry-queue.ts";

/** Keys of halves that were settled alone, for as long again as they had waited: so that what comes too late is known for it. Bounded; the oldest go first. */
export class LateKeys {
  readonly #keepMs: number;
  readonly #most: number;
  readonly #keys = new Set<string>();
  readonly #queue = new ExpiryQueue();

  constructor(keepMs: number, most: number) {
    this.#keepMs = keepMs;
    this.#most = most;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string, now: Millis): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.#queue.add(key, now + this.#keepMs);
    const oldest = this.#keys.size > this.#most ? this.#queue.takeOldest() : undefined;
    if (oldest !== undefined) this.#keys.delete(oldest);
  }

  expire(now: Millis): void {
    for (let key = this.#queue.takeDue(now); key !== undefined; key = this.#queue.takeDue(now)) {
      this.#keys.delete(key);
    }
  }
}
