import type { PlayerState } from "./player.ts";

/**
 * Hands states to a listener one at a time: while it is busy, only the newest is kept for it. What the listener throws is a bug of the page and
 * belongs to nobody here: it goes where unhandled errors go.
 */
export class LatestDelivery {
  readonly #listener: (state: PlayerState) => void | Promise<void>;
  #isBusy = false;
  #next: PlayerState | undefined;

  constructor(listener: (state: PlayerState) => void | Promise<void>) {
    this.#listener = listener;
  }

  post(state: PlayerState): void {
    this.#next = state;
    if (!this.#isBusy) void this.#deliver();
  }

  async #deliver(): Promise<void> {
    this.#isBusy = true;
    try {
      for (let state = this.#next; state !== undefined; state = this.#next) {
        this.#next = undefined;
        const done = this.#listener(state);
        if (done !== undefined) await done;
      }
    } finally {
      this.#isBusy = false;
    }
  }
}
