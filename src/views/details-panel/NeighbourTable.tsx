import { Spline } from "lucide-react";
import { useMemo, type ReactNode } from "react";

import { fill, texts } from "#store/texts.ts";

import { useApp } from "../app-context.ts";
import type { NeighbourRow } from "../facts/node-facts.ts";
import { sortRows, type SortOrder } from "../facts/sort-rows.ts";
import { DataGrid, type GridColumn } from "../ui/DataGrid.tsx";
import { ErrorsCell, LatencyCell, NameCell, RateCell } from "../ui/traffic-cells.tsx";
import styles from "./PanelTable.module.css";
import { PanelSection } from "./PanelSection.tsx";

export interface NeighbourTableProps {
  readonly title: string;
  readonly rows: readonly NeighbourRow[];
  readonly sort: SortOrder;
  readonly onSort: (sort: SortOrder) => void;
}

const columns: readonly GridColumn<NeighbourRow>[] = [
  { id: "name", cell: (row) => <NeighbourName row={row} /> },
  { id: "rate", isNumber: true, cell: (row) => <RateCell rate={row.rate} /> },
  { id: "errors", isNumber: true, cell: (row) => <ErrorsCell share={row.errors} /> },
  { id: "latencyMs", isNumber: true, cell: (row) => <LatencyCell ms={row.latencyMs} /> },
];

/** Who calls, or who is called. A row selects the node at the other end, its mark the edge. */
export function NeighbourTable({ title, rows, sort, onSort }: NeighbourTableProps): ReactNode {
  const { actions } = useApp();
  const sorted = useMemo(() => sortRows(rows, sort), [rows, sort]);
  if (rows.length === 0) return undefined;
  return (
    <PanelSection title={title} aside={rows.length}>
      <DataGrid
        label={`${title}. ${texts.details.tableHint}`}
        layout={styles["neighbours"]}
        columns={columns}
        rows={sorted}
        sort={sort}
        onSort={onSort}
        onOpen={(row) => actions.select(row.other)}
        onOpenOther={(row) => actions.select(row.ref)}
        empty={texts.table.empty}
      />
    </PanelSection>
  );
}

function NeighbourName({ row }: { readonly row: NeighbourRow }): ReactNode {
  const { actions } = useApp();
  const label = fill(texts.details.selectEdge, { name: row.name });
  return (
    <span className={styles["name"]}>
      <NameCell name={row.name} badge={row.badge} />
      <button
        type="button"
        // Shift+Enter on the row does the same: one tab stop for each table.
        tabIndex={-1}
        className={styles["edge"]}
        aria-label={label}
        title={label}
        onClick={(event) => {
          event.stopPropagation();
          actions.select(row.ref);
        }}
      >
        <Spline aria-hidden />
      </button>
    </span>
  );
}
