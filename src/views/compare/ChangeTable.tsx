import { useMemo, useState, type ReactNode } from "react";

import { changeKinds, type ChangeKind } from "#domain/compare-snapshots.ts";
import { refKey } from "#domain/node-path.ts";
import { formatRate } from "#scene/number-format.ts";
import type { AppState } from "#store/app-state.ts";
import { selectSelection } from "#store/selectors.ts";
import { texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { sortRows, type SortOrder } from "../facts/sort-rows.ts";
import { DataGrid, type GridColumn } from "../ui/DataGrid.tsx";
import { Select } from "../ui/Select.tsx";
import { ErrorsCell, LatencyCell, NameCell, RateCell } from "../ui/traffic-cells.tsx";
import { ChangeMark } from "./ChangeMark.tsx";
import { changeRows, type ChangeRow } from "./change-rows.ts";
import styles from "./ChangeTable.module.css";

const columns: readonly GridColumn<ChangeRow>[] = [
  { id: "name", cell: (row) => <NameCell name={row.name} badge={0} /> },
  { id: "what", cell: (row) => <KindCell kind={row.kind} /> },
  { id: "before", isNumber: true, cell: (row) => <Known value={row.before} cell={volume} /> },
  { id: "after", isNumber: true, cell: (row) => <Known value={row.after} cell={volume} /> },
  { id: "change", isNumber: true, cell: signedChange },
  { id: "errorsBefore", isNumber: true, cell: (row) => <Known value={row.errorsBefore} cell={errors} /> },
  { id: "errors", isNumber: true, cell: (row) => <Known value={row.errors} cell={errors} /> },
  { id: "latencyBefore", isNumber: true, cell: (row) => <LatencyCell ms={row.latencyBefore} /> },
  { id: "latencyMs", isNumber: true, cell: (row) => <LatencyCell ms={row.latencyMs} /> },
];

const greatestFirst: SortOrder = { column: "change", isDescending: true };

const filters = [
  { value: "all", text: texts.compare.all },
  ...changeKinds.map((kind) => ({ value: kind, text: texts.compare.kinds[kind] })),
];

const selectComparison = ({ compare }: AppState) => compare.comparison;

/** What differs between two moments, on all levels. */
export function ChangeTable(): ReactNode {
  const { actions } = useApp();
  const comparison = useAppState(selectComparison);
  const selection = useAppState(selectSelection);
  const [sort, setSort] = useState(greatestFirst);
  const [wanted, setWanted] = useState<ChangeKind | "all">("all");
  const changes = comparison?.kind === "shown" ? comparison.changes : undefined;
  const rows = useMemo(
    () => (changes === undefined ? [] : sortRows(changeRows(changes, wanted), sort)),
    [changes, wanted, sort],
  );
  return (
    <section className={styles["table"]} aria-label={texts.compare.table}>
      <header className={styles["header"]}>
        <h2 className={styles["title"]}>{texts.compare.table}</h2>
        <Select
          label={texts.compare.filter}
          options={filters}
          value={wanted}
          onChange={(value) => setWanted(changeKinds.find((kind) => kind === value) ?? "all")}
        />
      </header>
      <div className={styles["rows"]}>
        <DataGrid
          label={`${texts.compare.table}. ${texts.compare.hint}`}
          columns={columns}
          rows={rows}
          sort={sort}
          onSort={setSort}
          selected={selection === undefined ? undefined : refKey(selection)}
          onOpen={show}
          isTall
          empty={wanted === "all" ? texts.compare.none : texts.compare.empty}
        />
      </div>
    </section>
  );

  function show({ ref }: ChangeRow): void {
    actions.enter(ref.kind === "node" ? ref.path.slice(0, -1) : ref.parent);
    actions.select(ref);
  }
}

function KindCell({ kind }: { readonly kind: ChangeKind }): ReactNode {
  return (
    <span className={styles["kind"]}>
      <ChangeMark kind={kind} />
      <span className={styles["word"]}>{texts.compare.kinds[kind]}</span>
    </span>
  );
}

function volume(rate: number): ReactNode {
  return <RateCell rate={rate} />;
}

function errors(share: number): ReactNode {
  return <ErrorsCell share={share} />;
}

/** A dash where the node or the edge did not exist. */
function Known({
  value,
  cell,
}: {
  readonly value: number;
  readonly cell: (value: number) => ReactNode;
}): ReactNode {
  return Number.isNaN(value) ? "–" : cell(value);
}

function signedChange({ before, after, change }: ChangeRow): ReactNode {
  const isMore = (Number.isNaN(after) ? 0 : after) >= (Number.isNaN(before) ? 0 : before);
  return change === 0 ? formatRate(0) : `${isMore ? "+" : "−"}${formatRate(change)}`;
}
