import type { DrillStage } from "#domain/drill-info.ts";
import type { AppState } from "#store/app-state.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

/** The drill whose traffic is shown, whoever runs it. */
export interface ShownDrill {
  /** The region that goes, as people call it. */
  readonly victim: string;
  readonly stage: DrillStage;
  /** Simulated seconds since the failure. */
  readonly seconds: number;
  /** It runs in the source, and everybody sees it. */
  readonly isShared: boolean;
}

/** Undefined: what is shown was measured. */
export function selectShownDrill(state: AppState): ShownDrill | undefined {
  const { feed, drill } = state;
  const labelOf = selectRegionLabel(state);
  const { activity } = drill;
  if (activity.kind === "running") {
    const { elapsedMs, stage } = activity.progress;
    const seconds = Math.round(elapsedMs / 1000);
    return { victim: labelOf(activity.plan.victim), stage, seconds, isShared: false };
  }
  const mark = feed.current?.simulated;
  if (mark === undefined) return undefined;
  const { victim, stage, elapsedMs } = mark;
  return { victim: labelOf(victim), stage, seconds: Math.round(elapsedMs / 1000), isShared: true };
}

export function sameShownDrill(a: ShownDrill | undefined, b: ShownDrill | undefined): boolean {
  return (
    a === b ||
    (a !== undefined &&
      b !== undefined &&
      a.victim === b.victim &&
      a.stage === b.stage &&
      a.seconds === b.seconds &&
      a.isShared === b.isShared)
  );
}

export const selectIsSimulated = (state: AppState): boolean => selectShownDrill(state) !== undefined;
