import type { Dispose } from "#base/disposer.ts";
import type { Clock } from "#base/time.ts";
import type { LayoutInput, LayoutResult } from "#layout/layout-input.ts";

import { createLayoutDesk, type LayoutDesk } from "./layout-desk.ts";
import { buffersOf, type LayoutCommand, type LayoutReply, packInput } from "./layout-message.ts";
import type { LayoutService } from "./view-places.ts";

/** As much of a Worker as the client uses. */
export interface LayoutWorker {
  postMessage(command: LayoutCommand, transfer: Transferable[]): void;
  addEventListener(kind: "message", listener: (event: { readonly data: LayoutReply }) => void): void;
  addEventListener(kind: "error", listener: () => void): void;
  terminate(): void;
}

interface Request {
  readonly id: number;
  readonly input: LayoutInput;
  readonly listener: (result: LayoutResult, isFinal: boolean) => void;
}

/**
 * Computes layouts in a worker, which is created at the first request. A newer request replaces the one before: that one's listener is not
 * called any more. Where there can be no worker, or it fails, the page computes by itself, a few milliseconds at a time.
 */
export function createLayoutClient(
  createWorker: () => LayoutWorker,
  clock: Clock,
): LayoutService & { readonly dispose: Dispose } {
  let lastId = 0;
  let current: Request | undefined;
  let worker: LayoutWorker | undefined;
  let ownDesk: LayoutDesk | undefined;

  function receive({ id, xy, isFinal }: LayoutReply): void {
    if (current?.id !== id) return;
    const { listener } = current;
    if (isFinal) current = undefined;
    listener({ xy }, isFinal);
  }

  function workHere(): LayoutDesk {
    worker?.terminate();
    worker = undefined;
    ownDesk ??= createLayoutDesk({
      reply: receive,
      soon: (callback) => void clock.after(0, callback),
      ticksPerTurn: 1,
    });
    return ownDesk;
  }

  function hire(): LayoutWorker | undefined {
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
      if (current !== undefined)
        desk.handle({ kind: "request", id: current.id, input: packInput(current.input) });
    });
    return worker;
  }

  function send(command: LayoutCommand): void {
    const hired = hire();
    if (hired === undefined) workHere().handle(command);
    else hired.postMessage(command, command.kind === "request" ? buffersOf(command.input) : []);
  }

  return {
    request(input, listener) {
      lastId += 1;
      const id = lastId;
      current = { id, input, listener };
      send({ kind: "request", id, input: packInput(input) });
      return () => {
        if (current?.id !== id) return;
        current = undefined;
        send({ kind: "cancel", id });
      };
    },
    dispose() {
      current = undefined;
      worker?.terminate();
      worker = undefined;
    },
  };
}
