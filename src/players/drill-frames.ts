import type { Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";

/** Start frames of drills, kept by the server under a hash of their content, and the scenarios that it knows. Errors are sentences for people. */
export interface DrillFrames {
  /** Asks the server to keep the frame that the feed had at a moment; the answer is the frame's hash. */
  freeze(feed: string, at: Millis): Promise<Result<string, string>>;
  /** The frame of that hash; an error when it is gone. */
  fetch(hash: string): Promise<Result<TrafficSnapshot, string>>;
  /** From now on this token goes with every request. */
  authorize?(token: string): void;
  scenarios(): Promise<Result<readonly ScenarioTitle[], string>>;
  scenario(name: string): Promise<Result<Scenario, string>>;
}

export interface ScenarioTitle {
  readonly name: string;
  readonly title: string;
}

/** A drill that somebody has prepared. */
export interface Scenario {
  readonly title: string;
  readonly plan: DrillPlan;
  /** What is done in it by itself. */
  readonly commands: readonly DrillCommand[];
  /** Hash of the frame that it starts from. */
  readonly frame: string;
}
