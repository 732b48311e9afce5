import type { Dispose } from "#base/disposer.ts";
import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { DrillStage } from "#domain/drill-info.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Forecast } from "#simulation/forecast/forecast.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";
import type {
  DrillEvent,
  DrillRequest,
  DrillResult,
  LoadHistory,
  PhaseProgress,
} from "#simulation/session/drill-session.ts";

import type { DrillBasis } from "./drill-control.ts";

/** Computes what traffic would do, elsewhere: in a worker in the page, at once in tests. Whoever disposes is not called any more. */
export interface SimulationService {
  /** Would the others survive? One answer. */
  forecast(
    basis: DrillBasis,
    plan: DrillPlan,
    listener: (forecast: Result<Forecast, DrillFault>) => void,
  ): Dispose;
  /** The same for the loss of each region, by the usual plan; a fault where no region can be lost at all. One answer. */
  survival(basis: DrillBasis, listener: (losses: Result<readonly RegionLoss[], DrillFault>) => void): Dispose;
  /** A whole drill at once, to its end; the listener is called as it goes on. */
  outcome(request: DrillRequest, listener: (outcome: OutcomeProgress) => void): Dispose;
  /** A drill second by second. */
  run(request: DrillRequest, listener: RunListener): DrillRun;
}

/** What the loss of one region would do. */
export interface RegionLoss {
  readonly victim: string;
  readonly forecast: Result<Forecast, DrillFault>;
}

export type OutcomeProgress =
  | { readonly kind: "computing"; /** 0 to 1. */ readonly share: number }
  | { readonly kind: "done"; readonly outcome: DrillOutcome }
  | { readonly kind: "fault"; readonly fault: DrillFault };

/** What came of a whole drill. */
export interface DrillOutcome {
  readonly plan: DrillPlan;
  readonly forecast: Forecast;
  readonly result: DrillResult;
  readonly phases: readonly PhaseProgress[];
  readonly events: readonly DrillEvent[];
  readonly loads: LoadHistory;
  /** Equal for equal runs. */
  readonly hash: string;
}

/** A drill that waits to be told how far it may run, so that it is never far ahead of what is shown. */
export interface DrillRun {
  /**
   * Runs on to a moment, simulated milliseconds since the failure. A moment further back than what was asked for before does nothing.
   * `framesFromMs`: frames before that moment are not needed; events and loads come all the same.
   */
  advanceTo(elapsedMs: number, framesFromMs: number): void;
  /** A person does something now, that is, at the moment up to which it has run; the listener is told which that was. */
  failBack(): void;
  dispose(): void;
}

export interface RunListener {
  /** It has begun. First of all, and once. */
  readonly started: (opening: RunOpening) => void;
  /** It has run on. */
  readonly ran: (stretch: RunStretch) => void;
  /** The command has been given at this moment, simulated milliseconds since the failure. */
  readonly failedBack: (atMs: number) => void;
  /** It cannot be run: instead of `started`. */
  readonly failed: (fault: DrillFault) => void;
}

export interface RunOpening {
  readonly plan: DrillPlan;
  readonly shares: ReadonlyMap<string, number>;
  readonly forecast: Forecast;
  /** Regions of the load history, in the order of its columns. */
  readonly regions: readonly string[];
  /** Where it begins: the moment of its first frame, simulated milliseconds since the failure. */
  readonly startMs: Millis;
}

/** What has come since the stretch before. */
export interface RunStretch {
  /** Up to here it has run. */
  readonly elapsedMs: number;
  /** One for each whole second that was asked for, the oldest first; all have the same topology object. */
  readonly frames: readonly RunFrame[];
  readonly events: readonly DrillEvent[];
  /** The rows of these seconds. */
  readonly loads: LoadHistory;
}

export interface RunFrame {
  readonly snapshot: TrafficSnapshot;
  readonly elapsedMs: number;
  readonly stage: DrillStage;
  readonly phases: readonly PhaseProgress[];
  readonly result: DrillResult;
}
