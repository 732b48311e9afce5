import type { Millis } from "#base/time.ts";

const samplesKept = 8;
/** Smaller changes are the network's, not the clock's. */
const toldChangeMs = 50;

/** The server's clock minus this machine's. A message can only be late, so that the sample that says most is the least delayed. */
export class ServerClock {
  #samples: number[] = [];
  #offsetMs = 0;

  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** True when the difference has changed enough to be told. */
  heard(serverTime: Millis, now: Millis): boolean {
    this.#samples = [...this.#samples, serverTime - now].slice(-samplesKept);
    const offset = Math.max(...this.#samples);
    if (this.#samples.length > 1 && Math.abs(offset - this.#offsetMs) < toldChangeMs) return false;
    this.#offsetMs = offset;
    return true;
  }
}
