import type { Dispose } from "#base/disposer.ts";
import { err, ok, type Result } from "#base/result.ts";

import { createGroupDesk, type GroupDesk } from "./group-desk.ts";
import { GroupUnpacker, type GroupCommand, type GroupReply } from "./group-message.ts";
import { readFrames, type ReadGroup } from "./read-frames.ts";
import { TopologyPool } from "./topology-pool.ts";

/** Makes frames of the text of a group, elsewhere or here. */
export interface GroupReader {
  /** One answer, unless disposed before; it may come before this returns. Equal topologies are one object, whichever group they come with. */
  read(text: string, answer: (group: Result<ReadGroup, string>) => void): Dispose;
}

/** Reads at once, on the caller's own thread. */
export function readingHere(): GroupReader {
  const pool = new TopologyPool();
  return {
    read: (text, answer) => {
      answer(readFrames(text, pool));
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
  readonly text: string;
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
      for (const [id, { text }] of open) desk.handle({ id, text });
    });
    return worker;
  }

  return {
    read(text, answer) {
      lastId += 1;
      const id = lastId;
      open.set(id, { text, answer });
      const hired = hire();
      if (hired === undefined) workHere().handle({ id, text });
      else hired.postMessage({ id, text });
      return () => void open.delete(id);
    },
  };
}
