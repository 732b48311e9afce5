/** Circuit breakers with Hystrix's defaults (HystrixCommandProperties): seconds, calls, share. */
export const hystrix = {
  window: 10,
  buckets: 10,
  requestVolume: 20,
  errorShare: 0.5,
  sleep: 5,
  timeout: 1,
  poolThreads: 10,
  queueRejection: 5,
  fallbackSemaphore: 10,
  executionSemaphore: 10,
} as const;

export type BreakerState = "closed" | "open" | "halfOpen";

const states: readonly BreakerState[] = ["closed", "open", "halfOpen"];
const [closed, open, halfOpen] = [0, 1, 2];

/** A breaker per edge. Time is in seconds and never goes back. */
export class Breakers {
  readonly #state: Uint8Array;
  readonly #openedAt: Float64Array;
  /** Calls and failures by edge and second, a ring of `buckets`. */
  readonly #calls: Float64Array;
  readonly #failures: Float64Array;
  readonly #bucket: Int32Array;

  constructor(edges: number) {
    this.#state = new Uint8Array(edges);
    this.#openedAt = new Float64Array(edges);
    this.#calls = new Float64Array(edges * hystrix.buckets);
    this.#failures = new Float64Array(edges * hystrix.buckets);
    this.#bucket = new Int32Array(edges);
  }

  state(edge: number): BreakerState {
    return states[this.#state[edge]!]!;
  }

  /** How many of `calls` go through at `now`: all, none, or the one that tries whether the callee is back. */
  admit(edge: number, now: number, calls: number): number {
    if (this.#state[edge] === closed) return calls;
    if (this.#state[edge] === open && now - this.#openedAt[edge]! >= hystrix.sleep) {
      this.#state[edge] = halfOpen;
    }
    return this.#state[edge] === halfOpen ? Math.min(1, calls) : 0;
  }

  /** Notes how calls that went through ended: `failed` of `calls`, timeouts included. */
  record(edge: number, now: number, calls: number, failed: number): void {
    if (!(calls > 0)) return;
    if (this.#state[edge] === open) return;
    if (this.#state[edge] === halfOpen) {
      if (failed >= hystrix.errorShare * calls) this.#trip(edge, now);
      else this.#reset(edge, now);
      return;
    }
    const row = edge * hystrix.buckets;
    this.#forget(edge, now);
    const bucket = row + (this.#bucket[edge]! % hystrix.buckets);
    this.#calls[bucket]! += calls;
    this.#failures[bucket]! += failed;
    // Without a failure just now, no breaker trips.
    if (!(failed > 0)) return;
    let [allCalls, allFailures] = [0, 0];
    for (let k = row; k < row + hystrix.buckets; k += 1) {
      allCalls += this.#calls[k]!;
      allFailures += this.#failures[k]!;
    }
    if (allCalls >= hystrix.requestVolume && allFailures >= hystrix.errorShare * allCalls) {
      this.#trip(edge, now);
    }
  }

  #trip(edge: number, now: number): void {
    this.#state[edge] = open;
    this.#openedAt[edge] = now;
  }

  #reset(edge: number, now: number): void {
    this.#state[edge] = closed;
    const row = edge * hystrix.buckets;
    this.#calls.fill(0, row, row + hystrix.buckets);
    this.#failures.fill(0, row, row + hystrix.buckets);
    this.#bucket[edge] = Math.floor(now);
  }

  #forget(edge: number, now: number): void {
    const second = Math.floor(now);
    const last = this.#bucket[edge]!;
    if (second <= last) return;
    const row = edge * hystrix.buckets;
    for (let s = Math.max(last + 1, second - hystrix.buckets + 1); s <= second; s += 1) {
      this.#calls[row + (s % hystrix.buckets)] = 0;
      this.#failures[row + (s % hystrix.buckets)] = 0;
    }
    this.#bucket[edge] = second;
  }
}
