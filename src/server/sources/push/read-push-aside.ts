import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { err, type Result } from "#base/result.ts";

import { answerOf, carriedAsk, type ThreadAnswer } from "./push-message.ts";
import { readPush, type Pushed, type PushFault, type PushReading } from "./read-push.ts";

/** What is smaller is read at once, within some 20 ms; a thread takes longer to begin. Of bodies, and of the graphs that patches are of. */
const mostBytesHere = 256 * 1024;
const mostNodesHere = 1_000;

/** Far more than the largest graph needs. */
const mostMiB = 512;

/** The built thread, beside the built program; there is none while the program runs from its sources. */
const threadFile = fileURLToPath(new URL("./push-thread.js", import.meta.url));

/** Reads what was pushed; what is large, in a thread of its own, so that viewers do not wait. */
export async function readPushAside(ask: PushReading): Promise<Result<Pushed, PushFault>> {
  const isSmall =
    ask.body.byteLength <= mostBytesHere && (ask.before?.topology.nodes.length ?? 0) <= mostNodesHere;
  return isSmall || !existsSync(threadFile) ? readPush(ask) : readInThread(ask);
}

function readInThread(ask: PushReading): Promise<Result<Pushed, PushFault>> {
  return new Promise((resolve) => {
    const worker = new Worker(threadFile, {
      name: "push",
      resourceLimits: { maxOldGenerationSizeMb: mostMiB },
    });
    const fail = (): void =>
      resolve(err({ status: 413, message: "The body takes too much memory to be read. Send less at once." }));
    worker.once("message", (answer: ThreadAnswer) => {
      resolve(answerOf(answer));
      void worker.terminate();
    });
    worker.once("error", fail);
    worker.once("exit", fail);
    worker.postMessage(carriedAsk(ask));
  });
}
