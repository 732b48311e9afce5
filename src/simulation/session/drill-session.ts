import type { DrillInfo, DrillStage } from "#domain/drill-info.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import type { Forecast } from "../forecast/forecast.ts";
import type { DrillCommand, DrillPlan } from "../plan/drill-plan.ts";

/** What a drill starts from. Neither the frame nor the history is ever changed. */
export interface DrillRequest {
  readonly frame: TrafficSnapshot;
  /** Frames before it, the oldest first: gains are the median over all of them. May be empty. */
  readonly history: readonly TrafficSnapshot[];
  readonly plan: DrillPlan;
  /** What a person will have done: sorted by time. A run that is repeated gets the commands of the first. */
  readonly commands: readonly DrillCommand[];
}

/** A simulated drill. Pure: time passes only by `advanceTo`, and the same request gives the same run, to the bit. */
export interface DrillSession {
  /** The same request has the same id. */
  readonly id: string;
  /** As asked for, with saviours and shares filled in. */
  readonly plan: DrillPlan;
  /** Share of the victim's traffic by saviour. */
  readonly shares: ReadonlyMap<string, number>;
  readonly forecast: Forecast;
  /** Simulated milliseconds since the failure; starts at minus the lead-in. */
  readonly elapsedMs: number;
  readonly stage: DrillStage;
  readonly phases: readonly PhaseProgress[];
  /** Runs on; never back. Frames, loads and events are the same however the way is divided. */
  advanceTo(elapsedMs: number): void;
  /** A person does something now. */
  failBack(): void;
  /**
   * The traffic now, marked as simulated, `at` the frame's time plus lead-in and elapsed time. All snapshots of a session share one topology: that of
   * the frame, with edges between victim and saviours added where it has none. Volumes are those of the moment, which a fluid has without noise; what
   * fails or is shed is the share over the ten seconds before.
   */
  snapshot(): TrafficSnapshot;
  info(): DrillInfo;
  /** What has happened, the oldest first; append-only. */
  readonly events: readonly DrillEvent[];
  /** One row for each simulated second. */
  readonly loads: LoadHistory;
  result(): DrillResult;
  /** Hash of the event log and of the totals: equal for equal runs in every engine. */
  hash(): string;
}

export interface PhaseProgress {
  readonly kind: DrillPhaseKind;
  readonly startS: number;
  readonly endS: number;
  readonly state: "waiting" | "running" | "done";
}

export type DrillPhaseKind =
  | "decide"
  | "provision"
  | "start"
  | "ungate"
  | "proxy"
  | "dns"
  | "drain"
  | "restore";

/** One entry of the log. `kind` is a word with a dot, such as "failover.started"; texts for people are made from it. */
export interface DrillEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly kind: string;
  /** Region, or region and service. */
  readonly target: readonly string[];
  /** Numbers that belong to it: rates in requests per second, shares 0 to 1. */
  readonly data: Readonly<Record<string, number>>;
  /** `seq` of the event that led to it. */
  readonly cause?: number;
}

/** Columns, one row per simulated second; row i is second i - leadIn. */
export interface LoadHistory {
  readonly regions: readonly string[];
  readonly rows: number;
  /** Requests per second that reach the region's services: column[row * regions + region]. */
  readonly load: Float64Array;
  /** What arrives at the region's front door from users, before the proxy. */
  readonly arriving: Float64Array;
  /** What its fleet can serve. */
  readonly capacity: Float64Array;
  /** Requests per second that fail or are shed there, beyond those that failed in the frame already. */
  readonly failed: Float64Array;
}

/** What came of it, so far. */
export interface DrillResult {
  /** Minutes from the failure until all phases are over and the victim serves less than 1 % of its users' requests; undefined: not yet. */
  readonly minutesToEvacuate: number | undefined;
  /** Share of all requests that failed or were shed, integrated over time: minutes in which everything failed. */
  readonly errorMinutes: number;
  /** Greatest utilisation of any region but the victim, and where. */
  readonly worstUtilisation: number;
  readonly worstRegion: string | undefined;
  /** Requests per second that need a function which the saviours do not have. */
  readonly lostRate: number;
  /** True when a region or a service has failed for a minute under a load that it could bear: a storm of retries that feeds itself. */
  readonly isStuck: boolean;
}
