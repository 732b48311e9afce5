import { assert } from "#base/assert.ts";
import { Emitter } from "#base/emitter.ts";
import type { Random } from "#base/random.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { Diagnostic } from "#domain/diagnostic.ts";
import { diffSnapshots, type SnapshotDelta } from "#domain/delta.ts";
import { sameValue } from "#domain/delta-same.ts";
import { linger, type Lingering } from "#domain/linger.ts";
import { createSnapshot, type TrafficSnapshot } from "#domain/snapshot.ts";
import { nodeVolumes } from "#domain/volume.ts";
import { summarise } from "#protocol/recording/frame-summary.ts";

import type { Frame, Seq } from "#protocol/recording/recorded-frame.ts";
import { framesPerGroup, type FeedLog } from "../log/feed-log.ts";
import type { SourcesHealth, TrafficSource } from "../sources/traffic-source.ts";
import { ChangeLedger } from "./change-ledger.ts";
import { runSource } from "./run-source.ts";
import { ShownTopology } from "./shown-topology.ts";

/** The newest frame of a feed. */
export interface FeedHead {
  readonly seq: Seq;
  readonly snapshot: TrafficSnapshot;
  /** What it changed since frame `seq - 1`; undefined in the first frame. */
  readonly delta: SnapshotDelta | undefined;
  /** False when the log could not take it: nobody will be able to replay it. */
  readonly isRecorded: boolean;
}

/** Takes the place of the source in front of the viewers. The source runs on, unseen. */
export interface StandIn {
  /** As of the source: moments must ascend, also beyond those of the frames that were there before. */
  emit(snapshot: TrafficSnapshot): void;
  /** What the source said last is back at once. */
  end(): void;
}

/** What a feed tells those who watch over it. */
export interface FeedWatch {
  readonly onFrame: (head: FeedHead, appendMs: number) => void;
  /** A frame that is not newer than the one before it was left out. */
  readonly onLateFrame: () => void;
  readonly onSourceFailure: (error: unknown, pauseMs: number) => void;
  readonly onUnrecorded: (error: unknown) => void;
}

export interface FeedOptions {
  readonly id: string;
  readonly source: TrafficSource;
  readonly log: FeedLog;
  readonly clock: Clock;
  readonly random: Random;
  /** How long an edge that fell silent stays. */
  readonly lingerMs: number;
  readonly watch: FeedWatch;
}

/** A group of the log is closed early when its deltas hold so many numbers: 12 bytes each, so that the largest graph's groups stay below 50 MB. */
const greatestGroupSlots = 4_000_000;

/**
 * One source's traffic on its way out: source, lingering, difference, log, and then everybody who listens. Frames are numbered by the log; one
 * that the log cannot take is given the number it would have had.
 */
