import type { AppState } from "./app-state.ts";

/** The parts of the state that several components look at. Each returns what is stored, so that nothing renders without need. */
export const selectSnapshot = (state: AppState) => state.feed.current;
export const selectVolumes = (state: AppState) => state.feed.volumes;
export const selectTopology = (state: AppState) => state.feed.current?.topology;
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
export const selectDrill = (state: AppState) => state.drill;
export const selectIsDrillPanelOpen = (state: AppState) => state.drill.isPanelOpen;
export const selectDrillActivity = (state: AppState) => state.drill.activity;
export const selectDrillStart = (state: AppState) => state.drill.start;
export const selectDrillComparison = (state: AppState) => state.drill.comparison;
export const selectDrillProgress = ({ drill: { activity } }: AppState) =>
  activity.kind === "running" ? activity.progress : undefined;
/** The mark of the frame that is shown, whoever runs the drill; undefined: the numbers are measured. */
export const selectSimulated = (state: AppState) => state.feed.current?.simulated;
export const selectSharedDrill = (state: AppState) => state.feed.source?.sharedDrill;
export const selectSurvival = (state: AppState) => state.survival;
export const selectGraph = (state: AppState) => state.scene?.graph;
export const selectScale = (state: AppState) => state.scene?.scale;
export const selectIsKiosk = (state: AppState) => state.screen.kiosk !== undefined;
export const selectIsTableOpen = (state: AppState) => state.screen.isTableOpen;
export const selectIsFilterOpen = (state: AppState) => state.screen.isFilterOpen;
