import type { LoadHistory } from "#simulation/session/drill-session.ts";

const columns = ["load", "arriving", "capacity", "failed"] as const;

type Column = (typeof columns)[number];

const firstRows = 512;

/** Collects the rows of a run as they come. What was handed out is a window on it and stays as it is: rows are only ever added. */
export class LoadLog {
  readonly #regions: readonly string[];
  #rows = 0;
  #columns: Readonly<Record<Column, Float64Array>>;

  constructor(regions: readonly string[]) {
    this.#regions = regions;
    this.#columns = fresh(firstRows * regions.length);
  }

  add(more: LoadHistory): void {
    const width = this.#regions.length;
    const before = this.#columns;
    if ((this.#rows + more.rows) * width > before.load.length) {
      this.#columns = fresh(2 * (this.#rows + more.rows) * width);
      for (const column of columns) this.#columns[column].set(before[column].subarray(0, this.#rows * width));
    }
    for (const column of columns) {
      this.#columns[column].set(more[column].subarray(0, more.rows * width), this.#rows * width);
    }
    this.#rows += more.rows;
  }

  /** The first rows, at most so many. */
  upTo(most: number): LoadHistory {
    return rowsOf({ regions: this.#regions, rows: this.#rows, ...this.#columns }, 0, most);
  }
}

/** Some of a history's rows, as windows on its columns. */
export function rowsOf(history: LoadHistory, from: number, to: number): LoadHistory {
  const { regions } = history;
  const first = Math.max(0, Math.min(from, history.rows));
  const last = Math.max(first, Math.min(to, history.rows));
  const part = (column: Column) => history[column].subarray(first * regions.length, last * regions.length);
  return {
    regions,
    rows: last - first,
    load: part("load"),
    arriving: part("arriving"),
    capacity: part("capacity"),
    failed: part("failed"),
  };
}

function fresh(length: number): Readonly<Record<Column, Float64Array>> {
  const column = () => new Float64Array(length);
  return { load: column(), arriving: column(), capacity: column(), failed: column() };
}
