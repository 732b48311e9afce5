import type { Dispose } from "./disposer.ts";

/** A list of listeners for one kind of event. */
export class Emitter<T> {
  #listeners = new Set<(event: T) => void>();

  /** Each call is a subscription of its own, even for the same listener. */
  on(listener: (event: T) => void): Dispose {
    const entry = (event: T) => listener(event);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  emit(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
}
