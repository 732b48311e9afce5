import { parentPort } from "node:worker_threads";

import { must } from "#base/assert.ts";

import { askOf, carriedAnswer, type ThreadAsk } from "./push-message.ts";
import { readPush } from "./read-push.ts";

/** The thread that reads one large push: that takes longer than viewers should wait. */
const port = must(parentPort, "runs in a thread");

port.once("message", (ask: ThreadAsk) => port.postMessage(carriedAnswer(readPush(askOf(ask)))));
