import type { Millis } from "#base/time.ts";
import type { ObservedService } from "#domain/observed/observation.ts";
import type { ClassSeverity } from "#domain/traffic-class.ts";

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

/** Halves by key, in the order in which they came. */
export class Halves {
  // A Map keeps the order: the first is the oldest.
  readonly #first = new Map<string, Half>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The first of those with this key; the others follow by `next`. */
  get(key: string): Half | undefined {
    return this.#first.get(key);
  }

  add(half: Half): void {
    const first = this.#first.get(half.key);
    if (first === undefined) this.#first.set(half.key, half);
    else {
      half.next = first.next;
      first.next = half;
    }
    this.#size += 1;
  }

  /** Removes the first of this key and returns it. */
  take(key: string): Half | undefined {
    const half = this.#first.get(key);
    if (half === undefined) return undefined;
    this.#first.delete(key);
    // It waits a little longer than its time, behind all that are there.
    if (half.next !== undefined) this.#first.set(key, half.next);
    half.next = undefined;
    this.#size -= 1;
    return half;
  }

  /** Removes the oldest one if its time has come, and returns it. */
  takeExpired(now: Millis): Half | undefined {
    for (const [key, { expiresAt }] of this.#first) {
      return expiresAt > now ? undefined : this.take(key);
    }
    return undefined;
  }
}
