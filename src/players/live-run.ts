import { Disposer, type Dispose } from "#base/disposer.ts";
import type { Random } from "#base/random.ts";
import { dataTimeAt, frozenAt, type TimeMap } from "#base/time-map.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Codec } from "#protocol/codec.ts";

import { FrameWindow } from "./frame-window.ts";
import type { LatestDelivery } from "./latest-delivery.ts";
import { LiveClock } from "./live-clock.ts";
import { LiveSession, type DrillAsk, type SessionEvents } from "./live-session.ts";
import type { CreateWire, LiveWire } from "./live-wire.ts";
import type { FrameGap, PlayerPhase, RefusalCause, SourceInfo } from "./player.ts";
import { Reconnect } from "./reconnect.ts";
import { ServerClock } from "./server-clock.ts";

export interface LiveRunOptions {
  readonly feed: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly createWire: CreateWire;
  readonly codec: Codec;
  readonly token: string | undefined;
  readonly isPaused: boolean;
  readonly delivery: LatestDelivery;
  /** What the source says of the drill that all see, in a sentence: why it will not do something, why it has ended. */
  readonly onDrillNews: (message: string) => void;
}

/** A feed that has been silent for so many intervals is stale. */
const staleIntervals = 3;
const gapsKept = 20;
/** Clocks tell time to a fraction of a millisecond: a shorter wait might not move them. */
const soonestMs = 1;

/** What a screen shows that stands still. */
interface Shown {
  readonly map: TimeMap;
  readonly frames: readonly TrafficSnapshot[];
  readonly current: TrafficSnapshot | undefined;
}

/** One stretch from `start` to its disposal. */
export class LiveRun {
  readonly #clock: Clock;
  readonly #delivery: LatestDelivery;
  readonly #onDrillNews: (message: string) => void;
  readonly #wire: LiveWire;
  readonly #session: LiveSession;
  readonly #disposer = new Disposer();
  readonly #serverClock = new ServerClock();
  #liveClock = new LiveClock(1000);
  readonly #window = new FrameWindow();
  #token: string | undefined;
  #generation = 0;
  #source: SourceInfo | undefined;
  #gaps: readonly FrameGap[] = [];
  #link: PlayerPhase = { kind: "connecting" };
  /** What a paused screen shows: the moment and the frames of then, whatever arrives meanwhile. */
  #frozen: Shown | undefined;
  #isPaused: boolean;
  readonly #reconnect: Reconnect;
  #cancelStale: Dispose = () => {};
  #cancelNext: Dispose = () => {};

