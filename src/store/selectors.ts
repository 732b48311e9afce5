import { viewGraph, type ViewGraph } from "#domain/focus.ts";
import { resolvePath, type NodePath } from "#domain/node-path.ts";
import type { Topology } from "#domain/topology.ts";

import type { AppState } from "./app-state.ts";
import { shownFrame } from "./compare-state.ts";
import { memo } from "./memo.ts";

const graphIn = memo((topology: Topology, focus: NodePath) =>
  viewGraph(topology, resolvePath(topology, focus).node),
);

/** What the names of clips end in says nothing to people. */
function shortName(name: string): string {
  return name.replace(/(\.spillway)?\.ndjson(\.gz)?$/, "");
}

/** The parts of the state that several components look at. Each returns what is stored, so that nothing renders without need. */
export const selectSnapshot = (state: AppState) => shownFrame(state).current;
export const selectVolumes = (state: AppState) => shownFrame(state).volumes;
export const selectTopology = (state: AppState) => shownFrame(state).current?.topology;
export const selectIsComparing = ({ compare }: AppState) => compare.comparison?.kind === "shown";
export const selectPhase = (state: AppState) => state.feed.phase;
export const selectSource = (state: AppState) => state.feed.source;
export const selectClockOffset = (state: AppState) => state.feed.clockOffsetMs;
export const selectFocus = (state: AppState) => state.view.focus;
export const selectSelection = (state: AppState) => state.view.selection;
export const selectHover = (state: AppState) => state.view.hover;
export const selectCursor = (state: AppState) => state.view.cursor;
export const selectSettings = (state: AppState) => state.settings;
export const selectDrawing = (state: AppState) => state.drawing;
export const selectToasts = (state: AppState) => state.toasts;
export const selectDialog = (state: AppState) => state.screen.dialog;
export const selectIsDrillPanelOpen = (state: AppState) => state.drill.isPanelOpen;
export const selectDrillStart = (state: AppState) => state.drill.start;
export const selectDrillComparison = (state: AppState) => state.drill.comparison;
export const selectDrillProgress = ({ drill: { activity } }: AppState) =>
  activity.kind === "running" ? activity.progress : undefined;
export const selectSharedDrill = (state: AppState) => state.feed.source?.sharedDrill;
export const selectIsReplaying = (state: AppState) => state.feed.phase.kind === "replay";
/** The file that is shown, or the recording that the source plays: then nothing is live, however it is shown. */
export const selectRecordingName = ({ feed: { source } }: AppState): string | undefined => {
  if (source?.file !== undefined) return shortName(source.file.name);
  return source?.past === undefined ? undefined : source.title;
};
/** Since when what is live is not kept; undefined: it is. */
export const selectUnrecordedSince = ({ feed: { source } }: AppState) => source?.unrecordedSince;
/** Of how many of the feed's sources nothing new comes, where there are several and some do. */
export const selectSilentSources = ({ feed: { source } }: AppState) => {
  const sources = source?.sources;
  return sources !== undefined && sources.silent > 0 && sources.count > 1 ? sources : undefined;
};
export const selectSurvival = (state: AppState) => state.survival;
/** What the view holds, as positions in the newest topology, even while the picture still shows the one before. */
export const selectGraph = (state: AppState): ViewGraph | undefined => {
  const { scene, view } = state;
  const topology = selectTopology(state);
  if (scene === undefined || topology === undefined || scene.topology === topology) return scene?.graph;
  return graphIn(topology, view.focus);
};
export const selectScale = (state: AppState) => state.scene?.scale;
export const selectIsKiosk = (state: AppState) => state.screen.kiosk !== undefined;
export const selectIsTableOpen = (state: AppState) => state.screen.isTableOpen;
export const selectIsFilterOpen = (state: AppState) => state.screen.isFilterOpen;
