import type { Millis } from "#base/time.ts";
import type { DrillBasis, DrillProgress } from "#players/drill-control.ts";
import type { OutcomeProgress, RegionLoss } from "#players/simulation-service.ts";
import type { Forecast } from "#simulation/forecast/forecast.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";
import type { PolicyId } from "#simulation/plan/evacuation-policy.ts";
import type { DrillResult } from "#simulation/session/drill-session.ts";

/**
 * Failing over a region: what is planned, or what runs. The panel may be closed while a drill runs; then only the banner and the picture tell of it.
 */
export interface DrillState {
  /** Drills can run in this page. */
  readonly isOffered: boolean;
  readonly isPanelOpen: boolean;
  readonly activity: DrillActivity;
  /** From which traffic the planned drill starts, or the running one has started. */
  readonly start: DrillStartFrame;
  /** Two policies side by side; undefined while nothing is compared. */
  readonly comparison: DrillComparison | undefined;
  /** What came of the run before, until the next one starts. */
  readonly last: FinishedDrill | undefined;
}

export type DrillActivity = { readonly kind: "none" } | DrillPlanning | DrillRunning;

export interface DrillPlanning {
  readonly kind: "planning";
  /** As a person has set it: no saviours named stands for all others. `forecast.saviours` tells who takes which share. */
  readonly plan: DrillPlan;
  /** What will be done in the run by itself, as a link or a scenario wants it. */
  readonly commands: readonly DrillCommand[];
  /** The last one that was computed; it stays while the next is being computed. */
  readonly forecast: Forecast | undefined;
  /** Why this plan cannot be run. */
  readonly fault: DrillFault | undefined;
  readonly isComputing: boolean;
}

export interface DrillRunning {
  readonly kind: "running";
  /** As a person has set it; `progress.plan` has the saviours and shares filled in. */
  readonly plan: DrillPlan;
  readonly progress: DrillProgress;
}

export type DrillStartFrame =
  /** The traffic that is shown when it is started. */
  | { readonly kind: "now" }
  /** A frame that a link names is being fetched. */
  | { readonly kind: "loading"; readonly hash: string }
  | FrozenFrame
  /** A link named a frame that cannot be had any more; the plan would start from the traffic of now. */
  | { readonly kind: "gone"; readonly hash: string; readonly message: string };

/** A frame that stands still. */
export interface FrozenFrame {
  readonly kind: "frozen";
  readonly basis: DrillBasis;
  /** The server keeps it under this name; undefined: it does not, or has not answered yet. */
  readonly hash: string | undefined;
  /** What the server, or the lack of one, said instead. */
  readonly whyNotKept: string | undefined;
}

/** The same failure, evacuated in two ways; both are computed to the end. */
export interface DrillComparison {
  readonly runs: readonly [ComparedRun, ComparedRun];
}

export interface ComparedRun {
  readonly policy: PolicyId | "custom";
  readonly plan: DrillPlan;
  readonly progress: OutcomeProgress;
}

export interface FinishedDrill {
  readonly plan: DrillPlan;
  readonly result: DrillResult;
  /** Where it was stopped, simulated milliseconds since the failure. */
  readonly elapsedMs: number;
}

/** What the loss of each region would do, computed anew every few seconds as the traffic changes. */
export interface SurvivalState {
  /** One entry for each region; empty before the first answer, and where there are no regions. */
  readonly losses: readonly RegionLoss[];
  /** Why nothing can be said. */
  readonly fault: DrillFault | undefined;
  /** The moment of the frame that was looked at. */
  readonly at: Millis | undefined;
}

export const noDrill: Omit<DrillState, "isOffered"> = {
  isPanelOpen: false,
  activity: { kind: "none" },
  start: { kind: "now" },
  comparison: undefined,
  last: undefined,
};

export const nothingSurveyed: SurvivalState = { losses: [], fault: undefined, at: undefined };
