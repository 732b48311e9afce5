import type { Dispose } from "#base/disposer.ts";
import { dataTimeAt, frozenAt, motionTimeAt, type TimeMap } from "#base/time-map.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import type { DrillCommand } from "#simulation/plan/drill-plan.ts";

import type { DrillProgress, DrillStart } from "./drill-control.ts";
import { framesFrom, RunRecord } from "./run-record.ts";
import { endOfRun, frameMsAt, frameMsBefore, nextFrameMs } from "./run-times.ts";
import type { DrillRun, RunFrame, RunStretch, SimulationService } from "./simulation-service.ts";

/** What is shown is told at most this often: nobody reads faster, and at 60x sixty frames come in a second. */
const leastTellMs = 100;

/** How far the simulation may be ahead of what is shown: half a second of the viewer's time, and never less than two frames. */
const aheadWallMs = 500;
const leastAheadMs = 2_000;

export interface DrillPlaybackOptions {
  readonly start: DrillStart;
  readonly simulation: SimulationService;
  readonly clock: Clock;
  /** There is something to show, or something else. */
  readonly changed: () => void;
  /** It cannot be run; nothing was ever shown, and nothing will be. */
  readonly failed: (fault: DrillFault) => void;
}

/** A moment of a run that can be shown. */
export interface ShownDrill {
  /** Goes up whenever what was built from earlier frames is stale: at a seek, and at a pause, which puts dots where the moment has them. */
  readonly generation: number;
  readonly frames: readonly RunFrame[];
  readonly current: RunFrame;
  readonly timeMap: TimeMap;
  readonly progress: DrillProgress;
}

/**
 * Plays one drill: asks the simulation for as much as is needed, keeps the frames around what is shown, and turns the viewer's time into the drill's.
 * Moments are simulated milliseconds since the failure.
 */
export class DrillPlayback {
  readonly #options: DrillPlaybackOptions;
  #run: DrillRun | undefined;
  #record: RunRecord | undefined;
  #commands: readonly DrillCommand[];
  #speed: number;
  #isPaused: boolean;
  /** Data time is the frames' time. Meaningless until something is shown. */
  #map: TimeMap;
  #shown: ShownDrill | undefined;
  /** The moment that is to be shown as soon as it has been computed. */
  #wanted: Millis | undefined;
  /** How far the run may go. */
  #allowedMs: Millis = -Infinity;
  #generation = 0;
  #cancelTick: Dispose | undefined;
  #fault: DrillFault | undefined;
  #isDisposed = false;

  constructor(options: DrillPlaybackOptions) {
    const { start, clock } = options;
    this.#options = options;
    this.#commands = start.commands;
    this.#speed = start.speed;
    this.#isPaused = start.isPaused ?? false;
    this.#map = frozenAt(0, clock.now());
  }

  begin(): void {
    this.#begin(this.#options.start.atMs ?? this.#startMs);
  }

  /** Undefined until the first frame has been computed. */
  get shown(): ShownDrill | undefined {
    return this.#shown;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTick?.();
    this.#run?.dispose();
  }

