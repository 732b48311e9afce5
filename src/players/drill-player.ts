import type { Dispose } from "#base/disposer.ts";
import { err, ok, type Result } from "#base/result.ts";
import type { Clock } from "#base/time.ts";
import type { DrillFault } from "#simulation/plan/drill-fault.ts";

import type { DrillBasis, DrillControl, DrillStart } from "./drill-control.ts";
import { DrillPlayback, type ShownDrill } from "./drill-playback.ts";
import type { FileControl } from "./file-player.ts";
import { LatestDelivery } from "./latest-delivery.ts";
import type { Playback, Player, PlayerState } from "./player.ts";
import type { ReplayControl } from "./replay-control.ts";
import type { SharedDrillControl } from "./shared-drill.ts";
import type { SimulationService } from "./simulation-service.ts";

/** A player that may be asked to show what would happen instead of what happens. */
export interface DrillPlayer extends Player {
  readonly drills: DrillControl;
  readonly authorize?: (token: string) => void;
}

export interface DrillPlayerOptions {
  readonly simulation: SimulationService;
  readonly clock: Clock;
}

/**
 * Makes drills run on any player. While none runs, its states go through untouched. A drill starts from a frozen frame; meanwhile the inner player goes on
 * unseen, so that stopping leads back to its newest state at once.
 */
export function createDrillPlayer(
  inner: Player & { readonly authorize?: (token: string) => void },
  options: DrillPlayerOptions,
): DrillPlayer {
  return new WrappingPlayer(inner, options);
}

interface Waiting {
  readonly playback: DrillPlayback;
  readonly settle: (result: Result<void, DrillFault>) => void;
}

class WrappingPlayer implements DrillPlayer {
  readonly drills: DrillControl;
  readonly #inner: Player & { readonly authorize?: (token: string) => void };
  readonly #options: DrillPlayerOptions;
  #delivery: LatestDelivery | undefined;
  #innerState: PlayerState | undefined;
  /** The drill that is shown. */
  #active: DrillPlayback | undefined;
  /** The one that was asked for and has nothing to show yet. */
  #waiting: Waiting | undefined;
  /** What is added to the inner player's generation, so that ours only goes up. */
  #offset = 0;
  #lastGeneration = 0;
  /** The generation of the shown drill's first state. */
  #drillGeneration = 0;

  constructor(inner: Player & { readonly authorize?: (token: string) => void }, options: DrillPlayerOptions) {
    this.#inner = inner;
    this.#options = options;
    const basis = () => this.#basis();
    const active = () => this.#active;
    this.drills = {
      get basis() {
        return basis();
      },
      start: (start) => this.#start(start),
      setSpeed: (speed) => active()?.setSpeed(speed),
      pause: () => active()?.pause(),
      resume: () => active()?.resume(),
      seek: (elapsedMs) => active()?.seek(elapsedMs),
      step: (direction) => active()?.step(direction),
      failBack: () => active()?.failBack(),
      restart: () => active()?.restart(),
      stop: () => this.#stop(),
    };
  }

  /** The inner player's, save while a drill runs: then it is the drill that pauses. */
  get playback(): Playback | undefined {
    return this.#active ?? this.#inner.playback;
  }

  /** A drill is run on one moment: while it is shown, one does not go to others. */
  get replay(): ReplayControl | undefined {
    return this.#active === undefined ? this.#inner.replay : undefined;
  }

  get sharedDrills(): SharedDrillControl | undefined {
    return this.#inner.sharedDrills;
  }

  get files(): FileControl | undefined {
    return this.#inner.files;
  }

  readonly authorize = (token: string): void => this.#inner.authorize?.(token);

  start(listener: (state: PlayerState) => void | Promise<void>): Dispose {
    const delivery = new LatestDelivery(listener);
    this.#delivery = delivery;
    const stopInner = this.#inner.start((state) => {
      this.#innerState = state;
      return this.#active === undefined ? this.#postInner() : undefined;
    });
    return () => {
      stopInner();
      this.#abandon();
      this.#active?.dispose();
      this.#active = undefined;
      if (this.#delivery === delivery) this.#delivery = undefined;
    };
  }

  #basis(): DrillBasis | undefined {
    const { current, frames = [] } = this.#innerState ?? {};
    if (current === undefined) return undefined;
    return { frame: current, history: frames.filter(({ at }) => at < current.at) };
  }

  #start(start: DrillStart): Promise<Result<void, DrillFault>> {
    this.#abandon();
    const { simulation, clock } = this.#options;
    return new Promise((settle) => {
      const playback: DrillPlayback = new DrillPlayback({
        start,
        simulation,
        clock,
        changed: () => this.#show(playback),
        failed: (fault) => this.#refuse(playback, fault),
      });
      this.#waiting = { playback, settle };
      playback.begin();
    });
  }

  /** Something of a drill can be shown; the first time it takes the place of what was there. */
  #show(playback: DrillPlayback): void {
    const waiting = this.#waiting;
    if (waiting?.playback === playback) {
      this.#waiting = undefined;
      this.#active?.dispose();
      this.#active = playback;
      this.#drillGeneration = this.#lastGeneration + 1;
    }
    if (this.#active !== playback || playback.shown === undefined) return;
    void this.#post(this.#simulatedState(playback.shown));
    waiting?.settle(ok(undefined));
  }

  #refuse(playback: DrillPlayback, fault: DrillFault): void {
    const waiting = this.#waiting;
    if (waiting?.playback !== playback) return;
    this.#waiting = undefined;
    playback.dispose();
    waiting.settle(err(fault));
  }

  /** Gives up a drill that was asked for and has not begun. */
  #abandon(): void {
    this.#waiting?.playback.dispose();
    this.#waiting?.settle(ok(undefined));
    this.#waiting = undefined;
  }

  #stop(): void {
    this.#abandon();
    if (this.#active === undefined) return;
    this.#active.dispose();
    this.#active = undefined;
    const inner = this.#innerState;
    if (inner === undefined) return;
    this.#offset = Math.max(this.#offset, this.#lastGeneration + 1 - inner.generation);
    void this.#postInner();
  }

  #postInner(): Promise<void> | undefined {
    const state = this.#innerState;
    if (state === undefined) return undefined;
    return this.#post(this.#offset === 0 ? state : { ...state, generation: state.generation + this.#offset });
  }

  #post(state: PlayerState): Promise<void> | undefined {
    this.#lastGeneration = state.generation;
    return this.#delivery?.post(state);
  }

  #simulatedState({ generation, frames, current, timeMap, progress }: ShownDrill): PlayerState {
    return {
      generation: this.#drillGeneration + generation,
      phase: { kind: "simulated", drill: progress },
      frames: frames.map(({ snapshot }) => snapshot),
      current: current.snapshot,
      timeMap,
      clockOffsetMs: this.#innerState?.clockOffsetMs ?? 0,
      source: this.#innerState?.source,
      gaps: this.#innerState?.gaps ?? [],
    };
  }
}
