import type { Random } from "#base/random.ts";

import { exponential } from "../chance.ts";
import { EventQueue } from "./event-queue.ts";

/**
 * The simplest server that collapses, of Brooker (mbrooker/simulator_example, simple_collapse_sim): a request takes 1 s and 10 ms more for
 * each request in service, so that retries slow down the very requests that they repeat. Clients arrive at random, 40 per second and
 * more during a spike of 5 s; each gives a try up after 3 s and has three tries.
 */
export interface CollapseCase {
  /** Clients per second during the spike. */
  readonly spike: number;
  /** Waits U(0, 20 s), then U(0, 40 s), before a retry; else none. */
  readonly hasBackoff: boolean;
}

export interface CollapseResult {
  /** Clients that came in the last 20 s, and tries answered in time then. */
  readonly started: number;
  readonly succeeded: number;
}

/** Brooker's constants: seconds, and clients per second. */
const model = {
  networkDelay: 0.1,
  timeout: 3,
  tries: 3,
  serviceTime: 1,
  slowdownPerRequest: 0.01,
  baseRate: 40,
  spikeFrom: 20,
  spikeTo: 25,
  firstBackoff: 20,
  /** The window in which a run counts as collapsed or not. */
  observeFrom: 60,
  observeTo: 80,
} as const;

interface Client {
  attempt: number;
  backoff: number;
}

type Event =
  | { readonly kind: "arrival" }
  | {
      readonly kind: "start" | "end" | "answer" | "timeout";
      readonly client: Client;
      readonly attempt: number;
    };

/** One run of 80 s. */
export function runCollapse({ spike, hasBackoff }: CollapseCase, random: Random): CollapseResult {
  const queue = new EventQueue<Event>();
  let inService = 0;
  let started = 0;
  let succeeded = 0;
  const travel = (): number => exponential(random, 1 / model.networkDelay);
  const send = (client: Client, at: number): void => {
    const { attempt } = client;
    queue.add(at + model.timeout, { kind: "timeout", client, attempt });
    queue.add(at + travel(), { kind: "start", client, attempt });
  };
  queue.add(0.01, { kind: "arrival" });
  for (let event = queue.next(); event !== undefined; event = queue.next()) {
    const { now } = queue;
    if (now >= model.observeTo) break;
    const isObserved = now >= model.observeFrom;
    if (event.kind === "arrival") {
      if (isObserved) started += 1;
      send({ attempt: 0, backoff: model.firstBackoff }, now);
      const isSpike = now >= model.spikeFrom && now <= model.spikeTo;
      queue.add(now + exponential(random, isSpike ? spike : model.baseRate), { kind: "arrival" });
      continue;
    }
    const { client, attempt } = event;
    switch (event.kind) {
      case "start":
        inService += 1;
        queue.add(now + model.serviceTime + inService * model.slowdownPerRequest, {
          kind: "end",
          client,
          attempt,
        });
        break;
      case "end":
        inService -= 1;
        queue.add(now + travel(), { kind: "answer", client, attempt });
        break;
      case "answer":
        // An answer to a try that was given up counts for nothing.
        if (attempt !== client.attempt) break;
        client.attempt += 1;
        if (isObserved) succeeded += 1;
        break;
      case "timeout":
        if (attempt !== client.attempt) break;
        client.attempt += 1;
        if (client.attempt >= model.tries) break;
        send(client, now + (hasBackoff ? random() * client.backoff : 0));
        client.backoff *= 2;
        break;
    }
  }
  return { started, succeeded };
}
