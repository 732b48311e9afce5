import { createSimulationDesk } from "./simulation-desk.ts";
import { simulationEngine } from "./simulation-engine.ts";
import { buffersOf, type SimulationCommand } from "./simulation-message.ts";

declare const self: DedicatedWorkerGlobalScope;

// A message to oneself comes back after those that wait already, and, unlike a timer, without a pause of 4 ms.
const later = new MessageChannel();
const waiting: (() => void)[] = [];
later.port1.addEventListener("message", () => waiting.shift()?.());
later.port1.start();

const desk = createSimulationDesk({
  engine: simulationEngine,
  reply: (reply) => self.postMessage(reply, buffersOf(reply)),
  soon: (callback) => {
    waiting.push(callback);
    later.port2.postMessage(undefined);
  },
  secondsPerTurn: 4,
});

self.addEventListener("message", (event: MessageEvent<SimulationCommand>) => desk.handle(event.data));
