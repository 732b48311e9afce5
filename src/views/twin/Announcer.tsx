import { useMemo, useRef, type ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import {
  selectGraph,
  selectPhase,
  selectRecordingName,
  selectSilentSources,
  selectTopology,
  selectUnrecordedSince,
} from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { useMomentText } from "../bookmarks/use-moment-text.ts";
import { countedChanges } from "../compare/change-text.ts";
import { selectShownDrill, type ShownDrill } from "../simulated/shown-drill.ts";
import { viewSentence } from "./view-sentence.ts";

const selectComparedAt = ({ compare: { comparison } }: AppState) =>
  comparison?.kind === "shown" ? comparison.before.at : undefined;

const selectViewKey = ({ scene }: AppState) => scene?.structure.viewKey;

const phaseWords: Readonly<Record<AppState["feed"]["phase"]["kind"], string>> = {
  live: texts.feed.live,
  paused: texts.feed.paused,
  replay: texts.replay.word,
  simulated: texts.feed.simulated,
  connecting: texts.feed.connecting,
  stale: texts.feed.stale,
  reconnecting: texts.feed.reconnecting,
  refused: texts.feed.refused,
};

/** Tells screen readers, politely, what others see: another view, another state of the source, another stage of a drill. */
export function Announcer(): ReactNode {
  const viewKey = useAppState(selectViewKey);
  const graph = useAppState(selectGraph);
  const topology = useAppState(selectTopology);
  const phase = useAppState(selectPhase);
  // Of a view only its first words: numbers of nodes that come and go are no news.
  const view = useMemo(
    () => (graph === undefined || topology === undefined ? "" : viewSentence(graph, topology)),
    // oxlint-disable-next-line react/exhaustive-deps -- see above
    [viewKey],
  );
  const recording = useAppState(selectRecordingName);
  const isUnrecorded = useAppState(selectUnrecordedSince) !== undefined;
  const silent = useAppState(selectSilentSources, sameCounts);
  const isOfRecording = phase.kind === "live" || phase.kind === "stale" || phase.kind === "replay";
  const drill = useAppState(selectShownDrill, sameStage);
  return (
    <>
      <ComparisonNews />
      <p aria-live="polite" className="visually-hidden">
        {drill !== undefined &&
          fill(texts.simulated.announced, { region: drill.victim, stage: texts.stages[drill.stage] })}
      </p>
      <p aria-live="polite" className="visually-hidden">
        {view}
      </p>
      <p aria-live="polite" className="visually-hidden">
        {isOfRecording && recording !== undefined
          ? fill(texts.replay.announced, { name: recording })
          : phaseWords[phase.kind]}
        {phase.kind === "live" && isUnrecorded && `, ${texts.feed.notRecorded}`}
        {phase.kind === "live" && silent !== undefined && `, ${fill(texts.feed.someSilent, silent)}`}
      </p>
    </>
  );
}

type SourcesHealth = NonNullable<ReturnType<typeof selectSilentSources>>;

function sameCounts(a: SourcesHealth | undefined, b: SourcesHealth | undefined): boolean {
  return a?.silent === b?.silent && a?.count === b?.count;
}

/** That moments are compared, and what came out; not again with every frame. */
function ComparisonNews(): ReactNode {
  const { store } = useApp();
  const at = useAppState(selectComparedAt);
  const textOf = useMomentText();
  const wasComparing = useRef(false);
  const news = useMemo(() => {
    const { comparison } = store.getState().compare;
    if (comparison?.kind !== "shown") return wasComparing.current ? texts.compare.stopped : "";
    wasComparing.current = true;
    return fill(texts.compare.announced, {
      now: textOf(comparison.after.at),
      past: textOf(comparison.before.at),
      changes: countedChanges(comparison.counts).join(", ") || texts.compare.none,
    });
    // oxlint-disable-next-line react/exhaustive-deps -- how times are written is no news
  }, [store, at]);
  return (
    <p aria-live="polite" className="visually-hidden">
      {news}
    </p>
  );
}

/** A clock that goes on is no news; another stage is. */
function sameStage(a: ShownDrill | undefined, b: ShownDrill | undefined): boolean {
  return a?.victim === b?.victim && a?.stage === b?.stage;
}
