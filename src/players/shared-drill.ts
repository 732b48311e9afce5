import type { Dispose } from "#base/disposer.ts";
import type { Millis } from "#base/time.ts";
import type { DrillPlan } from "#simulation/plan/drill-plan.ts";

import type { SourceInfo } from "./player.ts";

/** A drill that runs in the source, so that every viewer sees it. */
export interface SharedDrill {
  /** As in the mark of its frames. */
  readonly drill: string;
  /** As it is run, saviours and shares filled in. */
  readonly plan: DrillPlan;
  /** Simulated milliseconds per millisecond. */
  readonly speed: number;
  /** Role of whoever started it. */
  readonly by: SourceInfo["role"];
  /** By the source's clock. */
  readonly startedAt: Millis;
}

/** Runs drills in the source. Whether one runs is told by `SourceInfo.sharedDrill`; what the source has to say of it, it says in sentences. */
export interface SharedDrillControl {
  start(plan: DrillPlan, speed: number): void;
  setSpeed(speed: number): void;
  failBack(): void;
  stop(): void;
  /** The source will not do what was asked for, or says why a drill has ended: a sentence for people. */
  onNews(listener: (message: string) => void): Dispose;
}
