import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import type { Millis } from "#base/time.ts";

import { TraceHost } from "./trace-host.ts";
import type { IngestOptions, TraceAnswer, TraceBody, TraceReport } from "./trace-ingest.ts";
import type { FromTraces, ToTraces } from "./trace-message.ts";

/** Carries messages to a host and back. */
export interface TraceLine {
  readonly send: (message: ToTraces) => void;
  /** Set once, before anything is sent. */
  onMessage: (message: FromTraces) => void;
  onDeath: (why: string) => void;
  close(): Promise<void>;
}

/** The built thread, beside the built program; there is none while the program runs from its sources. */
const threadFile = fileURLToPath(new URL("./trace-thread.js", import.meta.url));

/** What the thread may fill: far more than it needs, far less than the machine has. Beyond it the thread ends, and is begun again. */
const mostMiB = 768;

/** Bodies are large and gone at once: collected soon, they leave no mountain. Costs nothing that could be measured. */
const youngMiB = 16;

/** A thread of its own, or this one where the program runs from its sources (tests, development). */
export function traceLine(): TraceLine {
  return existsSync(threadFile) ? threadLine() : localTraceLine();
}

function threadLine(): TraceLine {
  const worker = new Worker(threadFile, {
    name: "traces",
    resourceLimits: { maxOldGenerationSizeMb: mostMiB, maxYoungGenerationSizeMb: youngMiB },
  });
  let isClosed = false;
  const line: TraceLine = {
    send: (message) =>
      worker.postMessage(message, message.kind === "take" ? [message.body.bytes.buffer] : []),
    onMessage: () => {},
    onDeath: () => {},
    close: async () => {
      isClosed = true;
      await worker.terminate();
    },
  };
  worker.on("message", (message: FromTraces) => line.onMessage(message));
  worker.on("error", (error: Error) =>
    line.onDeath(`The thread that pairs spans has failed: ${error.message}`),
  );
  worker.on("exit", () => {
    if (!isClosed) line.onDeath("The thread that pairs spans has ended.");
  });
  return line;
}

/** The same in this thread, a turn later. */
export function localTraceLine(): TraceLine {
  const host = new TraceHost((message) => line.onMessage(message));
  const line: TraceLine = {
    send: (message) => void setImmediate(() => host.receive(message)),
    onMessage: () => {},
    onDeath: () => {},
    close: () => Promise.resolve(),
  };
  return line;
}

interface Waiter {
  readonly answered: (message: FromTraces) => void;
  readonly failed: (error: Error) => void;
}

/** An ingest behind messages. */
export class TraceClient {
  readonly #line: TraceLine;
  readonly #waiting = new Map<number, Waiter>();
  #asked = 0;
  #death: string | undefined;

  constructor(options: IngestOptions, line: TraceLine, onDeath: (why: string) => void) {
    this.#line = line;
    line.onMessage = (message) => {
      const waiter = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      waiter?.answered(message);
    };
    line.onDeath = (why) => {
      if (this.#death !== undefined) return;
      this.#end(why);
      onDeath(why);
    };
    line.send({ kind: "open", options });
  }

  /** The body's memory is handed over. Rejects when the thread has died. */
  async take(body: TraceBody, now: Millis): Promise<TraceAnswer> {
    const message = await this.#ask((id) => ({ kind: "take", id, body, now }));
    if (message.kind !== "answer") throw new Error("The thread answers what it was not asked.");
    return message.answer;
  }

  async report(now: Millis): Promise<TraceReport> {
    const message = await this.#ask((id) => ({ kind: "report", id, now }));
    if (message.kind !== "report") throw new Error("The thread answers what it was not asked.");
    return message.report;
  }

  async close(): Promise<void> {
    this.#end("The receiver is closed.");
    await this.#line.close();
  }

  #ask(message: (id: number) => ToTraces): Promise<FromTraces> {
    return new Promise((answered, failed) => {
      if (this.#death !== undefined) {
        failed(new Error(this.#death));
        return;
      }
      this.#asked += 1;
      this.#waiting.set(this.#asked, { answered, failed });
      this.#line.send(message(this.#asked));
    });
  }

  #end(why: string): void {
    this.#death = why;
    for (const { failed } of this.#waiting.values()) failed(new Error(why));
    this.#waiting.clear();
  }
}
