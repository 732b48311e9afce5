import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { err, ok, type Result } from "#base/result.ts";

import type { RecordingStoreOptions, StoreHead } from "./recording-store.ts";
import { StoreHost } from "./store-host.ts";
import type { FromStore, StoreAnswers, StoreOpened, StoreRequest, ToStore } from "./store-message.ts";

/** A request that the store could not fulfil. */
export class StoreFailure extends Error {
  /** What is stored all the same. */
  readonly head: StoreHead;

  constructor(why: string, head: StoreHead) {
    super(why);
    this.head = head;
  }
}

/** A store behind messages. */
export interface StoreClient {
  readonly opened: StoreOpened;
  /** Rejects with a StoreFailure when the store cannot, or with an Error when its thread has died. */
  ask<A extends keyof StoreAnswers>(request: StoreRequest & { readonly ask: A }): Promise<StoreAnswers[A]>;
}

interface Waiter {
  readonly resolve: (answer: StoreAnswers[keyof StoreAnswers]) => void;
  readonly reject: (error: Error) => void;
}

/** Carries messages to a host and back. */
export interface StoreLine {
  readonly send: (message: ToStore) => void;
  /** Set once, before anything is sent. */
  onMessage: (message: FromStore) => void;
  onDeath: (why: string) => void;
}

/** The built thread, beside the built program; there is none while the program runs from its sources. */
const threadFile = fileURLToPath(new URL("./store-thread.js", import.meta.url));

/** A thread of its own, or this one where the program runs from its sources (tests, development). */
export function storeLine(): StoreLine {
  return existsSync(threadFile) ? threadLine() : localLine();
}

function threadLine(): StoreLine {
  const worker = new Worker(threadFile, { name: "recording" });
  const line: StoreLine = {
    send: (message) => worker.postMessage(message),
    onMessage: () => {},
    onDeath: () => {},
  };
  worker.on("message", (message: FromStore) => line.onMessage(message));
  worker.on("error", (error: Error) => line.onDeath(error.message));
  worker.on("exit", () => line.onDeath("The thread that keeps the recording has ended."));
  return line;
}

/** The same in this thread, a turn later. */
export function localLine(): StoreLine {
  const host = new StoreHost((message) => void Promise.resolve().then(() => line.onMessage(message)));
  const line: StoreLine = {
    send: (message) => host.receive([message]),
    onMessage: () => {},
    onDeath: () => {},
  };
  return line;
}

/** Opens a store at the other end of a line; says why it cannot. */
export async function openStore(
  options: RecordingStoreOptions,
  line: StoreLine,
): Promise<Result<StoreClient, string>> {
  const waiting = new Map<number, Waiter>();
  let asked = 0;
  let death: string | undefined;
  return new Promise((settle) => {
    line.onDeath = (why) => {
      death = why;
      settle(err(why));
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    };
    line.onMessage = (message) => {
      if (message.kind === "opened") settle(ok({ opened: message.opened, ask }));
      else if (message.kind === "not-opened") settle(err(message.why));
      else {
        const waiter = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.kind === "answer") waiter?.resolve(message.answer);
        else waiter?.reject(new StoreFailure(message.why, message.head));
      }
    };
    line.send({ kind: "open", options });
  });

  function ask<A extends keyof StoreAnswers>(
    request: StoreRequest & { readonly ask: A },
  ): Promise<StoreAnswers[A]> {
    return new Promise((resolve, reject) => {
      if (death !== undefined) {
        reject(new Error(death));
        return;
      }
      asked += 1;
      // Which answer belongs to which question is fixed by StoreAnswers.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the host answers what it was asked
      waiting.set(asked, { resolve: (answer) => resolve(answer as StoreAnswers[A]), reject });
      line.send({ kind: "request", id: asked, request });
    });
  }
}
