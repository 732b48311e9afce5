import type { Dispose } from "#base/disposer.ts";
import { Emitter } from "#base/emitter.ts";
import type { Random } from "#base/random.ts";
import type { Clock } from "#base/time.ts";
import type { Codec } from "#protocol/codec.ts";

import { gzipCodec } from "./gzip-codec.ts";
import { LatestDelivery } from "./latest-delivery.ts";
import { LiveRun } from "./live-run.ts";
import type { DrillAsk } from "./live-session.ts";
import type { CreateWire } from "./live-wire.ts";
import type { Playback, Player, PlayerState } from "./player.ts";
import type { SharedDrillControl } from "./shared-drill.ts";
import { socketWire } from "./socket-wire.ts";

export interface LivePlayerOptions {
  /** The page's base address: document.baseURI. */
  readonly url: string;
  /** The feed to watch; the server's first when there is none. */
  readonly feed?: string;
  readonly token?: string;
  readonly clock: Clock;
  /** Spreads the times at which many pages come back. */
  readonly random: Random;
  /** How to connect and unpack; the browser's ways unless given. */
  readonly createWire?: CreateWire;
  readonly codec?: Codec;
}

/** A live feed. It can be paused; to resume is to go back to what is live. */
export interface LivePlayer extends Player {
  readonly playback: Playback;
  readonly sharedDrills: SharedDrillControl;
  /** Tries again with a token, after the server asked for one. Nothing happens before `start`. */
  authorize(token: string): void;
}

export function createLivePlayer(options: LivePlayerOptions): LivePlayer {
  return new SocketPlayer(options);
}

class SocketPlayer implements LivePlayer {
  readonly playback: Playback;
  readonly sharedDrills: SharedDrillControl;
  readonly #drillNews = new Emitter<string>();
  readonly #options: LivePlayerOptions;
  #token: string | undefined;
  #run: LiveRun | undefined;
  #isPaused = false;

  constructor(options: LivePlayerOptions) {
    this.#options = options;
    this.#token = options.token;
    const isPaused = () => this.#isPaused;
    this.playback = {
      get isPaused() {
        return isPaused();
      },
      pause: () => this.#setPaused(true),
      resume: () => this.#setPaused(false),
    };
    const ask = (what: DrillAsk) => this.#run?.askDrill(what);
    this.sharedDrills = {
      start: (plan, speed) => ask({ do: "start", plan: { ...plan }, speed }),
      setSpeed: (speed) => ask({ do: "speed", speed }),
      failBack: () => ask({ do: "fail-back" }),
      stop: () => ask({ do: "stop" }),
      onNews: (listener) => this.#drillNews.on(listener),
    };
  }

  start(listener: (state: PlayerState) => void | Promise<void>): Dispose {
    this.#run?.dispose();
    const { url, feed, clock, random, createWire = socketWire(url), codec = gzipCodec } = this.#options;
    const run = new LiveRun({
      feed,
      clock,
      random,
      createWire,
      codec,
      token: this.#token,
      isPaused: this.#isPaused,
      delivery: new LatestDelivery(listener),
      onDrillNews: (message) => this.#drillNews.emit(message),
    });
    this.#run = run;
    return () => {
      run.dispose();
      if (this.#run === run) this.#run = undefined;
    };
  }

  authorize(token: string): void {
    this.#token = token;
    this.#run?.authorize(token);
  }

  #setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#run?.setPaused(isPaused);
  }
}
