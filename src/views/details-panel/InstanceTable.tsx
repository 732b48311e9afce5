import { useMemo, type ReactNode } from "react";

import { countOf, texts } from "#store/texts.ts";

import { useApp } from "../app-context.ts";
import { sortRows, type SortOrder } from "../facts/sort-rows.ts";
import type { TrafficRow } from "../facts/traffic-row.ts";
import { DataGrid, type GridColumn } from "../ui/DataGrid.tsx";
import { ErrorsCell, NameCell, RateCell } from "../ui/traffic-cells.tsx";
import { PanelSection } from "./PanelSection.tsx";
import styles from "./PanelTable.module.css";

export interface InstanceTableProps {
  readonly rows: readonly TrafficRow[];
  /** How many run, as the source says; NaN where it does not. */
  readonly count: number;
  readonly sort: SortOrder;
  readonly onSort: (sort: SortOrder) => void;
}

const columns: readonly GridColumn<TrafficRow>[] = [
  { id: "name", cell: (row) => <NameCell name={row.name} badge={row.badge} /> },
  { id: "rate", isNumber: true, cell: (row) => <RateCell rate={row.rate} /> },
  { id: "errors", isNumber: true, cell: (row) => <ErrorsCell share={row.errors} /> },
];

export function InstanceTable({ rows, count, sort, onSort }: InstanceTableProps): ReactNode {
  const { actions } = useApp();
  const sorted = useMemo(() => sortRows(rows, sort), [rows, sort]);
  if (rows.length === 0) {
    if (!(count > 0)) return undefined;
    return <PanelSection title={texts.details.instances} aside={countOf(texts.counts.instances, count)} />;
  }
  return (
    <PanelSection title={texts.details.instances} aside={count > 0 ? count : rows.length}>
      <DataGrid
        label={texts.details.instances}
        layout={styles["instances"]}
        columns={columns}
        rows={sorted}
        sort={sort}
        onSort={onSort}
        onOpen={(row) => actions.select(row.ref)}
        empty={texts.table.empty}
      />
    </PanelSection>
  );
}
