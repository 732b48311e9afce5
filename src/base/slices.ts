/** Work that lets others have a turn: it yields now and then, and returns its result at the end. */
export type Slices<T> = Generator<undefined, T>;

/** Does the work without a pause. */
export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Does the work with a turn for others, which `turn` waits for, after each slice. */
export async function inTurns<T>(work: Slices<T>, turn: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await turn();
  }
}

/** Yields after every so many items. */
export function* eachInSlices<T>(items: Iterable<T>, size: number, work: (item: T) => void): Slices<void> {
  let count = 0;
  for (const item of items) {
    work(item);
    count += 1;
    if (count % size === 0) yield;
  }
}
