import { hashText } from "#base/random.ts";
import type { DrillInfo, DrillStage } from "#domain/drill-info.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { Director } from "../engine/director.ts";
import { EventLog } from "../engine/event-log.ts";
import { FrameWriter } from "../engine/frame-writer.ts";
import { LoadWatch } from "../engine/load-watch.ts";
import type { World } from "../engine/world.ts";
import type { Forecast } from "../forecast/forecast.ts";
import type { DrillCommand, DrillPlan } from "../plan/drill-plan.ts";
import { drillNotices } from "./drill-notices.ts";
import type { DrillEvent, DrillResult, DrillSession, LoadHistory, PhaseProgress } from "./drill-session.ts";
import { LoadRecorder } from "./load-recorder.ts";

export interface DrillParts {
  readonly id: string;
  readonly plan: DrillPlan;
  readonly shares: ReadonlyMap<string, number>;
  readonly forecast: Forecast;
  /** The frame that the world was compiled from. */
  readonly frame: TrafficSnapshot;
  readonly world: World;
  readonly commands: readonly DrillCommand[];
  readonly stepsPerSecond: number;
}

/** A drill that runs. */
export class DrillRun implements DrillSession {
  readonly id: string;
  readonly plan: DrillPlan;
  readonly shares: ReadonlyMap<string, number>;
  readonly forecast: Forecast;

  readonly #stepsPerSecond: number;
  readonly #frame: TrafficSnapshot;
  readonly #world: World;
  readonly #log = new EventLog();
  readonly #director: Director;
  readonly #writer: FrameWriter;
  readonly #recorder: LoadRecorder;
  readonly #watch: LoadWatch;
  readonly #commands: DrillCommand[];
  /** Steps since the failure; below 0 in the lead-in. */
  #step: number;

  constructor({ id, plan, shares, forecast, frame, world, commands, stepsPerSecond }: DrillParts) {
    this.#stepsPerSecond = stepsPerSecond;
    this.id = id;
    this.plan = plan;
    this.shares = shares;
    this.forecast = forecast;
    this.#frame = frame;
    this.#world = world;
    this.#commands = [...commands];
    this.#step = -Math.round(plan.leadInS * stepsPerSecond);
    this.#director = new Director(plan, world, this.#log, [...shares.keys()]);
    this.#writer = new FrameWriter(frame, world);
    this.#recorder = new LoadRecorder(world, stepsPerSecond);
    this.#watch = new LoadWatch(world, this.#log);
  }

  get elapsedMs(): number {
    return (this.#step * 1000) / this.#stepsPerSecond;
  }

  get stage(): DrillStage {
    return this.#director.stage(this.#seconds);
  }

  get phases(): readonly PhaseProgress[] {
    return this.#director.phases(this.#seconds);
  }

  get events(): readonly DrillEvent[] {
    return this.#log.entries;
  }

  get loads(): LoadHistory {
    return this.#recorder.history;
  }

  advanceTo(elapsedMs: number): void {
    while (((this.#step + 1) * 1000) / this.#stepsPerSecond <= elapsedMs) this.#advance();
  }

  failBack(): void {
    this.#director.failBack(this.#seconds);
  }

  snapshot(): TrafficSnapshot {
    const { stage } = this;
    const notices = drillNotices({
      world: this.#world,
      stage,
      saviours: this.#world.graph.regions.flatMap(({ name, label }) =>
        (this.shares.get(name) ?? 0) > 0 ? [label] : [],
      ),
      hasNamesMoved: this.#director.hasNamesMoved,
    });
    const sinceStartMs = this.elapsedMs + this.plan.leadInS * 1000;
    return this.#writer.write({
      at: this.#frame.at + sinceStartMs,
      notices: notices.length === 0 ? this.#frame.notices : [...this.#frame.notices, ...notices],
      simulated: this.info(),
    });
  }

  info(): DrillInfo {
    const { id, plan, stage, elapsedMs } = this;
    return { drill: id, victim: plan.victim, saviours: plan.saviours, stage, elapsedMs };
  }

  result(): DrillResult {
    const { evacuatedS } = this.#director;
    const { worst } = this.#watch;
    return {
      minutesToEvacuate: evacuatedS === undefined ? undefined : evacuatedS / 60,
      errorMinutes: this.#recorder.errorSeconds(Math.max(0, this.#step)) / 60,
      worstUtilisation: worst.utilisation,
      worstRegion: worst.region,
      lostRate: this.forecast.lost.reduce((sum, { rate }) => sum + rate, 0),
      isStuck: this.#watch.isStuck,
    };
  }

  hash(): string {
    const log = hashText(`${this.#log.hash} ${this.#recorder.hash}`);
    return `${hex(this.#log.hash)}${hex(this.#recorder.hash)}${hex(log)}`;
  }

  get #seconds(): number {
    return this.#step / this.#stepsPerSecond;
  }

  #advance(): void {
    while (this.#commands[0] !== undefined && this.#commands[0].atMs <= this.elapsedMs) {
      this.#commands.shift();
      this.failBack();
    }
    this.#step += 1;
    this.#director.prepare(this.#seconds);
    this.#world.step();
    this.#director.conclude(this.#seconds);
    if (this.#recorder.add(this.#step > 0)) this.#watch.look(this.#seconds);
  }
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}
