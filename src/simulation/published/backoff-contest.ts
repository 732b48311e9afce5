import type { Random } from "#base/random.ts";

import { sampleWait, type Backoff } from "../backoff.ts";
import { normal } from "../chance.ts";
import { EventQueue } from "./event-queue.ts";

/**
 * The contest of "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015; aws-samples/aws-arch-backoff-simulator): N clients each change one row
 * once under optimistic concurrency. A client reads the row, then writes with the version it read; the write succeeds if the
 * version is still that. Every message takes |Normal(10, 2)| ms. After a refused write, the client waits for its backoff and reads again.
 */
export interface ContestResult {
  /** Writes tried by all clients together. */
  readonly calls: number;
  /** Milliseconds until the last client knows of its success. */
  readonly time: number;
}

/** The blog's constants, milliseconds. */
export const contestBackoff = { base: 5, cap: 2000 } as const;
const hop = { mean: 10, deviation: 2 } as const;

interface Message {
  readonly client: number;
  readonly kind: "read" | "readReply" | "write" | "writeReply";
  /** The version that was read. */
  readonly version: number;
  readonly isDone: boolean;
}

export function runContest(clients: number, backoff: Backoff, random: Random): ContestResult {
  const queue = new EventQueue<Message>();
  const tries = new Int32Array(clients);
  const waits = new Float64Array(clients).fill(backoff.base);
  const delay = (): number => Math.abs(hop.mean + hop.deviation * normal(random));
  let version = 0;
  let calls = 0;
  const send = (at: number, message: Message): void => queue.add(at + delay(), message);
  for (let client = 0; client < clients; client += 1) {
    send(0, { client, kind: "read", version: 0, isDone: false });
  }
  for (let event = queue.next(); event !== undefined; event = queue.next()) {
    const at = queue.now;
    const { client } = event;
    switch (event.kind) {
      case "read":
        send(at, { client, kind: "readReply", version, isDone: false });
        break;
      case "readReply":
        send(at, { client, kind: "write", version: event.version, isDone: false });
        break;
      case "write": {
        calls += 1;
        const isDone = event.version === version;
        if (isDone) version += 1;
        send(at, { client, kind: "writeReply", version, isDone });
        break;
      }
      case "writeReply":
        if (event.isDone) break;
        tries[client]! += 1;
        waits[client] = sampleWait(backoff, tries[client]!, waits[client]!, random);
        send(at + waits[client], { client, kind: "read", version: 0, isDone: false });
        break;
    }
  }
  return { calls, time: queue.now };
}
