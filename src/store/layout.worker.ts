import { createLayoutDesk } from "./layout-desk.ts";
import type { LayoutCommand } from "./layout-message.ts";

declare const self: DedicatedWorkerGlobalScope;

// A message to oneself comes back after those that wait already, and, unlike a timer, without a pause of 4 ms.
const later = new MessageChannel();
const waiting: (() => void)[] = [];
later.port1.addEventListener("message", () => waiting.shift()?.());
later.port1.start();

const desk = createLayoutDesk({
  reply: (reply) => self.postMessage(reply, [reply.xy.buffer]),
  soon: (callback) => {
    waiting.push(callback);
    later.port2.postMessage(undefined);
  },
  ticksPerTurn: 6,
});

self.addEventListener("message", (event: MessageEvent<LayoutCommand>) => desk.handle(event.data));
