import type { Clock } from "#base/time.ts";

import { TokenBucket } from "./token-bucket.ts";

/** More addresses than come in a minute; who comes then finds a full bucket again. */
const greatestAddresses = 10_000;

/** A token bucket for each address that something comes from. */
export class AddressBuckets {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** False when this one is too many. */
  take(address: string): boolean {
    let bucket = this.#buckets.get(address);
    if (bucket === undefined) {
      if (this.#buckets.size >= greatestAddresses) this.#buckets.clear();
      bucket = new TokenBucket(this.#clock, this.#perSecond, this.#burst);
      this.#buckets.set(address, bucket);
    }
    return bucket.take();
  }
}
