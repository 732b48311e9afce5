import type { Millis } from "#base/time.ts";

/** Keys of halves that were settled alone, for as long again as they had waited: so that what comes too late is known for it. Bounded; the oldest go first. */
export class LateKeys {
  readonly #keepMs: number;
  readonly #most: number;
  readonly #until = new Map<string, Millis>();

  constructor(keepMs: number, most: number) {
    this.#keepMs = keepMs;
    this.#most = most;
  }

  has(key: string): boolean {
    return this.#until.has(key);
  }

  add(key: string, now: Millis): void {
    this.#until.set(key, now + this.#keepMs);
    if (this.#until.size <= this.#most) return;
    for (const oldest of this.#until.keys()) {
      this.#until.delete(oldest);
      return;
    }
  }

  expire(now: Millis): void {
    for (const [key, until] of this.#until) {
      if (until > now) return;
      this.#until.delete(key);
    }
  }
}