export class Feed {
  readonly id: string;
  readonly log: FeedLog;
  readonly frames = new Emitter<FeedHead>();
  readonly problemsChanged = new Emitter<readonly Diagnostic[]>();
  readonly #options: FeedOptions;
  readonly #ledger = new ChangeLedger();
  #head: FeedHead | undefined;
  #lingering: Lingering | undefined;
  #problems: readonly Diagnostic[] = [];
  /** The newest state that has not been published yet. Whatever it replaces was never a frame, so that nothing is lost. */
  #waiting: TrafficSnapshot | undefined;
  #isPublishing = false;
  /** What the source said last. */
  #said: TrafficSnapshot | undefined;
  /** The latest moment of all that were to be shown. */
  #offeredAt: Millis = -Infinity;
  #standIn: StandIn | undefined;
  readonly #shownTopology = new ShownTopology();
  #lostFrames = 0;
  #groupFrames = 0;
  #groupSlots = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.id = options.id;
    this.log = options.log;
  }

  get title(): string {
    return this.#options.source.title;
  }

  get intervalMs(): number {
    return this.#options.source.intervalMs;
  }

  /** What it plays, where that is something recorded. */
  get past(): TrafficSource["past"] {
    return this.#options.source.past;
  }

  /** Whether simulated frames may stand among its own: nobody can take them for something that happened. */
  get isMadeUp(): boolean {
    return this.#options.source.isMadeUp;
  }

  /** How the systems are that its source is put together from. */
  get sources(): SourcesHealth | undefined {
    return this.#options.source.health?.();
  }

  get head(): FeedHead | undefined {
    return this.#head;
  }

  get problems(): readonly Diagnostic[] {
    return this.#problems;
  }

  /** What changed after frame `from`, as one delta to the head; undefined when only the whole can tell. */
  changesSince(from: Seq): SnapshotDelta | undefined {
    return this.#head === undefined ? undefined : this.#ledger.since(from, this.#head.snapshot);
  }

  /** Shows other frames than the source's, until it is ended. One at a time. */
  standIn(): StandIn {
    assert(this.#standIn === undefined, "one stand-in at a time");
    const standIn: StandIn = {
      emit: (snapshot) => {
        if (this.#standIn === standIn) this.#offer(snapshot);
      },
      end: () => {
        if (this.#standIn !== standIn) return;
        this.#standIn = undefined;
        this.#offerSaid();
      },
    };
    this.#standIn = standIn;
    return standIn;
  }

  /** Runs the source until the signal aborts; resolves when it has stopped and its last frame is out. */
  async run(signal: AbortSignal): Promise<void> {
    const { source, clock, random, watch } = this.#options;
    await runSource(source, (snapshot, problems) => this.#take(snapshot, problems), signal, {
      clock,
      random,
      onFailure: (error, pauseMs) => {
        watch.onSourceFailure(error, pauseMs);
        this.#setProblems([sourceFailed(source.title, error, pauseMs)]);
      },
    });
  }

  #take(snapshot: TrafficSnapshot, problems: readonly Diagnostic[]): void {
    this.#setProblems(problems);
    this.#said = snapshot;
    if (this.#standIn === undefined) this.#offer(snapshot);
  }

  /** The source's last word, as of now: the frames of a stand-in were later. */
  #offerSaid(): void {
    const said = this.#said;
    if (said === undefined) return;
    const isLate = said.at <= this.#offeredAt;
    this.#offer(isLate ? createSnapshot({ ...said, at: this.#offeredAt + 1 }) : said);
  }

  #offer(snapshot: TrafficSnapshot): void {
    this.#waiting = snapshot;
    this.#offeredAt = Math.max(this.#offeredAt, snapshot.at);
    if (!this.#isPublishing) void this.#publishWaiting();
  }

  #setProblems(problems: readonly Diagnostic[]): void {
    if (sameValue(problems, this.#problems)) return;
    this.#problems = problems;
    this.problemsChanged.emit(problems);
  }

  async #publishWaiting(): Promise<void> {
    this.#isPublishing = true;
    for (let next = this.#waiting; next !== undefined; next = this.#waiting) {
      this.#waiting = undefined;
      if (this.#head !== undefined && next.at <= this.#head.snapshot.at) this.#options.watch.onLateFrame();
      else await this.#publish(next);
    }
    this.#isPublishing = false;
  }

  async #publish(said: TrafficSnapshot): Promise<void> {
    const { clock, watch } = this.#options;
    const snapshot = this.#shown(said);
    const delta = this.#head === undefined ? undefined : diffSnapshots(this.#head.snapshot, snapshot);
    const startedAt = clock.now();
    const { seq, isRecorded } = await this.#record(snapshot, delta);
    this.#ledger.record(seq, delta, snapshot);
    this.#head = { seq, snapshot, delta, isRecorded };
    watch.onFrame(this.#head, clock.now() - startedAt);
    this.frames.emit(this.#head);
  }

  /** What of the source has fallen silent lingers; a stand-in's frames are shown as they are, and leave nothing behind. */
  #shown(said: TrafficSnapshot): TrafficSnapshot {
    const before = this.#head?.snapshot.topology;
    const isStandIn = said.simulated !== undefined && before !== undefined;
    if (isStandIn) return this.#shownTopology.following(before, said);
    const lingering = linger(this.#lingering, said, this.#options.lingerMs);
    const isBack = this.#head?.snapshot.simulated !== undefined && before !== undefined;
    const { snapshot } = lingering;
    this.#lingering = isBack
      ? { ...lingering, snapshot: this.#shownTopology.following(before, snapshot) }
      : lingering;
    return this.#lingering.snapshot;
  }

  async #record(
    snapshot: TrafficSnapshot,
    delta: SnapshotDelta | undefined,
  ): Promise<{ readonly seq: Seq; readonly isRecorded: boolean }> {
    const isKey =
      delta === undefined ||
      this.#lostFrames > 0 ||
      this.#groupFrames >= framesPerGroup ||
      this.#groupSlots > greatestGroupSlots;
    const lost = this.#lostFrames > 0 ? { lost: this.#lostFrames } : {};
    const frame: Frame = isKey ? { kind: "key", snapshot, ...lost } : { kind: "delta", delta };
    try {
      const seq = await this.log.append(
        frame,
        `${this.log.head().epoch} ${snapshot.at}`,
        summarise(snapshot, nodeVolumes(snapshot)),
      );
      this.#lostFrames = 0;
      this.#groupFrames = isKey ? 1 : this.#groupFrames + 1;
      this.#groupSlots = isKey ? 0 : this.#groupSlots + (delta?.index.length ?? 0);
      return { seq, isRecorded: true };
    } catch (error: unknown) {
      this.#lostFrames += 1;
      this.#options.watch.onUnrecorded(error);
      return { seq: (this.#head?.seq ?? this.log.head().newest) + 1, isRecorded: false };
    }
  }
}

function sourceFailed(title: string, error: unknown, pauseMs: number): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: "dropped",
    place: title,
    found: `The source failed: ${message}`,
    done: `It is tried again in ${Math.ceil(pauseMs / 1000)} s; until then the picture stands still.`,
  };
}
