import type { Dispose } from "#base/disposer.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";

import { createGroupDesk, type GroupDesk } from "./group-desk.ts";
import { GroupUnpacker, type GroupCommand, type GroupReply } from "./group-message.ts";
import { readFrames, type ReadGroup } from "./read-frames.ts";
import type { GroupBody } from "./recording-source.ts";
import { TopologyPool } from "./topology-pool.ts";

/** Makes frames of the lines of a group, elsewhere or here. */
export interface GroupReader {
  /** Up to the first frame after a moment. One answer, unless disposed before; it may come before this returns. Equal topologies are one object, whichever group they come with. */
  read(body: GroupBody, until: Millis, answer: (group: Result<ReadGroup, string>) => void): Dispose;
}

/** Reads at once, on the caller's own thread. */
export function readingHere(): GroupReader {
  const pool = new TopologyPool();
  return {
    read: (body, until, answer) => {
      answer(readFrames(body, pool, until));
      return () => {};
    },
  };
}

/** As much of a Worker as the client uses. */
export interface GroupWorker {
  postMessage(command: GroupCommand): void;
  addEventListener(kind: "message", listener: (event: { readonly data: GroupReply }) => void): void;
  addEventListener(kind: "error", listener: () => void): void;
  terminate(): void;
}

interface OpenRead {
  readonly body: GroupBody;
  readonly until: Millis;
  readonly answer: (group: Result<ReadGroup, string>) => void;
}

/** Reads in a worker, which is created at the first group. Where there can be no worker, or it fails, the page reads by itself. */
export function createGroupReader(createWorker: () => GroupWorker): GroupReader {
  const open = new Map<number, OpenRead>();
  let unpacker = new GroupUnpacker();
  let lastId = 0;
  let worker: GroupWorker | undefined;
  let ownDesk: GroupDesk | undefined;

  function receive(reply: GroupReply): void {
    // Also what nobody waits for any more: it may bring a topology that the next does not bring again.
    const group = reply.kind === "read" ? ok(unpacker.unpack(reply.group)) : err(reply.why);
    const asked = open.get(reply.id);
    open.delete(reply.id);
    asked?.answer(group);
  }

  function workHere(): GroupDesk {
    if (ownDesk === undefined) {
      worker?.terminate();
      worker = undefined;
      unpacker = new GroupUnpacker();
      ownDesk = createGroupDesk(receive);
    }
    return ownDesk;
  }

  function hire(): GroupWorker | undefined {
    if (worker !== undefined || ownDesk !== undefined) return worker;
    try {
      worker = createWorker();
    } catch {
      // No worker here (an old browser, a strict embedder): the page can do without.
      return undefined;
    }
    worker.addEventListener("message", (event) => receive(event.data));
    worker.addEventListener("error", () => {
      const desk = workHere();
      for (const [id, { body, until }] of open) desk.handle({ id, body, until });
    });
    return worker;
  }

  return {
    read(body, until, answer) {
      lastId += 1;
      const id = lastId;
      open.set(id, { body, until, answer });
      const hired = hire();
      if (hired === undefined) workHere().handle({ id, body, until });
      else hired.postMessage({ id, body, until });
      return () => void open.delete(id);
    },
  };
}
