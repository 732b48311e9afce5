import { type LayoutRun, startLayout } from "#layout/layout-graph.ts";

import { type LayoutCommand, type LayoutReply, unpackInput } from "./layout-message.ts";

/** Takes layout commands, works on the newest in small turns, and replies with a first picture where that is worth seeing, and the final one. */
export interface LayoutDesk {
  handle(command: LayoutCommand): void;
}

/** Where a desk works: in a worker, or in the page where there is none. */
export interface LayoutDeskSetting {
  readonly reply: (reply: LayoutReply) => void;
  /** Calls back soon, after whatever else has come in. */
  readonly soon: (callback: () => void) => void;
  /** A tick takes up to some milliseconds: as many as whoever shares the thread can bear at a time. */
  readonly ticksPerTurn: number;
}

export function createLayoutDesk({ reply, soon, ticksPerTurn }: LayoutDeskSetting): LayoutDesk {
  let current: number | undefined;

  function show(id: number, run: LayoutRun, isFinal: boolean): void {
    // A picture is a new array at each call, so nobody else holds its buffer.
    reply({ id, xy: new Float32Array(run.picture().xy), isFinal });
  }

  function work(id: number, run: LayoutRun): void {
    if (current !== id) return;
    if (!run.step(ticksPerTurn)) {
      soon(() => work(id, run));
      return;
    }
    current = undefined;
    show(id, run, true);
  }

  return {
    handle(command) {
      if (command.kind === "cancel") {
        if (current === command.id) current = undefined;
        return;
      }
      const { id, input } = command;
      current = id;
      // Not at once: a newer request may be waiting behind this one.
      soon(() => {
        if (current !== id) return;
        const run = startLayout(unpackInput(input));
        const isDone = run.step(ticksPerTurn);
        if (isDone) current = undefined;
        if (isDone || !run.isRough()) show(id, run, isDone);
        if (!isDone) soon(() => work(id, run));
      });
    },
  };
}
