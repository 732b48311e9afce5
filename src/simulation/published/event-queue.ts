/** Events in order of time, those of the same time in order of arrival: a binary heap over three columns. */
export class EventQueue<Event> {
  readonly #times: number[] = [];
  readonly #orders: number[] = [];
  readonly #events: Event[] = [];
  #added = 0;
  #now = 0;

  /** The time of the event that was taken last. */
  get now(): number {
    return this.#now;
  }

  add(at: number, event: Event): void {
    let hole = this.#times.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.#times[parent]! <= at) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#put(hole, at, this.#added, event);
    this.#added += 1;
  }

  /** Takes the earliest out; undefined when there is none. */
  next(): Event | undefined {
    const [first, last] = [this.#events[0], this.#events.pop()];
    const [at, order] = [this.#times.pop(), this.#orders.pop()];
    if (first === undefined || last === undefined || at === undefined || order === undefined) {
      return undefined;
    }
    const size = this.#times.length;
    this.#now = size === 0 ? at : this.#times[0]!;
    if (size === 0) return first;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#isBefore(child + 1, this.#times[child]!, this.#orders[child]!))
        child += 1;
      if (!this.#isBefore(child, at, order)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#put(hole, at, order, last);
    return first;
  }

  #isBefore(one: number, at: number, order: number): boolean {
    const time = this.#times[one]!;
    return time < at || (time === at && this.#orders[one]! < order);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from]!, this.#orders[from]!, this.#events[from]!);
  }

  #put(place: number, at: number, order: number, event: Event): void {
    this.#times[place] = at;
    this.#orders[place] = order;
    this.#events[place] = event;
  }
}
