import { useMemo, type ReactNode } from "react";

import { must } from "#base/assert.ts";
import { findItem, type ItemRef } from "#domain/node-path.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { NodeVolumes } from "#domain/volume.ts";
import { formatLatency, formatRate } from "#scene/number-format.ts";
import type { AppState } from "#store/app-state.ts";
import { regionsOf } from "#store/drill-regions.ts";
import { selectHover, selectSnapshot, selectVolumes } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { ChangeLine } from "../compare/ChangeLine.tsx";
import { boundaryFacts, boundarySentences, edgeBeyond } from "../facts/boundary-facts.ts";
import { badgesOf, edgeRow, labelOf, nodeRow, type TrafficRow } from "../facts/traffic-row.ts";
import { Keys } from "../ui/Keys.tsx";
import { useCommand } from "../use-command.ts";
import { ErrorsCell } from "../ui/traffic-cells.tsx";
import styles from "./HoverCard.module.css";

/**
 * What lies under the pointer. The canvas says where, as `--hover-x` and `--hover-y` on the element that holds both. For pointers only: the keyboard has the twin,
 * fingers have the panel.
 */
export function HoverCard(): ReactNode {
  const hover = useAppState(selectHover);
  return hover === undefined ? undefined : <Card hover={hover} />;
}

function Card({ hover }: { readonly hover: ItemRef }): ReactNode {
  const snapshot = useAppState(selectSnapshot);
  const volumes = useAppState(selectVolumes);
  const row = useMemo(
    () => (snapshot === undefined || volumes === undefined ? undefined : rowOf(snapshot, volumes, hover)),
    [snapshot, volumes, hover],
  );
  const beyond = useMemo(() => (snapshot === undefined ? [] : beyondOf(snapshot, hover)), [snapshot, hover]);
  const { keys, isAvailable, isOn } = useCommand("drill");
  const isRegion = useAppState((state) => isRegionRef(state, hover));
  if (row === undefined) return undefined;
  const canFailOver = isRegion && isAvailable && isOn !== true;
  return (
    <div className={styles["card"]} aria-hidden="true" data-testid="tooltip">
      <p className={styles["name"]}>{row.name}</p>
      <p className={styles["numbers"]}>
        <span className={styles["rate"]}>{fill(texts.picture.rate, { rate: formatRate(row.rate) })}</span>
        {row.rate > 0 && (
          <span>
            <ErrorsCell share={row.errors} /> {texts.details.errors.toLowerCase()}
          </span>
        )}
        {row.latencyMs > 0 && (
          <span>{fill(texts.hover.latency, { latency: formatLatency(row.latencyMs) })}</span>
        )}
      </p>
      {beyond.map((line) => (
        <p key={line} className={styles["beyond"]}>
          {line}
        </p>
      ))}
      <ChangeLine item={hover} />
      {canFailOver && (
        <p className={styles["hint"]}>
          <Keys keys={keys} /> {texts.hover.failOver}
        </p>
      )}
    </div>
  );
}

function isRegionRef({ feed: { current } }: AppState, ref: ItemRef): boolean {
  if (current === undefined || current.simulated !== undefined) return false;
  if (ref.kind !== "node" || ref.path.length !== 1) return false;
  const { topology } = current;
  return regionsOf(topology).some((node) => topology.nodes[node]?.name === ref.path[0]);
}

/** Which services are on the other side, where a node or an end of an edge stands for another region. */
function beyondOf({ topology }: TrafficSnapshot, ref: ItemRef): readonly string[] {
  const item = findItem(topology, ref);
  if (item === undefined) return [];
  if (item.kind === "edge") {
    const line = edgeBeyond(topology, item.edge);
    return line === undefined ? [] : [line];
  }
  const boundary = boundaryFacts(topology, item.node);
  return boundary === undefined ? [] : boundarySentences(boundary);
}

function rowOf(snapshot: TrafficSnapshot, volumes: NodeVolumes, ref: ItemRef): TrafficRow | undefined {
  const { topology } = snapshot;
  const item = findItem(topology, ref);
  if (item === undefined) return undefined;
  const badges = badgesOf(snapshot);
  if (item.kind === "node") return nodeRow(snapshot, badges, volumes, item.node);
  const { source, target } = must(topology.edges[item.edge]);
  const name = fill(texts.details.arrow, { from: labelOf(topology, source), to: labelOf(topology, target) });
  return edgeRow(snapshot, badges, item.edge, name);
}
