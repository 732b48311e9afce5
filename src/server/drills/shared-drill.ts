import { Emitter } from "#base/emitter.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import type { DrillState, Role } from "#protocol/messages.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";
import { readPlan } from "#simulation/plan/read-plan.ts";
import type { DrillRequest, DrillSession } from "#simulation/session/drill-session.ts";

import type { Feed } from "../feed/feed.ts";
import { runDrill } from "./drill-run.ts";

/** What is told of a drill to those who watch over the server: who did what. */
export interface DrillWatch {
  readonly onStarted: (drill: StartedDrill) => void;
  readonly onChanged: (what: string, by: Role) => void;
  readonly onEnded: (why: string) => void;
  /** The simulation threw: a bug. The feed's own traffic is shown again. */
  readonly onFailed: (error: unknown) => void;
}

export interface StartedDrill {
  readonly drill: string;
  readonly victim: string;
  readonly policy: string;
  readonly speed: number;
  readonly by: Role;
}

export type StartDrill = (request: DrillRequest) => Result<DrillSession, DrillFault>;

export interface SharedDrillOptions {
  readonly feed: Feed;
  readonly clock: Clock;
  readonly startDrill: StartDrill;
  readonly watch: DrillWatch;
}

interface Run {
  readonly session: DrillSession;
  readonly by: Role;
  readonly startedAt: Millis;
  readonly stop: AbortController;
  speed: number;
}

/**
 * A drill in place of a feed's own traffic, for all who watch it. Its frames carry the feed's time, so that what comes before and after them is in order;
 * simulated time is in their mark. Errors are sentences for whoever asked.
 */
export class SharedDrill {
  readonly changed = new Emitter<DrillState>();
  readonly #options: SharedDrillOptions;
  #run: Run | undefined;

  constructor(options: SharedDrillOptions) {
    this.#options = options;
  }

  get state(): DrillState {
    const feed = this.#options.feed.id;
    if (this.#run === undefined) return { feed, running: null };
    const { session, speed, by, startedAt } = this.#run;
    return { feed, running: { drill: session.id, plan: { ...session.plan }, speed, by, startedAt } };
  }

  /** From the newest frame on. `plan` comes from outside. */
  start(plan: unknown, speed: number, by: Role): Result<void, string> {
    const { feed, clock, startDrill, watch } = this.#options;
    if (this.#run !== undefined) {
      const { session, by: other } = this.#run;
      return err(
        `A drill runs here already: ${article(other)} has failed over ${session.plan.victim}. Stop it, or wait until it is over.`,
      );
    }
    const frame = feed.head?.snapshot;
    if (frame === undefined) return err("There is no traffic to start from yet. Try again when there is.");
    if (frame.simulated !== undefined) return err("The last drill is just ending. Try again.");
    const read = readPlan(plan);
    if (!read.ok) return err(read.error.message);
    const started = startDrill({ frame, history: [], plan: read.value, commands: [] });
    if (!started.ok) return err(started.error.message);
    const run: Run = {
      session: started.value,
      by,
      startedAt: clock.now(),
      stop: new AbortController(),
      speed,
    };
    this.#run = run;
    const { id, plan: full } = run.session;
    watch.onStarted({ drill: id, victim: full.victim, policy: full.policy.id, speed, by });
    this.changed.emit(this.state);
    void this.#play(run);
    return ok(undefined);
  }

  setSpeed(speed: number, by: Role): Result<void, string> {
    return this.#change(`Speed ${speed}`, by, (run) => {
      run.speed = speed;
    });
  }

  failBack(by: Role): Result<void, string> {
    return this.#change("Fail back", by, ({ session }) => session.failBack());
  }

  /** `why`: a sentence for everybody. */
  stop(why: string): Result<void, string> {
    if (this.#run === undefined) return err(nothingRuns);
    this.#end(this.#run, why);
    return ok(undefined);
  }

  #change(what: string, by: Role, change: (run: Run) => void): Result<void, string> {
    if (this.#run === undefined) return err(nothingRuns);
    try {
      change(this.#run);
    } catch (error: unknown) {
      this.#fail(this.#run, error);
      return ok(undefined);
    }
    this.#options.watch.onChanged(what, by);
    this.changed.emit(this.state);
    return ok(undefined);
  }

  async #play(run: Run): Promise<void> {
    const { feed, clock } = this.#options;
    const standIn = feed.standIn();
    // Before anything is waited for, so that whoever stops has the feed's own traffic back at once.
    run.stop.signal.addEventListener("abort", () => standIn.end(), { once: true });
    let shownAt = feed.head?.snapshot.at ?? -Infinity;
    try {
      const why = await runDrill(run.session, {
        clock,
        intervalMs: feed.intervalMs,
        speed: () => run.speed,
        signal: run.stop.signal,
        emit: (session) => {
          shownAt = Math.max(clock.now(), shownAt + 1);
          standIn.emit(asOf(shownAt, session.snapshot()));
        },
      });
      if (why !== undefined) this.#end(run, why);
    } catch (error: unknown) {
      this.#fail(run, error);
    }
  }

  #fail(run: Run, error: unknown): void {
    this.#options.watch.onFailed(error);
    this.#end(run, "The drill was ended: the simulation failed. The server's log says more.");
  }

  #end(run: Run, why: string): void {
    if (this.#run !== run) return;
    this.#run = undefined;
    run.stop.abort();
    this.#options.watch.onEnded(why);
    this.changed.emit({ ...this.state, ended: why });
  }
}

/** The same frame at another moment; what was observed is as old as it was. */
function asOf(at: Millis, simulated: TrafficSnapshot): TrafficSnapshot {
  const values = simulated.values.map((value) => rounded(value));
  const shown = createSnapshot({ ...simulated, at, values });
  simulated.observedAt.forEach((observedAt, node) => {
    shown.observedAt[node] = observedAt - simulated.at + at;
  });
  return shown;
}

/** Six digits, as the demo's: what is finer costs only bytes on the wire. */
function rounded(value: number): number {
  return Number.isNaN(value) ? NaN : Number(value.toPrecision(6));
}

const nothingRuns = "No drill runs here.";

function article(role: Role): string {
  return role === "operator" || role === "admin" ? `an ${role}` : `a ${role}`;
}
