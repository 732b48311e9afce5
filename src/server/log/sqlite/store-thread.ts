import { parentPort, receiveMessageOnPort } from "node:worker_threads";

import { must } from "#base/assert.ts";

import { StoreHost } from "./store-host.ts";
import type { FromStore, ToStore } from "./store-message.ts";

/** The thread that holds the files: SQLite waits for the disk, and nobody else should. */
const port = must(parentPort, "runs in a thread");
const host = new StoreHost((message: FromStore) => port.postMessage(message));

port.on("message", (first: ToStore) => {
  const messages = [first];
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the log writes to this port
    messages.push(next.message as ToStore);
  }
  host.receive(messages);
  if (messages.some((message) => message.kind === "request" && message.request.ask === "close")) port.close();
});
