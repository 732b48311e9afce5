import type { Result } from "#base/result.ts";
import type { DrillStage } from "#domain/drill-info.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Forecast } from "#simulation/forecast/forecast.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillCommand, DrillPlan } from "#simulation/plan/drill-plan.ts";
import type {
  DrillEvent,
  DrillResult,
  LoadHistory,
  PhaseProgress,
} from "#simulation/session/drill-session.ts";

/** The traffic that a drill or a forecast starts from: one frame, and what is known from before it. Never changed. */
export interface DrillBasis {
  readonly frame: TrafficSnapshot;
  /**
   * Frames before it, the oldest first. Empty in a run that a link can name: the server keeps one frame, and a history that the next browser does not
   * have would make another run of it.
   */
  readonly history: readonly TrafficSnapshot[];
}

/** Which drill to run, and from which of its moments on. */
export interface DrillStart {
  readonly basis: DrillBasis;
  readonly plan: DrillPlan;
  /** What a person did in the run that is repeated; empty for a new one. Sorted by time. */
  readonly commands: readonly DrillCommand[];
  /** Simulated milliseconds per millisecond, one of `drillSpeeds`. */
  readonly speed: number;
  /** Simulated milliseconds since the failure at which to begin; the beginning of the lead-in when absent. */
  readonly atMs?: number;
  readonly isPaused?: boolean;
}

/** Speeds that are offered. Above 2x dots go on at 2x, so that they do not seem to run backwards (base/time-map.ts). */
export const drillSpeeds: readonly number[] = [1, 2, 4, 8, 15, 30, 60];

/** 8 minutes of an evacuation in one. */
export const usualDrillSpeed = 8;

/** Simulated time between two frames, whatever the speed: two screens that show the same run show the same frames. */
export const drillFrameMs = 1_000;

/** Runs drills in place of what a player shows; the player itself goes on meanwhile, and is back at once when the drill is stopped. */
export interface DrillControl {
  /** What a drill would start from now; undefined before the first frame. A drill that runs does not change it. */
  readonly basis: DrillBasis | undefined;
  /**
   * Starts a drill, in place of one that runs. States of the phase "simulated" follow. Resolves when its first frame is shown, or with the reason why it
   * cannot be run: then nothing has changed.
   */
  start(start: DrillStart): Promise<Result<void, DrillFault>>;
  /** These do nothing while no drill runs. */
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /** Goes to a moment, simulated milliseconds since the failure, rounded to a whole second. The way there is computed again when it lies behind. */
  seek(elapsedMs: number): void;
  /** Pauses, and goes one second on or back. */
  step(direction: 1 | -1): void;
  /** Traffic begins to come back now: a command that belongs to the run from then on. Not more than once. */
  failBack(): void;
  /** From the beginning, with nothing done but what was asked for at the start. */
  restart(): void;
  stop(): void;
}

/** How a run is going: everything as of the frame that is shown. */
export interface DrillProgress {
  readonly basis: DrillBasis;
  /** As it was asked for. */
  readonly asked: DrillPlan;
  /** With saviours and shares filled in, once it has begun. */
  readonly plan: DrillPlan;
  /** Share of the victim's traffic by saviour, 0 to 1; empty until it has begun. */
  readonly shares: ReadonlyMap<string, number>;
  readonly forecast: Forecast | undefined;
  /** Simulated milliseconds since the failure; below 0 in the lead-in. */
  readonly elapsedMs: number;
  readonly speed: number;
  readonly isPaused: boolean;
  /** The way to the wanted moment is being computed; what is shown is from before. */
  readonly isComputing: boolean;
  /** Nothing more is simulated: time stands at the end. To fail back makes it go on. */
  readonly isOver: boolean;
  /** The simulation broke off; what is shown is the last that there is. */
  readonly fault: DrillFault | undefined;
  readonly stage: DrillStage;
  readonly phases: readonly PhaseProgress[];
  /** Everything up to now, the oldest first. The same array as long as nothing happens. */
  readonly events: readonly DrillEvent[];
  /** One row per simulated second up to now. */
  readonly loads: LoadHistory;
  readonly result: DrillResult;
  /** What a person has done, as a link has to repeat it. */
  readonly commands: readonly DrillCommand[];
}
