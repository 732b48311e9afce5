import { useState } from "react";

import { keepOrder, type SortOrder } from "../facts/sort-rows.ts";

type Holder = "pointer" | "focus";

export interface HeldOrder<R> {
  readonly ordered: readonly R[];
  /** The pointer or the keyboard has come in, or has left. */
  readonly hold: (holder: Holder, isInside: boolean) => void;
}

/** The rows as given, but in the order that they had when somebody began to work among them, until they leave or sort anew. */
export function useHeldOrder<R extends { readonly key: string }>(
  rows: readonly R[],
  sort: SortOrder,
): HeldOrder<R> {
  const [holders, setHolders] = useState<ReadonlySet<Holder>>(new Set());
  const [held, setHeld] = useState({ sort, keys: [] as readonly string[] });
  const isHeld = holders.size > 0;
  // Sorted anew from inside: the new order is the one to hold.
  if (isHeld && held.sort !== sort) setHeld({ sort, keys: keysOf(rows) });
  const ordered = isHeld && held.sort === sort ? keepOrder(rows, held.keys) : rows;
  const hold = (holder: Holder, isInside: boolean): void => {
    if (holders.has(holder) === isInside) return;
    const next = new Set(holders);
    if (isInside) next.add(holder);
    else next.delete(holder);
    setHolders(next);
    if (!isHeld) setHeld({ sort, keys: keysOf(rows) });
  };
  return { ordered, hold };
}

function keysOf(rows: readonly { readonly key: string }[]): readonly string[] {
  return rows.map(({ key }) => key);
}
