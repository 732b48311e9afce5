import { parentPort } from "node:worker_threads";

import { must } from "#base/assert.ts";

import { TraceHost } from "./trace-host.ts";
import type { FromTraces, ToTraces } from "./trace-message.ts";

/** The thread that unpacks, decodes and pairs spans: a large body takes longer than viewers should wait. */
const port = must(parentPort, "runs in a thread");
const host = new TraceHost((message: FromTraces) => port.postMessage(message));

port.on("message", (message: ToTraces) => host.receive(message));
