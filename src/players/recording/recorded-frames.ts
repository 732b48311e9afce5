import type { Dispose } from "#base/disposer.ts";
import type { Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import { GroupIndex } from "./group-index.ts";
import type { GroupReader } from "./group-reader.ts";
import type { ReadGroup } from "./read-frames.ts";
import type { GroupInfo, RecordingFault, RecordingSource, Stretch } from "./recording-source.ts";

/** Unpacked groups that are kept: half an hour at a frame a second. */
const groupsKept = 32;
/** Fewer where frames are large: 96 MB. */
const slotsKept = 12_000_000;
const fewestKept = 4;

/** What is asked about groups is asked this far on either side. */
const listMarginMs = 300_000;
const retryMs = 2_000;

export interface RecordedFramesOptions {
  readonly source: RecordingSource;
  readonly reader: GroupReader;
  readonly feed: string;
  readonly clock: Clock;
  /** The newest moment that has been recorded. */
  readonly end: () => Millis;
  /** More is known, or something went wrong. */
  readonly changed: () => void;
}

/** What is needed: everything in the stretch, the part before `at` first. */
export interface FramesWish extends Stretch {
  readonly at: Millis;
}

/** Random access to the frames of a recording: fetches the groups that are wished for, one after another, and keeps the last ones. */
export class RecordedFrames {
  readonly #options: RecordedFramesOptions;
  readonly #index = new GroupIndex();
  /** By first frame; the longest unused first. */
  readonly #read = new Map<Seq, ReadGroup>();
  /** Damaged or no longer kept: up to which frame. They show as gaps. */
  readonly #lost = new Map<Seq, Seq>();
  #wish: FramesWish | undefined;
  #cancel: Dispose = () => {};
  #isAsking = false;
  #isWorking = false;
  #fault: string | undefined;
  #isDisposed = false;

  constructor(options: RecordedFramesOptions) {
    this.#options = options;
  }

  /** Why nothing comes at the moment. */
  get fault(): string | undefined {
    return this.#fault;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancel();
  }

  /** What is needed from now on, in place of what was before. */
  want(wish: FramesWish): void {
    this.#wish = wish;
    this.#work();
  }

  /** Whether every frame from the last one at or before `from` up to `to` is at hand. */
  isKnown({ from, to }: Stretch): boolean {
    return this.#index.covers({ from, to }) && this.#within({ from, to }).every((group) => this.#has(group));
  }

  /** Up to where frames are at hand without a hole, beginning with those at `at`, which are. */
  knownTo(at: Millis): Millis {
    const end = this.#index.knownTo(at) ?? at;
    for (const group of this.#within({ from: at, to: end })) {
      if (this.#has(group)) continue;
      const before = this.#read.get(group.first)?.frames.at(-1)?.at ?? group.start - 1;
      return Math.max(at, before);
    }
    return end;
  }

  /** From the last frame at or before `from` up to `to`, as far as they are at hand. */
  frames({ from, to }: Stretch): readonly TrafficSnapshot[] {
    const frames = this.#within({ from, to }).flatMap(({ first }) => this.#read.get(first)?.frames ?? []);
    const begin = Math.max(
      0,
      frames.findLastIndex(({ at }) => at <= from),
    );
    return frames.slice(begin).filter(({ at }) => at <= to);
  }

  /** Frames before a moment, back to `from`: as far as they are at hand without a hole, ascending. */
  before(at: Millis, from: Millis): readonly TrafficSnapshot[] {
    const groups = this.#within({ from, to: at });
    const hole = groups.findLastIndex((group) => !this.#has(group));
    return groups
      .slice(hole + 1)
      .flatMap(({ first }) => this.#read.get(first)?.frames ?? [])
      .filter((frame) => frame.at < at && frame.at >= from);
  }

  /** The last frame at or before a moment. */
  lastAt(at: Millis): TrafficSnapshot | undefined {
    return this.frames({ from: at, to: at }).at(-1);
  }

  /** When the first frame after a moment is; undefined where that is not known, or nothing comes. */
  nextAfter(at: Millis): Millis | undefined {
    for (const group of this.#within({ from: at, to: Infinity })) {
      if (group.start > at) return group.start;
      const found = this.#read.get(group.first)?.frames.find((frame) => frame.at > at);
      if (found !== undefined) return found.at;
      if (group.end > at) return undefined;
    }
    return undefined;
  }

  /** Groups that can be shown and reach into the stretch, and the one that begins last before it. */
  #within({ from, to }: Stretch): readonly GroupInfo[] {
    const sound = this.#index.groups.filter((group) => !this.#isLost(group));
    const first = sound.findLastIndex(({ start }) => start <= from);
    return sound.slice(Math.max(0, first)).filter(({ start }) => start <= to);
  }

  #isLost({ first, last }: GroupInfo): boolean {
    return (this.#lost.get(first) ?? -1) >= last;
  }

  #has({ first, last }: GroupInfo): boolean {
    return (this.#read.get(first)?.last ?? -1) >= last;
  }

  /** Asks for what is missing, one thing after another. A source in memory answers before it returns: hence the loop. */
  #work(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    while (!this.#isAsking && !this.#isDisposed && this.#ask());
    this.#isWorking = false;
  }

  /** Asks for the next thing that is missing; false when there is none. */
  #ask(): boolean {
    const { source, reader, feed, end } = this.#options;
    const wish = this.#wish;
    if (wish === undefined) return false;
    const newest = end();
    const needed = { from: wish.from, to: Math.max(wish.from, Math.min(wish.to, newest)) };
    if (!this.#index.covers(needed)) {
      const stretch = { from: needed.from - listMarginMs, to: needed.to + listMarginMs };
      return this.#await((done) =>
        source.groups(feed, stretch, (answer) => {
          if (answer.ok && this.#index.add(answer.value, stretch, newest)) this.#forget();
          done(answer.ok ? undefined : answer.error);
        }),
      );
    }
    const { epoch } = this.#index;
    const group = this.#missing(wish);
    if (epoch === undefined || group === undefined) return false;
    return this.#await((done) => {
      let cancelRead: Dispose | undefined;
      const cancel = source.groupText(feed, { epoch, first: group.first }, (answer) => {
        if (answer.ok) {
          cancelRead = reader.read(answer.value, (read) => {
            this.#take(group, read);
            done(undefined);
          });
          return;
        }
        if (answer.error.kind === "none") this.#lost.set(group.first, group.last);
        done(answer.error.kind === "none" ? undefined : answer.error);
      });
      return () => {
        cancel();
        cancelRead?.();
      };
    });
  }

  #await(ask: (done: (fault: RecordingFault | undefined) => void) => Dispose): true {
    let isAnswered = false;
    this.#isAsking = true;
    const cancel = ask((fault) => {
      isAnswered = true;
      if (!this.#isDisposed) this.#answered(fault);
    });
    if (!isAnswered) this.#cancel = cancel;
    return true;
  }

  #answered(fault: RecordingFault | undefined): void {
    const goOn = (): void => {
      this.#isAsking = false;
      this.#work();
    };
    this.#fault = fault?.message;
    if (fault !== undefined) this.#cancel = this.#options.clock.after(retryMs, goOn);
    else this.#isAsking = false;
    this.#options.changed();
    if (fault === undefined) this.#work();
  }

  /** The group to fetch next: what is shown first, then what comes, then one more. */
  #missing({ from, at, to }: FramesWish): GroupInfo | undefined {
    const shown = this.#within({ from, to: at });
    const coming = this.#within({ from: at, to });
    const further = this.#within({ from: to, to: Infinity }).slice(0, 2);
    for (const group of [...shown, ...coming, ...further]) this.#touch(group);
    return [...shown.toReversed(), ...coming, ...further].find((group) => !this.#has(group));
  }

  #take(group: GroupInfo, read: Result<ReadGroup, string>): void {
    if (!read.ok || read.value.last < group.last) {
      this.#lost.set(group.first, group.last);
      return;
    }
    this.#read.delete(group.first);
    this.#read.set(group.first, read.value);
    let slots = 0;
    for (const { slots: own } of this.#read.values()) slots += own;
    for (const [first, { slots: own }] of this.#read) {
      const { size } = this.#read;
      if (size <= fewestKept || (size <= groupsKept && slots <= slotsKept)) break;
      this.#read.delete(first);
      slots -= own;
    }
  }

  #touch({ first }: GroupInfo): void {
    const read = this.#read.get(first);
    if (read === undefined) return;
    this.#read.delete(first);
    this.#read.set(first, read);
  }

  #forget(): void {
    this.#read.clear();
    this.#lost.clear();
  }
}
