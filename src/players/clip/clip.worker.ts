import { createClipDesk } from "./clip-desk.ts";
import type { ClipCommand } from "./clip-message.ts";
import { diskScratch } from "./scratch.ts";

declare const self: DedicatedWorkerGlobalScope;

// Only pages that came over https, or from this machine, have a disk and locks.
const access = self.isSecureContext ? self.navigator : undefined;

/** As long as a first picture may take. */
const restMs = 600;

const desk = createClipDesk({
  reply: (reply) => self.postMessage(reply),
  openScratch: () => diskScratch(access, access === undefined ? "" : self.crypto.randomUUID()),
  rest: () => new Promise((rested) => setTimeout(rested, restMs)),
});

self.addEventListener("message", (event: MessageEvent<ClipCommand>) => desk.handle(event.data));
