import type { ChangeKind, ItemChange, SnapshotComparison } from "#domain/compare-snapshots.ts";
import { changeKinds } from "#domain/compare-snapshots.ts";
import { refKey, type ItemRef } from "#domain/node-path.ts";
import { fill, texts } from "#store/texts.ts";

/** A node or an edge of a comparison as a line of a table. */
export interface ChangeRow {
  readonly key: string;
  readonly ref: ItemRef;
  readonly kind: ChangeKind;
  readonly name: string;
  /** Position in the order in which changes are told. */
  readonly what: number;
  /** Requests per second; NaN where it did not exist. */
  readonly before: number;
  readonly after: number;
  /** By how much the volume differs, requests per second, either way. */
  readonly change: number;
  /** Share of failed requests, and latency in milliseconds, then and now; NaN where it did not exist. */
  readonly errorsBefore: number;
  readonly errors: number;
  readonly latencyBefore: number;
  readonly latencyMs: number;
}

/** What differs, or what differs in one way only. */
export function changeRows(
  { nodes, edges }: SnapshotComparison,
  wanted: ChangeKind | "all",
): readonly ChangeRow[] {
  const isWanted = ({ kind }: ItemChange) => (wanted === "all" ? kind !== "same" : kind === wanted);
  return [...nodes.filter(isWanted), ...edges.filter(isWanted)].map(rowOf);
}

function rowOf({ ref, kind, before, after }: ItemChange): ChangeRow {
  return {
    key: refKey(ref),
    ref,
    kind,
    name: nameOf(ref),
    what: -changeKinds.indexOf(kind),
    before: before?.volume ?? NaN,
    after: after?.volume ?? NaN,
    change: Math.abs((after?.volume ?? 0) - (before?.volume ?? 0)),
    errorsBefore: before?.errors ?? NaN,
    errors: after?.errors ?? NaN,
    latencyBefore: before?.p95 ?? NaN,
    latencyMs: after?.p95 ?? NaN,
  };
}

/** Its own name first, then the place that it lies in: the table holds all levels. */
function nameOf(ref: ItemRef): string {
  const parents = ref.kind === "node" ? ref.path.slice(0, -1) : ref.parent;
  const own =
    ref.kind === "node"
      ? (ref.path.at(-1) ?? "")
      : fill(texts.compare.edge, { from: ref.source, to: ref.target });
  return parents.length === 0 ? own : fill(texts.compare.placed, { name: own, place: parents.join(" / ") });
}
