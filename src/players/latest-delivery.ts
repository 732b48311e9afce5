import type { PlayerState } from "./player.ts";

/**
 * Hands states to a listener one at a time: while it is busy, only the newest is kept for it. What the listener throws is a bug of the page and
 * belongs to nobody here: it goes where unhandled errors go.
 */
export class LatestDelivery {
  readonly #listener: (state: PlayerState) => void | Promise<void>;
  #isBusy = false;
  #working: Promise<void> | undefined;
  #next: PlayerState | undefined;

  constructor(listener: (state: PlayerState) => void | Promise<void>) {
    this.#listener = listener;
  }

  /** A promise while the listener is busy: it is kept when the listener has taken this state, or a newer one in its place. */
  post(state: PlayerState): Promise<void> | undefined {
    this.#next = state;
    if (!this.#isBusy) this.#working = this.#deliver();
    return this.#isBusy ? this.#working : undefined;
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