  setSpeed(speed: number): void {
    if (speed === this.#speed) return;
    const wall = this.#options.clock.now();
    this.#speed = speed;
    if (!this.#isPaused && this.#wanted === undefined) this.#map = this.#mapFrom(wall);
    this.#tell();
  }

  /** The picture stands at the last frame that has been reached: that moment can be named, and looks the same to everybody. */
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    const frame = this.#record?.frameAt(this.#elapsedNow());
    if (frame !== undefined && this.#wanted === undefined) this.#standAt(frame.elapsedMs);
    this.#tell();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    if (this.#wanted === undefined) this.#map = this.#mapFrom(this.#options.clock.now());
    this.#tell();
  }

  seek(elapsedMs: Millis): void {
    const record = this.#record;
    if (record === undefined) return;
    const end = this.#endMs();
    const to = Math.max(record.opening.startMs, Math.min(end, frameMsAt(elapsedMs)));
    if (record.covers(to)) {
      this.#wanted = undefined;
      this.#standAt(to);
      if (!this.#isPaused) this.#map = this.#mapFrom(this.#options.clock.now());
      this.#tell();
    } else if (to > record.elapsedMs) {
      record.skipTo(framesFrom(to));
      this.#want(to);
    } else this.#begin(to);
  }

  step(direction: 1 | -1): void {
    this.pause();
    const at = this.#wanted ?? this.#shown?.current.elapsedMs;
    if (at !== undefined) this.seek(direction > 0 ? nextFrameMs(at) : frameMsBefore(at));
  }

  failBack(): void {
    if (!this.#commands.some(({ kind }) => kind === "fail-back")) this.#run?.failBack();
  }

  restart(): void {
    this.#commands = this.#options.start.commands;
    this.#isPaused = false;
    this.#begin(this.#startMs);
  }

  get #startMs(): Millis {
    return -1000 * this.#options.start.plan.leadInS;
  }

  /** Computes from the beginning, to show a moment. */
  #begin(elapsedMs: Millis): void {
    const { start, simulation } = this.#options;
    this.#run?.dispose();
    this.#record = undefined;
    this.#fault = undefined;
    this.#allowedMs = -Infinity;
    const run = simulation.run(
      { ...start.basis, plan: start.plan, commands: this.#commands },
      {
        started: (opening) => {
          this.#record = new RunRecord(opening);
        },
        ran: (stretch) => this.#ran(stretch),
        failedBack: (atMs) => {
          this.#commands = [...this.#commands, { kind: "fail-back", atMs }];
          this.#tell();
        },
        failed: (fault) => this.#failed(fault),
      },
    );
    this.#run = run;
    this.#want(elapsedMs);
  }

  #want(elapsedMs: Millis): void {
    this.#wanted = elapsedMs;
    this.#cancelTick?.();
    this.#allow();
    if (this.#shown !== undefined) this.#tell();
  }

  #failed(fault: DrillFault): void {
    if (this.#shown === undefined) this.#options.failed(fault);
    else {
      this.#fault = fault;
      this.#tell();
    }
  }

  #ran(stretch: RunStretch): void {
    const record = this.#record;
    if (record === undefined || this.#isDisposed) return;
    record.add(stretch);
    const wanted = this.#wanted;
    if (wanted === undefined) {
      this.#goOn();
      return;
    }
    const at = Math.max(record.opening.startMs, Math.min(wanted, this.#endMs()));
    if (!record.covers(at)) return;
    this.#wanted = undefined;
    this.#standAt(record.frameAt(at)?.elapsedMs ?? at);
    if (!this.#isPaused) this.#map = this.#mapFrom(this.#options.clock.now());
    this.#tell();
  }

  /** More is known: time that stood because there was nothing beyond goes on. */
  #goOn(): void {
    if (this.#isPaused) return;
    const wall = this.#options.clock.now();
    const stood = dataTimeAt(this.#map, wall) >= this.#map.holdAt;
    if (stood) {
      this.#map = this.#mapFrom(wall);
      this.#tell();
    } else this.#map = { ...this.#map, holdAt: this.#holdAt() };
  }

  #standAt(elapsedMs: Millis): void {
    this.#map = frozenAt(this.#dataOf(elapsedMs), this.#options.clock.now());
    this.#generation += 1;
  }

  /** The map from now on, at the speed that is set; dots go on from where they are. */
  #mapFrom(wall: Millis): TimeMap {
    const dataAt = dataTimeAt(this.#map, wall);
    const motionAt = motionTimeAt(this.#map, wall);
    return { wallAt: wall, dataAt, motionAt, speed: this.#speed, holdAt: this.#holdAt() };
  }

  #holdAt(): Millis {
    const newest = this.#record?.newest;
    return newest === undefined
      ? this.#map.holdAt
      : Math.min(newest.snapshot.at, this.#dataOf(this.#endMs()));
  }

  /** Nothing is shown beyond it. As far as is known: a command changes it. */
  #endMs(): Millis {
    const phases = this.#record?.newest?.phases ?? this.#shown?.current.phases;
    return phases === undefined ? Infinity : endOfRun(phases, this.#commands);
  }

  /** Frames say their own time; the first of a run is the frame that it starts from. */
  #dataOf(elapsedMs: Millis): Millis {
    const { basis, plan } = this.#options.start;
    return basis.frame.at + plan.leadInS * 1000 + elapsedMs;
  }

  #elapsedNow(): Millis {
    // Moments of this size have a few ten-thousandths of a millisecond of play.
    return dataTimeAt(this.#map, this.#options.clock.now()) - this.#dataOf(0) + 0.01;
  }

  #allow(): void {
    const at = this.#wanted ?? this.#elapsedNow();
    const ahead = Math.max(leastAheadMs, aheadWallMs * this.#speed);
    // Told when half of it is used up: a message for every frame would be a good part of what a frame costs here.
    if (this.#wanted === undefined && this.#allowedMs - at > ahead / 2) return;
    this.#allowedMs = Math.min(this.#endMs(), at + ahead);
    this.#run?.advanceTo(this.#allowedMs, framesFrom(at));
  }

  #tell(): void {
    const { clock, changed } = this.#options;
    const shown = this.#show();
    if (shown === undefined || this.#isDisposed) return;
    this.#shown = shown;
    this.#cancelTick?.();
    if (
      !this.#isPaused &&
      this.#wanted === undefined &&
      !shown.progress.isOver &&
      this.#fault === undefined
    ) {
      this.#allow();
      const next = this.#dataOf(nextFrameMs(shown.current.elapsedMs));
      const inMs = (next - dataTimeAt(this.#map, clock.now())) / this.#speed;
      this.#cancelTick = clock.after(Math.max(leastTellMs, inMs), () => this.#tell());
    }
    changed();
  }

  #show(): ShownDrill | undefined {
    const record = this.#record;
    const isComputing = this.#wanted !== undefined;
    if (record === undefined || isComputing) {
      // What was shown stays until there is something else.
      return this.#shown === undefined
        ? undefined
        : {
            ...this.#shown,
            progress: { ...this.#shown.progress, ...this.#said(), isComputing: this.#fault === undefined },
          };
    }
    const current = record.frameAt(this.#elapsedNow()) ?? record.newest;
    if (current === undefined) return undefined;
    const { elapsedMs, stage, phases, result } = current;
    record.prune(elapsedMs);
    const { plan, shares, forecast } = record.opening;
    const { basis, plan: asked } = this.#options.start;
    return {
      generation: this.#generation,
      frames: record.framesFor(elapsedMs),
      current,
      timeMap: this.#map,
      progress: {
        basis,
        asked,
        plan,
        shares,
        forecast,
        elapsedMs,
        ...this.#said(),
        isComputing: false,
        isOver: elapsedMs >= this.#endMs(),
        stage,
        phases,
        events: record.eventsUpTo(elapsedMs),
        loads: record.loadsUpTo(elapsedMs),
        result,
      },
    };
  }

  #said(): Pick<DrillProgress, "speed" | "isPaused" | "commands" | "fault"> {
    return { speed: this.#speed, isPaused: this.#isPaused, commands: this.#commands, fault: this.#fault };
  }
}
