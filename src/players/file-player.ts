import type { Dispose } from "#base/disposer.ts";
import { frozenAt } from "#base/time-map.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";

import type { ShownFile } from "./clip/clip-service.ts";
import { LatestDelivery } from "./latest-delivery.ts";
import type { Playback, Player, PlayerState, SourceInfo } from "./player.ts";
import { readingHere, type GroupReader } from "./recording/group-reader.ts";
import { recordedMoment } from "./recording/recorded-moment.ts";
import { RecordingPlayback } from "./recording/recording-playback.ts";
import type { RecordingSource } from "./recording/recording-source.ts";
import type { ReplayControl, ReplayStart } from "./replay-control.ts";
import type { SharedDrillControl } from "./shared-drill.ts";

/** Shows files in place of the source, and leads back. */
export interface FileControl {
  /** From its beginning, unless another moment of it is named. */
  show(file: ShownFile, start?: ReplayStart & { readonly at?: Millis }): void;
  /** Back to the source, to what is live. */
  close(): void;
}

/** A player that may be asked to show a file instead of its source. */
export interface FilePlayer extends Player {
  readonly files: FileControl;
  readonly authorize: (token: string) => void;
  /** The past of what is shown: of the file, or of the source. */
  readonly recording: RecordingSource;
}

export interface FilePlayerOptions {
  /** The past of the source. */
  readonly recording: RecordingSource;
  /** Unpacks what is read; on this very thread unless given. */
  readonly reader?: GroupReader;
  readonly clock: Clock;
}

type InnerPlayer = Player & { readonly authorize?: (token: string) => void };

/** Lets a player show files. While one is shown, the source goes on unseen, or is gone: that makes no difference. */
export function createFilePlayer(inner: InnerPlayer, options: FilePlayerOptions): FilePlayer {
  return new WrappingPlayer(inner, options);
}

interface Shown {
  readonly file: ShownFile;
  readonly info: SourceInfo;
  readonly playback: RecordingPlayback;
  readonly replay: ReplayControl;
  readonly control: Playback;
  /** What is added to the playback's generation, so that ours only goes up. */
  readonly offset: number;
}

class WrappingPlayer implements FilePlayer {
  readonly files: FileControl;
  readonly recording: RecordingSource;
  readonly #inner: InnerPlayer;
  readonly #clock: Clock;
  readonly #reader: GroupReader;
  #delivery: LatestDelivery | undefined;
  #innerState: PlayerState | undefined;
  #shown: Shown | undefined;
  #lastId = 0;
  /** What is added to the inner player's generation, so that ours only goes up. */
  #offset = 0;
  #lastGeneration = 0;

  constructor(inner: InnerPlayer, options: FilePlayerOptions) {
    const { recording, clock } = options;
    this.#inner = inner;
    this.#clock = clock;
    this.#reader = options.reader ?? readingHere();
    const past = () => this.#shown?.file.source ?? recording;
    this.recording = {
      overview: (feed, ask, answer) => past().overview(feed, ask, answer),
      groups: (feed, stretch, answer) => past().groups(feed, stretch, answer),
      groupText: (feed, group, answer) => past().groupText(feed, group, answer),
      authorize: (token) => recording.authorize?.(token),
    };
    this.files = {
      show: (file, start) => this.#show(file, start),
      close: () => this.#close(),
    };
  }

  get playback(): Playback | undefined {
    return this.#shown?.control ?? this.#inner.playback;
  }

  get replay(): ReplayControl | undefined {
    return this.#shown?.replay ?? this.#inner.replay;
  }

  /** Of the source: what it does is not seen while a file is shown. */
  get sharedDrills(): SharedDrillControl | undefined {
    return this.#shown === undefined ? this.#inner.sharedDrills : undefined;
  }

  readonly authorize = (token: string): void => this.#inner.authorize?.(token);

