/** Undoes what the function that returned it has started. Calling it twice does no harm. */
export type Dispose = () => void;

/** Owns what was started, and stops it in reverse order. */
export class Disposer {
  #undo: Dispose[] = [];
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Takes over a Dispose; runs it at once when everything has already been stopped. */
  add(dispose: Dispose): void {
    if (this.#disposed) dispose();
    else this.#undo.push(dispose);
  }

  readonly dispose: Dispose = () => {
    this.#disposed = true;
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) undo();
  };
}
