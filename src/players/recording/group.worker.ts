import { createGroupDesk } from "./group-desk.ts";
import type { GroupCommand } from "./group-message.ts";

declare const self: DedicatedWorkerGlobalScope;

const desk = createGroupDesk((reply) =>
  self.postMessage(reply, reply.kind === "read" ? [reply.group.values.buffer] : []),
);

self.addEventListener("message", (event: MessageEvent<GroupCommand>) => desk.handle(event.data));
