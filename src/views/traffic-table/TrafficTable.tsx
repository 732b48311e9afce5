import { useMemo, useState, type ReactNode } from "react";

import { pathKey, refKey, type ItemRef } from "#domain/node-path.ts";
import { selectGraph, selectSelection, selectSnapshot, selectVolumes } from "#store/selectors.ts";
import { countOf, fill, texts } from "#store/texts.ts";
import type { AppState } from "#store/app-state.ts";

import { useApp, useAppState } from "../app-context.ts";
import { sortRows, type SortOrder } from "../facts/sort-rows.ts";
import { edgeRows, nodeRows, type EdgeTableRow, type NodeTableRow } from "../facts/view-rows.ts";
import { DataGrid, type GridColumn } from "../ui/DataGrid.tsx";
import { ErrorsCell, LatencyCell, NameCell, RateCell, WarningsCell } from "../ui/traffic-cells.tsx";
import styles from "./TrafficTable.module.css";

const numbers = <R extends NodeTableRow | EdgeTableRow>(): readonly GridColumn<R>[] => [
  { id: "rate", isNumber: true, cell: (row) => <RateCell rate={row.rate} /> },
  { id: "errors", isNumber: true, cell: (row) => <ErrorsCell share={row.errors} /> },
  { id: "warnings", isNumber: true, cell: (row) => <WarningsCell share={row.warnings} /> },
  { id: "latencyMs", isNumber: true, cell: (row) => <LatencyCell ms={row.latencyMs} /> },
  { id: "badge", isNumber: true, cell: ({ badge }) => <NoticeCell badge={badge} /> },
];

const nodeColumns: readonly GridColumn<NodeTableRow>[] = [
  { id: "name", cell: (row) => <NameCell name={row.name} badge={0} /> },
  { id: "type", cell: (row) => row.type },
  ...numbers<NodeTableRow>(),
];

const edgeColumns: readonly GridColumn<EdgeTableRow>[] = [
  { id: "from", cell: (row) => <NameCell name={row.from} badge={0} /> },
  { id: "to", cell: (row) => <NameCell name={row.to} badge={0} /> },
  ...numbers<EdgeTableRow>(),
];

const byRate: SortOrder = { column: "rate", isDescending: true };

/** Everything in the view as two tables: the picture for those who read. */
export function TrafficTable(): ReactNode {
  return (
    <section className={styles["table"]} aria-label={texts.table.label}>
      <div className={styles["panes"]}>
        <NodeTable />
        <EdgeTable />
      </div>
    </section>
  );
}

const selectAllNodes = ({ scene }: AppState) => scene?.all.nodes ?? 0;
const selectAllEdges = ({ scene }: AppState) => scene?.all.edges ?? 0;

function NodeTable(): ReactNode {
  const { actions } = useApp();
  const graph = useAppState(selectGraph);
  const snapshot = useAppState(selectSnapshot);
  const volumes = useAppState(selectVolumes);
  const selection = useAppState(selectSelection);
  const all = useAppState(selectAllNodes);
  const [sort, setSort] = useState(byRate);
  const rows = useMemo(
    () =>
      graph === undefined || snapshot === undefined || volumes === undefined
        ? []
        : sortRows(nodeRows(graph, snapshot, volumes), sort),
    [graph, snapshot, volumes, sort],
  );
  return (
    <Pane title={texts.table.nodes} count={rows.length} all={countOf(texts.counts.nodes, all)}>
      <DataGrid
        label={`${texts.table.nodes}. ${texts.table.hint}`}
        columns={nodeColumns}
        rows={rows}
        sort={sort}
        onSort={setSort}
        selected={keyOf(selection)}
        onOpen={(row) => actions.select(row.ref)}
        onOpenOther={enter}
        onDoubleClick={enter}
        isTall
        empty={texts.table.empty}
      />
    </Pane>
  );

  function enter({ ref }: NodeTableRow): void {
    if (ref.kind === "node" && pathKey(ref.path) !== pathKey([])) actions.enter(ref.path);
  }
}

function EdgeTable(): ReactNode {
  const { actions } = useApp();
  const graph = useAppState(selectGraph);
  const snapshot = useAppState(selectSnapshot);
  const selection = useAppState(selectSelection);
  const all = useAppState(selectAllEdges);
  const [sort, setSort] = useState(byRate);
  const rows = useMemo(
    () => (graph === undefined || snapshot === undefined ? [] : sortRows(edgeRows(graph, snapshot), sort)),
    [graph, snapshot, sort],
  );
  return (
    <Pane title={texts.table.edges} count={rows.length} all={countOf(texts.counts.edges, all)}>
      <DataGrid
        label={texts.table.edges}
        columns={edgeColumns}
        rows={rows}
        sort={sort}
        onSort={setSort}
        selected={keyOf(selection)}
        onOpen={(row) => actions.select(row.ref)}
        isTall
        empty={texts.table.empty}
      />
    </Pane>
  );
}

interface PaneProps {
  readonly title: string;
  readonly count: number;
  readonly all: string;
  readonly children: ReactNode;
}

function Pane({ title, count, all, children }: PaneProps): ReactNode {
  return (
    <section className={styles["pane"]} aria-label={title}>
      <header className={styles["header"]}>
        <h2 className={styles["title"]}>{title}</h2>
        <span className={styles["count"]}>{fill(texts.table.shown, { count, all })}</span>
      </header>
      <div className={styles["rows"]}>{children}</div>
    </section>
  );
}

function NoticeCell({ badge }: { readonly badge: number }): ReactNode {
  return badge > 0 ? <NameCell name="" badge={badge} /> : undefined;
}

function keyOf(ref: ItemRef | undefined): string | undefined {
  return ref === undefined ? undefined : refKey(ref);
}
