import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useState, type ReactNode } from "react";

import { isBoundary } from "#domain/boundary.ts";
import { findItem, type ItemRef } from "#domain/node-path.ts";
import { formatAge } from "#scene/number-format.ts";
import type { AppState } from "#store/app-state.ts";
import {
  selectPhase,
  selectRecordingName,
  selectSelection,
  selectSnapshot,
  selectTopology,
  selectVolumes,
} from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { formatMoment, isOtherDay } from "../timeline/time-format.ts";
import { Button } from "../ui/Button.tsx";
import { useDataAge } from "../use-data-age.ts";
import { compactQuery, useMedia } from "../use-media.ts";
import styles from "./DetailsPanel.module.css";
import { EdgeDetails } from "./EdgeDetails.tsx";
import { NodeDetails } from "./NodeDetails.tsx";
import { usualSorts, type PanelSorts } from "./panel-sorts.ts";

const selectAt = ({ feed }: AppState) => feed.current?.at;
const selectUtc = ({ settings }: AppState) => settings.utc;
const selectNewest = ({ replay }: AppState) => replay.range?.to;

/** Says everything about what is selected; there only when something is. A sheet at the bottom on narrow screens. */
export function DetailsPanel(): ReactNode {
  const selection = useAppState(selectSelection);
  // Kept here, so that going from neighbour to neighbour keeps the order of the tables.
  const [sorts, setSorts] = useState<PanelSorts>(usualSorts);
  return selection === undefined ? undefined : (
    <Panel selection={selection} sorts={sorts} onSorts={setSorts} />
  );
}

interface PanelProps {
  readonly selection: ItemRef;
  readonly sorts: PanelSorts;
  readonly onSorts: (sorts: PanelSorts) => void;
}

function Panel({ selection, sorts, onSorts }: PanelProps): ReactNode {
  const { actions } = useApp();
  const isSheet = useMedia(compactQuery);
  const [isExpanded, setExpanded] = useState(false);
  return (
    <aside
      className={styles["panel"]}
      aria-label={texts.details.label}
      data-covers={isSheet ? "bottom" : "right"}
      data-expanded={isExpanded ? "" : undefined}
    >
      <header className={styles["head"]}>
        <p className={styles["kind"]}>
          <Kind selection={selection} />
        </p>
        {isSheet && (
          <Button
            icon={isExpanded ? <ChevronDown /> : <ChevronUp />}
            aria-label={isExpanded ? texts.details.collapse : texts.details.expand}
            aria-expanded={isExpanded}
            onClick={() => setExpanded(!isExpanded)}
          />
        )}
        <Button icon={<X />} aria-label={texts.ui.close} onClick={() => actions.select(undefined)} />
      </header>
      <div className={styles["body"]}>
        <FeedAge />
        <Content selection={selection} sorts={sorts} onSorts={onSorts} />
      </div>
    </aside>
  );
}

/** What kind of thing is selected, as its source calls it. */
function Kind({ selection }: { readonly selection: ItemRef }): ReactNode {
  const topology = useAppState(selectTopology);
  if (selection.kind === "edge") return texts.details.edge;
  const item = topology === undefined ? undefined : findItem(topology, selection);
  if (topology === undefined || item?.kind !== "node") return texts.details.node;
  if (isBoundary(topology, item.node)) return texts.boundary.kind;
  return topology.nodes[item.node]?.type ?? texts.details.node;
}

function Content({ selection, sorts, onSorts }: PanelProps): ReactNode {
  const snapshot = useAppState(selectSnapshot);
  const volumes = useAppState(selectVolumes);
  if (snapshot === undefined || volumes === undefined) return texts.ui.loading;
  const item = findItem(snapshot.topology, selection);
  if (item === undefined) return <Gone selection={selection} />;
  return item.kind === "node" ? (
    <NodeDetails
      snapshot={snapshot}
      volumes={volumes}
      node={item.node}
      selection={selection}
      sorts={sorts}
      onSorts={onSorts}
    />
  ) : (
    <EdgeDetails snapshot={snapshot} edge={item.edge} selection={selection} />
  );
}

function Gone({ selection }: { readonly selection: ItemRef }): ReactNode {
  const name =
    selection.kind === "node"
      ? (selection.path.at(-1) ?? texts.app.name)
      : fill(texts.details.flow, { from: selection.source, to: selection.target });
  return <p className={styles["gone"]}>{fill(texts.details.gone, { name })}</p>;
}

/** The numbers are not those of now. */
function FeedAge(): ReactNode {
  const phase = useAppState(selectPhase);
  const recording = useAppState(selectRecordingName);
  if (phase.kind === "replay" && phase.replay.gap !== undefined) return <NumbersBeforeGap />;
  // A recording that the source plays has ended, or has a gap; how long ago that was says nothing.
  if (phase.kind === "stale" && recording !== undefined) return <NumbersBeforeGap />;
  return phase.kind === "stale" || phase.kind === "reconnecting" ? <OldNumbers /> : undefined;
}

/** Nothing is known of the moment that is shown. */
function NumbersBeforeGap(): ReactNode {
  const at = useAppState(selectAt);
  const utc = useAppState(selectUtc);
  const newest = useAppState(selectNewest);
  if (at === undefined) return undefined;
  const time = formatMoment(at, { utc, date: isOtherDay(at, newest ?? at, utc) });
  return <p className={styles["stale"]}>{fill(texts.details.notRecorded, { time })}</p>;
}

function OldNumbers(): ReactNode {
  const age = useDataAge();
  return <p className={styles["stale"]}>{fill(texts.details.feedStale, { age: formatAge(age ?? 0) })}</p>;
}
