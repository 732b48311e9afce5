import { useCallback, useLayoutEffect, useState, type RefObject } from "react";

/** Rows above and below the visible ones, so that scrolling shows no gap before the next render. */
const overscan = 6;

export interface VirtualRows {
  /** The rows to render: from `first` up to, not including, `end`. */
  readonly first: number;
  readonly end: number;
  /** Heights that stand for the rows above and below, px. */
  readonly above: number;
  readonly below: number;
  readonly onScroll: () => void;
}

/** Which of many rows of one height are near the visible part of a scrolling element. */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): VirtualRows {
  const [seen, setSeen] = useState({ first: 0, end: 40 });
  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - overscan);
    // Without layout (in tests, or before the first one) there is no height: a screenful is assumed.
    const height = element.clientHeight || 600;
    const end = Math.ceil((element.scrollTop + height) / rowHeight) + overscan;
    setSeen((before) => (before.first === first && before.end === end ? before : { first, end }));
  }, [scroller, rowHeight]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, measure]);
  const end = Math.min(count, seen.end);
  const first = Math.min(seen.first, Math.max(0, end - 1));
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight, onScroll: measure };
}
