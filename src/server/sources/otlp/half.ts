import type { Millis } from "#base/time.ts";
import type { ObservedService } from "#domain/observed/observation.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";

import { ExpiryQueue } from "./expiry-queue.ts";
import type { Peer } from "./span-reading.ts";

/** One side of a request: what is kept of a span until the other side comes. */
export interface Half {
  /** Trace and span of the caller. */
  readonly key: string;
  readonly spanId: string;
  readonly service: ObservedService;
  readonly outcome: ClassSeverity;
  /** NaN where it is not known. */
  readonly durationMs: number;
  readonly weight: number;
  readonly protocol: string | undefined;
  /** Whom a caller names. */
  readonly peer: Peer | undefined;
  /** The queue that a message goes through. */
  readonly queue: string | undefined;
  readonly isMessaging: boolean;
  readonly expiresAt: Millis;
  /** A message that somebody has received. It stays until it expires, for others may receive it too. */
  isSent: boolean;
  /** Another that waits for the same caller. */
  next: Half | undefined;
}

/** A batch of messages has that many receivers; whatever has more is no traffic. They are looked through one by one. */
const mostOfOneKey = 1_000;

/** Halves by key, until their time has come. */
export class Halves {
  readonly #first = new Map<string, Half>();
  readonly #queue = new ExpiryQueue();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The first of those with this key; the others follow by `next`. */
  get(key: string): Half | undefined {
    return this.#first.get(key);
  }

  /** False when too many have this key already. */
  add(half: Half): boolean {
    const { key, expiresAt } = half;
    let last = this.#first.get(key);
    if (last === undefined) this.#first.set(key, half);
    else {
      let count = 1;
      for (; last.next !== undefined; last = last.next) count += 1;
      if (count >= mostOfOneKey) return false;
      last.next = half;
    }
    this.#queue.add(key, expiresAt);
    this.#size += 1;
    return true;
  }

  /** Removes the first of this key and returns it. */
  take(key: string): Half | undefined {
    const half = this.#first.get(key);
    if (half === undefined) return undefined;
    if (half.next === undefined) this.#first.delete(key);
    else this.#first.set(key, half.next);
    half.next = undefined;
    this.#size -= 1;
    return half;
  }

  /** Removes one whose time has come, the oldest first, and returns it. */
  takeExpired(now: Millis): Half | undefined {
    for (let key = this.#queue.takeDue(now); key !== undefined; key = this.#queue.takeDue(now)) {
      // Most have found their other half meanwhile, and are gone; another of the same key may have come.
      const half = this.#first.get(key);
      if (half !== undefined && half.expiresAt <= now) return this.take(key);
    }
    return undefined;
  }
}
