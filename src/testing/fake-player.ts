import { frozenAt } from "#base/time-map.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Player, PlayerState } from "#players/player.ts";

import { testStart } from "./manual-clock.ts";

/** A player that shows what a test hands to it. */
export class FakePlayer implements Player {
  #listener: ((state: PlayerState) => void | Promise<void>) | undefined;
  #state: PlayerState = {
    generation: 1,
    phase: { kind: "connecting" },
    frames: [],
    current: undefined,
    timeMap: frozenAt(testStart, testStart),
    clockOffsetMs: 0,
    source: undefined,
    gaps: [],
  };
  /** Tokens that were typed, in order. */
  readonly tokens: string[] = [];

  readonly playback = {
    isPaused: false,
    pause: (): void => {
      this.playback.isPaused = true;
      this.tell({ phase: { kind: "paused" } });
    },
    resume: (): void => {
      this.playback.isPaused = false;
      this.tell({ phase: { kind: "live" } });
    },
  };

  start(listener: (state: PlayerState) => void | Promise<void>): () => void {
    this.#listener = listener;
    void listener(this.#state);
    return () => {
      this.#listener = undefined;
    };
  }

  readonly authorize = (token: string): void => {
    this.tokens.push(token);
  };

  /** Changes what the player says of itself. */
  tell(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change };
    void this.#listener?.(this.#state);
  }

  /** A frame arrives and is shown at once. */
  show(snapshot: TrafficSnapshot): void {
    this.tell({
      phase: { kind: "live" },
      frames: [...this.#state.frames, snapshot].slice(-3),
      current: snapshot,
      timeMap: frozenAt(snapshot.at, snapshot.at),
      source: this.#state.source ?? {
        title: "Test feed",
        feed: "test",
        intervalMs: 1000,
        role: "viewer",
        problems: [],
      },
    });
  }
}