  constructor(options: LiveRunOptions) {
    const { feed, clock, random, createWire, codec, token, isPaused, delivery, onDrillNews } = options;
    this.#clock = clock;
    this.#delivery = delivery;
    this.#onDrillNews = onDrillNews;
    this.#token = token;
    this.#isPaused = isPaused;
    this.#reconnect = new Reconnect(clock, random);
    this.#session = new LiveSession({
      feed,
      codec,
      send: (event, body) => this.#wire.send(event, body),
      events: this.#sessionEvents(),
    });
    this.#wire = createWire({
      message: (event, body) => {
        if (!this.#disposer.isDisposed) this.#session.receive(event, body);
      },
      closed: (why) => this.#lost(why),
      refused: ({ cause, message }) => this.#refuse(cause === "full" ? "feed" : cause, message),
    });
    this.#disposer.add(() => {
      this.#session.forgetConnection();
      this.#wire.close();
    });
    this.#disposer.add(() => {
      for (const cancel of [this.#cancelStale, this.#cancelNext]) cancel();
    });
    this.#disposer.add(this.#reconnect.cancel);
    this.#connect();
    this.#post();
  }

  readonly dispose: Dispose = this.#disposer.dispose;

  authorize(token: string): void {
    this.#token = token;
    this.#reconnect.succeeded();
    this.#wire.close();
    this.#link =
      this.#window.frames.length === 0
        ? { kind: "connecting" }
        : this.#reconnecting("Trying with the token.");
    this.#connect();
    this.#post();
  }

  askDrill(ask: DrillAsk): void {
    this.#session.askDrill(ask);
  }

  setPaused(isPaused: boolean): void {
    const wall = this.#clock.now();
    this.#isPaused = isPaused;
    if (isPaused) this.#freeze(wall);
    else if (this.#frozen !== undefined) {
      this.#frozen = undefined;
      this.#generation += 1;
      this.#liveClock.catchUp(wall);
    }
    this.#post();
  }

  #freeze(wall: Millis): void {
    const at = dataTimeAt(this.#liveClock.mapAt(wall), wall);
    if (this.#window.frames.length === 0) return;
    const { frames } = this.#window;
    this.#frozen = { map: frozenAt(at, wall), frames, current: this.#window.current(at) };
  }

  #connect(): void {
    this.#reconnect.cancel();
    this.#session.forgetConnection();
    this.#wire.open(this.#token);
  }

  #lost(reason: string): void {
    this.#cancelStale();
    if (this.#link.kind === "refused" || this.#disposer.isDisposed) return;
    this.#link = this.#reconnecting(this.#reconnect.goodbyeWhy ?? reason);
    this.#reconnect.failed(() => this.#connect());
    this.#post();
  }

  /** Since when: the first loss of this series counts, not the last try. */
  #reconnecting(reason: string): PlayerPhase {
    const since = this.#link.kind === "reconnecting" ? this.#link.since : this.#clock.now();
    return { kind: "reconnecting", since, reason };
  }

  #refuse(cause: RefusalCause, message: string): void {
    this.#cancelStale();
    this.#reconnect.cancel();
    this.#link = { kind: "refused", cause, message };
    this.#wire.close();
    this.#post();
  }

  #sessionEvents(): SessionEvents {
    return {
      hello: ({ role }, { feed, title, intervalMs, drills, past }) => {
        if (intervalMs !== this.#source?.intervalMs) this.#liveClock = new LiveClock(intervalMs);
        const { problems = [], sources, sharedDrill, unrecordedSince } = this.#source ?? {};
        const running = sharedDrill === undefined || !drills ? {} : { sharedDrill };
        const recorded = {
          ...(past === undefined ? {} : { past }),
          ...(sources === undefined ? {} : { sources }),
          ...(unrecordedSince === undefined ? {} : { unrecordedSince }),
        };
        this.#source = {
          feed,
          title,
          intervalMs,
          role,
          problems,
          offersDrills: drills,
          ...recorded,
          ...running,
        };
        this.#post();
      },
      serverTime: (serverTime) => {
        if (this.#serverClock.heard(serverTime, this.#clock.now())) this.#post();
      },
      source: (said) => {
        if (this.#source !== undefined) {
          const { sources: _, ...source } = this.#source;
          this.#source = { ...source, ...said };
        }
        // The answer to a subscription; where nothing was missed, it is all there is.
        if (this.#link.kind === "reconnecting") this.#alive();
        this.#post();
      },
      sharedDrill: (drill, ended) => {
        if (this.#source === undefined) return;
        const { sharedDrill: _, ...source } = this.#source;
        this.#source = drill === undefined ? source : { ...source, sharedDrill: drill };
        if (ended !== undefined) this.#onDrillNews(ended);
        this.#post();
      },
      drillRefused: (message) => this.#onDrillNews(message),
      frame: (snapshot, isPrompt, isRecorded) => {
        this.#heardOfRecording(snapshot.at, isRecorded);
        this.#frame(snapshot, isPrompt);
      },
      newHistory: () => {
        this.#generation += 1;
        this.#window.clear();
        this.#liveClock = new LiveClock(this.#source?.intervalMs ?? 1000);
      },
      gap: (gap) => {
        this.#gaps = [...this.#gaps, gap].slice(-gapsKept);
        this.#post();
      },
      goodbye: (why, reconnectInMs) => this.#reconnect.goodbye(why, reconnectInMs),
      refused: (cause, message) => this.#refuse(cause, message),
      unreadable: (why) => {
        this.#wire.close();
        this.#lost(why);
      },
    };
  }

  /** Where it is not said, it is as it was. */
  #heardOfRecording(at: Millis, isRecorded: boolean | undefined): void {
    if (this.#source === undefined || isRecorded === undefined) return;
    const { unrecordedSince, ...source } = this.#source;
    if (isRecorded === (unrecordedSince === undefined)) return;
    this.#source = isRecorded ? source : { ...source, unrecordedSince: at };
  }

  #frame(snapshot: TrafficSnapshot, isPrompt: boolean): void {
    const wall = this.#clock.now();
    this.#liveClock.frame(snapshot.at, wall, isPrompt);
    this.#window.add(snapshot, dataTimeAt(this.#liveClock.mapAt(wall), wall));
    if (this.#isPaused && this.#frozen === undefined) this.#freeze(wall);
    this.#alive();
    this.#post();
  }

  /** Something came of the feed: the line is good, and the wait for the next frame begins. */
  #alive(): void {
    this.#reconnect.succeeded();
    const newest = this.#window.frames.at(-1);
    if (newest === undefined) return;
    this.#link = { kind: "live" };
    this.#cancelStale();
    this.#cancelStale = this.#clock.after(staleIntervals * (this.#source?.intervalMs ?? 1000), () => {
      this.#link = { kind: "stale", lastFrameAt: newest.at };
      this.#session.stopWaiting();
      this.#post();
    });
  }

  /** Tells the listener how things are, now and again when data time reaches the next frame. */
  #post(): void {
    if (this.#disposer.isDisposed) return;
    const wall = this.#clock.now();
    const timeMap = this.#liveClock.mapAt(wall);
    const dataTime = dataTimeAt(timeMap, wall);
    const shown = this.#frozen ?? {
      map: timeMap,
      frames: this.#window.frames,
      current: this.#window.current(dataTime),
    };
    void this.#delivery.post({
      generation: this.#generation,
      phase: this.#phase(),
      frames: shown.frames,
      current: shown.current,
      timeMap: shown.map,
      clockOffsetMs: this.#serverClock.offsetMs,
      source: this.#source,
      gaps: this.#gaps,
    });
    this.#cancelNext();
    const next = this.#window.next(dataTime);
    const reachedAt =
      next === undefined || this.#frozen !== undefined ? undefined : this.#liveClock.wallOf(next.at);
    if (reachedAt !== undefined) {
      this.#cancelNext = this.#clock.after(Math.max(soonestMs, reachedAt - wall), () => this.#post());
    }
  }

  /** A paused screen says so whatever the line does, unless a person has to act. */
  #phase(): PlayerPhase {
    return this.#frozen !== undefined && this.#link.kind !== "refused" ? { kind: "paused" } : this.#link;
  }
}
