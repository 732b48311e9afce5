/** What tables can be sorted by. */
export type SortColumn =
  | "name"
  | "type"
  | "from"
  | "to"
  | "rate"
  | "errors"
  | "warnings"
  | "latencyMs"
  | "badge"
  | "what"
  | "before"
  | "after"
  | "change"
  | "errorsBefore"
  | "latencyBefore";

export interface SortOrder {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

/** A row says what stands in each column that it has. */
export type Sortable = { readonly key: string } & Partial<Readonly<Record<SortColumn, string | number>>>;

const texts = new Set<SortColumn>(["name", "type", "from", "to"]);

/** What a press on a column's heading leads to: the other direction, or for a new column the one that is wanted first. */
export function nextSort(sort: SortOrder, column: SortColumn): SortOrder {
  if (sort.column === column) return { column, isDescending: !sort.isDescending };
  return { column, isDescending: !texts.has(column) };
}

/** Sorted rows. What is not known comes last either way, and equals keep one order from frame to frame. */
export function sortRows<R extends Sortable>(
  rows: readonly R[],
  { column, isDescending }: SortOrder,
): readonly R[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const order = compare(a[column], b[column], sign);
    return order !== 0 ? order : compare(a.name ?? a.key, b.name ?? b.key, 1) || compare(a.key, b.key, 1);
  });
}

const collator = new Intl.Collator(undefined, { numeric: true });

function compare(a: string | number | undefined, b: string | number | undefined, sign: number): number {
  if (typeof a === "string" && typeof b === "string") return sign * collator.compare(a, b);
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return sign * (x - y);
}

/**
 * The rows in the order that stood before, as long as a person is at work among them: nothing may jump away from under a pointer. New rows come
 * last.
 */
export function keepOrder<R extends { readonly key: string }>(
  rows: readonly R[],
  order: readonly string[],
): readonly R[] {
  const place = new Map(order.map((key, index) => [key, index]));
  return rows.toSorted((a, b) => (place.get(a.key) ?? Infinity) - (place.get(b.key) ?? Infinity) || 0);
}
