import { useMemo, type ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import {
  selectGraph,
  selectPhase,
  selectRecordingName,
  selectTopology,
  selectUnrecordedSince,
} from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useAppState } from "../app-context.ts";
import { selectShownDrill, type ShownDrill } from "../simulated/shown-drill.ts";
import { viewSentence } from "./view-sentence.ts";

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
  const isOfRecording = phase.kind === "live" || phase.kind === "stale" || phase.kind === "replay";
  const drill = useAppState(selectShownDrill, sameStage);
  return (
    <>
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
      </p>
    </>
  );
}

/** A clock that goes on is no news; another stage is. */
function sameStage(a: ShownDrill | undefined, b: ShownDrill | undefined): boolean {
  return a?.victim === b?.victim && a?.stage === b?.stage;
}