  start(listener: (state: PlayerState) => void | Promise<void>): Dispose {
    const delivery = new LatestDelivery(listener);
    this.#delivery = delivery;
    const stopInner = this.#inner.start((state) => {
      this.#innerState = state;
      return this.#shown === undefined ? this.#postInner() : undefined;
    });
    return () => {
      stopInner();
      this.#shown?.playback.dispose();
      this.#shown = undefined;
      if (this.#delivery === delivery) this.#delivery = undefined;
    };
  }

  #show(
    file: ShownFile,
    { at = file.range.from, ...how }: ReplayStart & { readonly at?: Millis } = {},
  ): void {
    this.#shown?.playback.dispose();
    // Going back leads to what is live.
    if (this.#shown === undefined) this.#inner.replay?.goLive();
    this.#lastId += 1;
    const { title, feed, intervalMs } = file.header;
    const playback = new RecordingPlayback({
      source: file.source,
      reader: this.#reader,
      feed,
      intervalMs,
      isPaused: false,
      clock: this.#clock,
      end: () => file.range.to,
      changed: () => this.#changed(playback),
    });
    const control = controlOf(playback, file.range.from);
    this.#shown = {
      file,
      info: {
        title,
        feed,
        intervalMs,
        role: "viewer",
        problems: problemsOf(file),
        file: { name: file.name, id: this.#lastId },
      },
      playback,
      control,
      replay: this.#replayOf(playback, file),
      offset: this.#lastGeneration + 1,
    };
    playback.seek(at, how);
    void this.#postFile();
  }

  #replayOf(playback: RecordingPlayback, { source, header: { feed }, range }: ShownFile): ReplayControl {
    const moments = { source, reader: this.#reader, feed, clock: this.#clock, end: () => range.to };
    return {
      seek: (at, how) => playback.seek(at, how),
      scrub: (at) => playback.scrub(at),
      setSpeed: (speed) => playback.setSpeed(speed),
      step: (direction) => playback.step(direction),
      setLoop: (loop) => playback.setLoop(loop),
      frameAt: (at, answer) => recordedMoment(moments, at, answer),
      framesBefore: (at, from) => playback.framesBefore(at, from),
      goLive: () => this.#close(),
    };
  }

  #changed(playback: RecordingPlayback): void {
    if (this.#shown?.playback === playback) void this.#postFile();
  }

  #close(): void {
    if (this.#shown === undefined) {
      if (this.#inner.replay === undefined) this.#inner.playback?.resume();
      else this.#inner.replay.goLive();
      return;
    }
    this.#shown.playback.dispose();
    this.#shown = undefined;
    const state = this.#innerState;
    if (state !== undefined)
      this.#offset = Math.max(this.#offset, this.#lastGeneration + 1 - state.generation);
    this.#inner.playback?.resume();
    void this.#postInner();
  }

  #postInner(): Promise<void> | undefined {
    const state = this.#innerState;
    if (state === undefined) return undefined;
    return this.#post(this.#offset === 0 ? state : { ...state, generation: state.generation + this.#offset });
  }

  #postFile(): Promise<void> | undefined {
    const shown = this.#shown;
    if (shown === undefined) return undefined;
    const { playback, info, offset } = shown;
    const { generation = 0, frames = [], current, timeMap } = playback.shown ?? {};
    return this.#post({
      generation: offset + generation,
      phase: { kind: "replay", replay: playback.progress },
      frames,
      current,
      timeMap: timeMap ?? frozenAt(shown.file.range.from, this.#clock.now()),
      clockOffsetMs: 0,
      source: info,
      gaps: [],
    });
  }

  #post(state: PlayerState): Promise<void> | undefined {
    this.#lastGeneration = state.generation;
    return this.#delivery?.post(state);
  }
}

function problemsOf({ name, oddities }: ShownFile): readonly Diagnostic[] {
  return oddities.map((found): Diagnostic => ({
    kind: "dropped",
    place: name,
    found,
    done: "show what there is",
  }));
}

/** A recording that has come to its end begins again when somebody presses play. */
function controlOf(playback: RecordingPlayback, start: Millis): Playback {
  return {
    get isPaused() {
      return playback.isPaused;
    },
    pause: () => playback.pause(),
    resume: () => {
      const { at, end } = playback.progress;
      if (playback.isPaused && at >= end) playback.seek(start, { isPaused: false });
      else playback.resume();
    },
  };
}
