import type { Random } from "#base/random.ts";

import { exponential } from "../chance.ts";
import { EventQueue } from "./event-queue.ts";

/**
 * What retries cost and bring against a server that fails at random, of Brooker, "Fixing retries with token buckets and circuit breakers"
 * (2022/02/28; mbrooker/simulator_example, retry_sim): 100 clients of 10 calls per second for 30 s.
 */
export type RetryStrategy = "none" | "threeRetries" | "tokenBucket" | "breaker";

export interface RetryOutcome {
  /** Share of calls that ended well. */
  readonly success: number;
  /** Tries per call. */
  readonly load: number;
}

const model = {
  clients: 100,
  callsPerSecond: 10,
  seconds: 30,
  /** Mean time of a message, seconds. */
  networkDelay: 0.01,
  retries: 3,
  /** A started call puts in a tenth of a token; a retry takes one, and needs more than one to be there. */
  bucket: { perCall: 0.1, size: 5 },
  /** No retries while more than this share of a client's calls has failed. */
  breakerShare: 0.1,
} as const;

/** What a client remembers of its calls. */
class Client {
  #tokens: number = model.bucket.size;
  #calls = 0;
  #failures = 0;
  readonly #strategy: RetryStrategy;

  constructor(strategy: RetryStrategy) {
    this.#strategy = strategy;
  }

  start(): void {
    this.#calls += 1;
    this.#tokens = Math.min(this.#tokens + model.bucket.perCall, model.bucket.size);
  }

  /** Whether a call may be tried again after `tries` failures. */
  mayRetry(tries: number): boolean {
    this.#failures += 1;
    switch (this.#strategy) {
      case "none":
        return false;
      case "threeRetries":
        return tries <= model.retries;
      case "tokenBucket":
        if (this.#tokens <= 1) return false;
        this.#tokens -= 1;
        return true;
      case "breaker":
        return this.#failures / this.#calls <= model.breakerShare && tries <= model.retries;
    }
  }
}

interface Event {
  readonly kind: "call" | "request" | "failure";
  readonly client: Client;
  readonly tries: number;
}

export function runRetries(strategy: RetryStrategy, failureShare: number, random: Random): RetryOutcome {
  const queue = new EventQueue<Event>();
  const travel = (): number => exponential(random, 1 / model.networkDelay);
  let calls = 0;
  let tries = 0;
  let successes = 0;
  for (let i = 0; i < model.clients; i += 1) {
    queue.add(travel(), { kind: "call", client: new Client(strategy), tries: 0 });
  }
  for (let event = queue.next(); event !== undefined; event = queue.next()) {
    const { now } = queue;
    const { client } = event;
    switch (event.kind) {
      case "call":
        if (now > model.seconds) break;
        queue.add(now + exponential(random, model.callsPerSecond), event);
        client.start();
        calls += 1;
        tries += 1;
        queue.add(now + travel(), { kind: "request", client, tries: 1 });
        break;
      case "request":
        if (random() > failureShare) successes += 1;
        else queue.add(now + travel(), { kind: "failure", client, tries: event.tries });
        break;
      case "failure":
        if (!client.mayRetry(event.tries)) break;
        tries += 1;
        queue.add(now + travel(), { kind: "request", client, tries: event.tries + 1 });
        break;
    }
  }
  return { success: successes / calls, load: tries / calls };
}
