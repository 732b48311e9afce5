import type { Dispose } from "#base/disposer.ts";
import { err, type Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";

import { LatestDelivery } from "./latest-delivery.ts";
import type { Playback, Player, PlayerPhase, PlayerState } from "./player.ts";
import { readingHere, type GroupReader } from "./recording/group-reader.ts";
import { recordedMoment } from "./recording/recorded-moment.ts";
import { RecordingPlayback, type ShownReplay } from "./recording/recording-playback.ts";
import type { RecordingSource } from "./recording/recording-source.ts";
import type { ReplayControl, ReplayStart } from "./replay-control.ts";
import type { SharedDrillControl } from "./shared-drill.ts";

/** A player that may be asked to show the past of what it plays. */
export interface ReplayPlayer extends Player {
  readonly replay: ReplayControl;
  readonly authorize: (token: string) => void;
}

export interface ReplayPlayerOptions {
  readonly source: RecordingSource;
  /** Unpacks what is fetched; on this very thread unless given. */
  readonly reader?: GroupReader;
  readonly clock: Clock;
}

type LivePlayer = Player & { readonly authorize?: (token: string) => void };

/** Gives a live player a past. While that is shown, live goes on unseen, so that going back shows its newest state at once. */
export function createReplayPlayer(live: LivePlayer, options: ReplayPlayerOptions): ReplayPlayer {
  return new WrappingPlayer(live, options);
}

/** What has been asked for before it was known which feed is watched. */
interface Waiting extends ReplayStart {
  readonly at: Millis;
}

class WrappingPlayer implements ReplayPlayer {
  readonly replay: ReplayControl;
  readonly #live: LivePlayer;
  readonly #options: ReplayPlayerOptions;
  #reader: GroupReader | undefined;
  #delivery: LatestDelivery | undefined;
  #liveState: PlayerState | undefined;
  #active: RecordingPlayback | undefined;
  #waiting: Waiting | undefined;
  /** What is added to live's generation, so that ours only goes up. */
  #offset = 0;
  #lastGeneration = 0;
  /** Something has been shown: who comes with a link to the past is not shown what is live first. */
  #wasShown = false;
  /** What is added to the shown replay's generation; undefined until it has something to show. */
  #replayOffset: number | undefined;

  constructor(live: LivePlayer, options: ReplayPlayerOptions) {
    this.#live = live;
    this.#options = options;
    this.replay = {
      seek: (at, how) => this.#playbackFor({ at, ...how })?.seek(at, how),
      scrub: (at) => this.#playbackFor({ at })?.scrub(at),
      setSpeed: (speed) => this.#active?.setSpeed(speed),
      step: (direction) => this.#step(direction),
      setLoop: (loop) => {
        const playback = loop === undefined ? this.#active : this.#playbackFor({ at: loop.from });
        playback?.setLoop(loop);
      },
      framesBefore: (at, from) => this.#active?.framesBefore(at, from) ?? [],
      frameAt: (at, answer) => this.#frameAt(at, answer),
      goLive: () => this.#goLive(),
    };
  }

  get playback(): Playback | undefined {
    return this.#active ?? this.#live.playback;
  }

  get sharedDrills(): SharedDrillControl | undefined {
    return this.#live.sharedDrills;
  }

  readonly authorize = (token: string): void => {
    this.#live.authorize?.(token);
    this.#options.source.authorize?.(token);
  };

  start(listener: (state: PlayerState) => void | Promise<void>): Dispose {
    const delivery = new LatestDelivery(listener);
    this.#delivery = delivery;
    const stopLive = this.#live.start((state) => {
      this.#liveState = state;
      if (this.#waiting !== undefined && state.source !== undefined) {
        const { at, ...how } = this.#waiting;
        this.#waiting = undefined;
        this.replay.seek(at, how);
      }
      return this.#active === undefined ? this.#postLive() : this.#postReplay();
    });
    return () => {
      stopLive();
      this.#active?.dispose();
      this.#active = undefined;
      this.#waiting = undefined;
      if (this.#delivery === delivery) this.#delivery = undefined;
    };
  }

  /** The playback that is shown; one is begun when there is none. Undefined while it is not known of what: it comes later by itself. */
  #playbackFor(wanted: Waiting): RecordingPlayback | undefined {
    if (this.#active !== undefined) return this.#active;
    const { source: info } = this.#liveState ?? {};
    if (info === undefined) {
      this.#waiting = wanted;
      return undefined;
    }
    const { source, clock } = this.#options;
    const playback: RecordingPlayback = new RecordingPlayback({
      source,
      reader: this.#readerOnce(),
      feed: info.feed,
      intervalMs: info.intervalMs,
      isPaused: this.#live.playback?.isPaused === true,
      clock,
      end: () => info.past?.to ?? this.#newest(),
      changed: () => {
        if (this.#active === playback) void this.#postReplay();
      },
      // Where a recording ends there is nothing live.
      ...(info.past === undefined
        ? {
            caughtUp: () => {
              if (this.#active === playback) this.#goLive();
            },
          }
        : {}),
    });
    this.#active = playback;
    this.#replayOffset = undefined;
    // Unseen, live goes on in any case.
    this.#live.playback?.resume();
    return playback;
  }

  #readerOnce(): GroupReader {
    this.#reader ??= this.#options.reader ?? readingHere();
    return this.#reader;
  }

  #frameAt(at: Millis, answer: (frame: Result<TrafficSnapshot, string>) => void): Dispose {
    const { source: info } = this.#liveState ?? {};
    if (info === undefined) {
      answer(err("It is not known yet what is recorded."));
      return () => {};
    }
    const { source, clock } = this.#options;
    const end = (): Millis => info.past?.to ?? this.#newest();
    return recordedMoment({ source, reader: this.#readerOnce(), feed: info.feed, clock, end }, at, answer);
  }

  /** The newest frame that has arrived: it has been recorded before. Where none comes, nothing is newer than now. */
  #newest(): Millis {
    const { frames = [], clockOffsetMs = 0 } = this.#liveState ?? {};
    return frames.at(-1)?.at ?? this.#options.clock.now() + clockOffsetMs;
  }

  #step(direction: 1 | -1): void {
    const shown = this.#liveState?.current?.at;
    if (this.#active !== undefined) this.#active.step(direction);
    // There is nothing after what is live.
    else if (direction < 0 && shown !== undefined) {
      const playback = this.#playbackFor({ at: shown });
      playback?.seek(shown, { isPaused: true });
      playback?.step(direction);
    }
  }

  #goLive(): void {
    this.#waiting = undefined;
    if (this.#active !== undefined) {
      this.#active.dispose();
      this.#active = undefined;
      const state = this.#liveState;
      if (state !== undefined)
        this.#offset = Math.max(this.#offset, this.#lastGeneration + 1 - state.generation);
    }
    this.#live.playback?.resume();
    void this.#postLive();
  }

  #postLive(): Promise<void> | undefined {
    const state = this.#liveState;
    if (state === undefined) return undefined;
    if (this.#waiting !== undefined) return this.#post({ ...state, frames: [], current: undefined });
    return this.#post(this.#offset === 0 ? state : { ...state, generation: state.generation + this.#offset });
  }

  #postReplay(): Promise<void> | undefined {
    const [playback, live] = [this.#active, this.#liveState];
    if (playback === undefined || live === undefined) return undefined;
    return this.#post(this.#replayState(playback, live, playback.shown));
  }

  /** A replay says so whatever the line does, unless a person has to act. Until its first moment has come, live stays as it is. */
  #replayState(playback: RecordingPlayback, live: PlayerState, shown: ShownReplay | undefined): PlayerState {
    const phase: PlayerPhase =
      live.phase.kind === "refused" ? live.phase : { kind: "replay", replay: playback.progress };
    if (shown === undefined) {
      const generation = live.generation + this.#offset;
      return { ...live, generation, phase, ...(this.#wasShown ? {} : { frames: [], current: undefined }) };
    }
    const { generation, frames, current, timeMap } = shown;
    this.#replayOffset ??= this.#lastGeneration + 1 - generation;
    return { ...live, generation: this.#replayOffset + generation, phase, frames, current, timeMap };
  }

  #post(state: PlayerState): Promise<void> | undefined {
    this.#lastGeneration = state.generation;
    this.#wasShown ||= state.current !== undefined;
    return this.#delivery?.post(state);
  }
}
