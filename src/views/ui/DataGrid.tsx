import { ArrowDown, ArrowUp } from "lucide-react";
import {
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefCallback,
} from "react";

import { fill, texts } from "#store/texts.ts";

import { nextSort, type SortColumn, type SortOrder } from "../facts/sort-rows.ts";
import styles from "./DataGrid.module.css";
import { rowForKey } from "./row-for-key.ts";
import { useHeldOrder } from "./use-held-order.ts";
import { useVirtualRows } from "./use-virtual-rows.ts";

export interface GridColumn<R> {
  readonly id: SortColumn;
  /** Numbers stand right. */
  readonly isNumber?: boolean;
  readonly cell: (row: R) => ReactNode;
}

export interface DataGridProps<R extends { readonly key: string }> {
  readonly label: string;
  /** A class that sets the widths of the columns, by their headings' `data-column`. */
  readonly layout?: string | undefined;
  readonly columns: readonly GridColumn<R>[];
  /** In the order of `sort`. */
  readonly rows: readonly R[];
  readonly sort: SortOrder;
  readonly onSort: (sort: SortOrder) => void;
  readonly selected?: string | undefined;
  /** Enter or a click. */
  readonly onOpen: (row: R) => void;
  /** Shift+Enter. */
  readonly onOpenOther?: (row: R) => void;
  readonly onDoubleClick?: (row: R) => void;
  /** Takes all the height there is and scrolls; otherwise it is as tall as its rows, up to a dozen. */
  readonly isTall?: boolean;
  readonly empty: string;
}

/** px; the style sheet says the same. */
const rowHeight = 32;

/**
 * A table of any length: only rows in sight exist. One row takes part in the tab order; arrows, Home, End and Page keys move it. While a pointer or the keyboard is
 * inside, rows keep their order.
 */
export function DataGrid<R extends { readonly key: string }>(props: DataGridProps<R>): ReactNode {
  const { label, layout, columns, rows, sort, onSort, selected, onOpen, onOpenOther, isTall, empty } = props;
  const moving = useRef<string | undefined>(undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | undefined>(undefined);
  const { ordered, hold } = useHeldOrder(rows, sort);
  const { first, end, above, below, onScroll } = useVirtualRows(scroller, ordered.length, rowHeight);
  const at = ordered.findIndex(({ key }) => key === (active ?? selected));
  const tabStop = at >= first && at < end ? at : first;

  const goTo = (index: number): void => {
    const row = ordered[index];
    const element = scroller.current;
    if (row === undefined || element === null) return;
    setActive(row.key);
    moving.current = row.key;
    const top = index * rowHeight;
    // The heading stays in place over the first row's height.
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * rowHeight - element.clientHeight;
  };

  const onRowKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, row: R, index: number): void => {
    // Keys on a button inside a row are that button's.
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") {
      if (event.shiftKey) onOpenOther?.(row);
      else onOpen(row);
    } else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
      const target = rowForKey(event.key, index, ordered.length, page);
      if (target === undefined) return;
      goTo(target);
    }
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      className={[styles["scroller"], layout ?? ""].join(" ")}
      data-tall={isTall === true ? "" : undefined}
      onScroll={onScroll}
      onPointerEnter={() => hold("pointer", true)}
      onPointerLeave={() => hold("pointer", false)}
      onFocus={() => hold("focus", true)}
      onBlur={(event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) hold("focus", false);
      }}
    >
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- what WAI-ARIA's grid pattern asks for
        role="grid"
        aria-label={label}
        aria-rowcount={ordered.length + 1}
        className={styles["grid"]}
      >
        <thead className={styles["head"]}>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading
                key={column.id}
                column={column.id}
                isNumber={column.isNumber}
                sort={sort}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} />
          {ordered.slice(first, end).map((row, offset) => {
            const index = first + offset;
            return (
              <Row
                key={row.key}
                row={row}
                index={index}
                columns={columns}
                isSelected={row.key === selected}
                isTabStop={index === tabStop}
                elementRef={(element) => {
                  if (element === null || moving.current !== row.key) return;
                  moving.current = undefined;
                  element.focus({ preventScroll: true });
                }}
                onFocus={() => setActive(row.key)}
                onKeyDown={onRowKeyDown}
                onClick={onOpen}
                onDoubleClick={props.onDoubleClick}
              />
            );
          })}
          <Spacer height={below} />
        </tbody>
      </table>
      {ordered.length === 0 && <p className={styles["empty"]}>{empty}</p>}
    </div>
  );
}

/** Stands for the rows that do not exist as elements. One cell: a span over columns that a narrow screen hides would bring them back, empty. */
function Spacer({ height }: { readonly height: number }): ReactNode {
  return height === 0 ? undefined : (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it holds nothing */}
      <td className={styles["spacer"]} style={{ height }} />
    </tr>
  );
}

interface HeadingProps {
  readonly column: SortColumn;
  readonly isNumber: boolean | undefined;
  readonly sort: SortOrder;
  readonly onSort: (sort: SortOrder) => void;
}

function Heading({ column, isNumber, sort, onSort }: HeadingProps): ReactNode {
  const isSorted = sort.column === column;
  const name = texts.columns[column];
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}
      className={styles["heading"]}
      data-column={column}
      data-number={isNumber === true ? "" : undefined}
    >
      <button
        type="button"
        className={styles["sort"]}
        title={fill(texts.ui.sortBy, { column: name })}
        onClick={() => onSort(nextSort(sort, column))}
      >
        {name}
        {isSorted && (sort.isDescending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
      </button>
    </th>
  );
}

interface RowProps<R> {
  readonly row: R;
  readonly index: number;
  readonly columns: readonly GridColumn<R>[];
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  /** Where the keyboard has moved to a row that did not exist yet, it takes the focus when it comes to be. */
  readonly elementRef: RefCallback<HTMLTableRowElement>;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>, row: R, index: number) => void;
  readonly onClick: (row: R) => void;
  readonly onDoubleClick: ((row: R) => void) | undefined;
}

function Row<R>(props: RowProps<R>): ReactNode {
  const { row, index, columns, isSelected, isTabStop, elementRef, onFocus, onKeyDown, onDoubleClick } = props;
  const onClick = (event: MouseEvent): void => {
    // The first click of a double click has done the selecting.
    if (event.detail < 2 || onDoubleClick === undefined) props.onClick(row);
  };
  return (
    <tr
      ref={elementRef}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      className={styles["row"]}
      onFocus={onFocus}
      onKeyDown={(event) => onKeyDown(event, row, index)}
      onClick={onClick}
      onDoubleClick={() => onDoubleClick?.(row)}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          data-column={column.id}
          className={styles["cell"]}
          data-number={column.isNumber === true ? "" : undefined}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
