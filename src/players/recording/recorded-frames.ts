import { must } from "#base/assert.ts";
import type { Dispose } from "#base/disposer.ts";
import type { Result } from "#base/result.ts";
import type { Clock, Millis } from "#base/time.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import type { Seq } from "#protocol/recording/recorded-frame.ts";

import { GroupIndex } from "./group-index.ts";
import type { GroupReader } from "./group-reader.ts";
import type { ReadGroup } from "./read-frames.ts";
import type { GroupBody, GroupInfo, RecordingFault, RecordingSource, Stretch } from "./recording-source.ts";

/** Unpacked groups that are kept: half an hour at a frame a second. */
const groupsKept = 32;
/** Fewer where frames are large: 96 MB. */
const slotsKept = 12_000_000;
const fewestKept = 4;

/** Where even less than this around a wish is too much for one answer, nothing around it is asked for. */
const leastAroundMs = 60_000;
const retryMs = 2_000;

/** So many questions are under way: a moment near the border of two groups needs both. */
const mostOpen = 2;
/** What is shown has been drawn by then; what may come next is fetched after that. */
const furtherAfterMs = 300;

export interface RecordedFramesOptions {
  readonly source: RecordingSource;
  readonly reader: GroupReader;
  readonly feed: string;
  /** Which groups there are is asked so far on either side of a wish: then they are known when another comes. Less where that is too much for one answer. */
  readonly aroundMs: Millis;
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

/** Random access to the frames of a recording: fetches the groups that are wished for, and keeps the last ones. */
export class RecordedFrames {
  readonly #options: RecordedFramesOptions;
  readonly #index = new GroupIndex();
  /** By first frame; the longest unused first. */
  readonly #read = new Map<Seq, ReadGroup>();
  /** Groups of which only the beginning has been read, as they came, by first frame; up to which frame they go. */
  readonly #rest = new Map<Seq, { readonly body: GroupBody; readonly last: Seq }>();
  /** Damaged or no longer kept: up to which frame. They show as gaps. */
  readonly #lost = new Map<Seq, Seq>();
  #wish: FramesWish | undefined;
  /** What has been asked and not been answered: for the list of groups, or for groups by first frame. */
  readonly #open = new Map<Seq | "list", Dispose>();
  #aroundMs: Millis;
  #cancelRetry: Dispose | undefined;
  /** Until it calls back nothing is asked but what is shown, and what comes. */
  #cancelFurther: Dispose | undefined;
  #mayReadFurther = false;
  #isWorking = false;
  #fault: string | undefined;
  #isDisposed = false;

  constructor(options: RecordedFramesOptions) {
    this.#options = options;
    this.#aroundMs = options.aroundMs;
  }

  /** Why nothing comes at the moment. */
  get fault(): string | undefined {
    return this.#fault;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelRetry?.();
    this.#cancelFurther?.();
    for (const cancel of this.#open.values()) cancel();
  }

  /** What is needed from now on, in place of what was before. */
  want(wish: FramesWish): void {
    this.#wish = wish;
    this.#work();
  }

  /** Whether every frame from the last one at or before `from` up to `to` is at hand. */
  isKnown({ from, to }: Stretch): boolean {
    return (
      this.#index.covers({ from, to }) &&
      this.#within({ from, to }).every((group) => this.#reaches(group, to))
    );
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
    const hole = groups.findLastIndex((group) => !this.#reaches(group, at));
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
    for (const group of this.#sound({ from: at, to: Infinity })) {
      if (group.start > at) return group.start;
      const found = this.#read.get(group.first)?.frames.find((frame) => frame.at > at);
      if (found !== undefined) return found.at;
      if (group.end > at) return undefined;
    }
    return undefined;
  }

  /** Groups that can be shown and reach into the stretch, and the one that begins last before it. */
  #within(stretch: Stretch): readonly GroupInfo[] {
    return [...this.#sound(stretch)];
  }

  *#sound({ from, to }: Stretch): Generator<GroupInfo> {
    const { groups } = this.#index;
    let first = Math.max(0, this.#index.lastFrom(from));
    while (first > 0 && this.#isLost(must(groups[first]))) first -= 1;
    for (let i = first; i < groups.length; i += 1) {
      const group = must(groups[i]);
      if (group.start > to) return;
      if (!this.#isLost(group)) yield group;
    }
  }

  #isLost({ first, last }: GroupInfo): boolean {
    return (this.#lost.get(first) ?? -1) >= last;
  }

  #has({ first, last }: GroupInfo): boolean {
    return (this.#read.get(first)?.last ?? -1) >= last;
  }

  /** Whether all of a group that is not after a moment is at hand. */
  #reaches(group: GroupInfo, to: Millis): boolean {
    const read = this.#read.get(group.first);
    return this.#has(group) || (read?.isWhole === false && (read.frames.at(-1)?.at ?? to) > to);
  }

  /** Asks for what is missing. A source in memory answers before it returns: hence the loop. */
  #work(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    while (!this.#isDisposed && this.#cancelRetry === undefined && this.#open.size < mostOpen && this.#ask());
    this.#isWorking = false;
  }

  /** Asks for the next thing that is missing; false when there is none. */
  #ask(): boolean {
    const wish = this.#wish;
    if (wish === undefined || this.#open.has("list")) return false;
    const newest = this.#options.end();
    const needed = { from: wish.from, to: Math.max(wish.from, Math.min(wish.to, newest)) };
    if (!this.#index.covers(needed)) {
      this.#askList(this.#index.unknownAround(needed, this.#aroundMs), newest);
      return true;
    }
    const { epoch } = this.#index;
    const group = this.#missing(wish);
    if (epoch === undefined || group === undefined) return false;
    this.#askGroup(group, epoch, wish.to);
    return true;
  }

  #askList(stretch: Stretch, newest: Millis): void {
    const { source, feed } = this.#options;
    this.#await("list", (done) =>
      source.groups(feed, stretch, (answer) => {
        if (answer.ok) {
          if (this.#index.add(answer.value, stretch, newest)) this.#forget();
          done(undefined);
        } else if (answer.error.kind === "tooMuch" && this.#aroundMs > 0) {
          this.#aroundMs = this.#aroundMs < leastAroundMs ? 0 : this.#aroundMs / 4;
          done(undefined);
        } else done(answer.error);
      }),
    );
  }

  /** Of what is new the beginning is read, up to what is wished for; when more of it is, then all. */
  #askGroup(group: GroupInfo, epoch: string, until: Millis): void {
    const { source, reader, feed } = this.#options;
    const rest = this.#rest.get(group.first);
    this.#await(group.first, (done) => {
      let cancelRead: Dispose | undefined;
      const read = (body: GroupBody, to: Millis): void => {
        cancelRead = reader.read(body, to, (answer) => {
          // The numbers of another epoch mean other frames.
          if (this.#index.epoch === epoch) this.#take(group, body, answer);
          done(undefined);
        });
      };
      if (rest?.last === group.last) {
        read(rest.body, Infinity);
        return () => cancelRead?.();
      }
      const cancel = source.groupText(feed, { epoch, first: group.first }, (answer) => {
        if (answer.ok) read(answer.value, this.#read.has(group.first) ? Infinity : until);
        else if (answer.error.kind === "none") {
          if (this.#index.epoch === epoch) this.#lost.set(group.first, group.last);
          done(undefined);
        } else done(answer.error);
      });
      return () => {
        cancel();
        cancelRead?.();
      };
    });
  }

  #await(what: Seq | "list", ask: (done: (fault: RecordingFault | undefined) => void) => Dispose): void {
    let isAnswered = false;
    this.#open.set(what, () => {});
    const cancel = ask((fault) => {
      isAnswered = true;
      this.#open.delete(what);
      if (!this.#isDisposed) this.#answered(fault);
    });
    if (!isAnswered) this.#open.set(what, cancel);
  }

  #answered(fault: RecordingFault | undefined): void {
    if (fault !== undefined) {
      this.#fault = fault.message;
      this.#cancelRetry ??= this.#options.clock.after(retryMs, () => {
        this.#cancelRetry = undefined;
        this.#work();
      });
    } else if (this.#cancelRetry === undefined) this.#fault = undefined;
    this.#options.changed();
    this.#work();
  }

  /** The group to fetch next: what is shown first, then what comes, then, when there has been time to draw that, one more. */
  #missing({ from, at, to }: FramesWish): GroupInfo | undefined {
    const shown = this.#within({ from, to: at });
    const coming = this.#within({ from: at, to });
    const further = this.#further(to);
    for (const group of [...shown, ...coming, ...further]) this.#touch(group);
    const isFree = ({ first }: GroupInfo): boolean => !this.#open.has(first);
    const missing = [...shown.toReversed(), ...coming].find(
      (group) => !this.#reaches(group, to) && isFree(group),
    );
    if (missing !== undefined || this.#open.size > 0) {
      if (missing !== undefined && shown.includes(missing)) this.#holdFurther();
      return missing;
    }
    const next = further.find((group) => !this.#has(group) && isFree(group));
    if (next === undefined || this.#mayReadFurther) return next;
    this.#cancelFurther ??= this.#options.clock.after(furtherAfterMs, () => {
      this.#cancelFurther = undefined;
      this.#mayReadFurther = true;
      this.#work();
    });
    return undefined;
  }

  /** The group that a moment lies in, and the next. */
  #further(at: Millis): readonly GroupInfo[] {
    const found: GroupInfo[] = [];
    for (const group of this.#sound({ from: at, to: Infinity })) {
      if (found.push(group) === 2) break;
    }
    return found;
  }

  #holdFurther(): void {
    this.#mayReadFurther = false;
    this.#cancelFurther?.();
    this.#cancelFurther = undefined;
  }

  #take(group: GroupInfo, body: GroupBody, read: Result<ReadGroup, string>): void {
    this.#rest.delete(group.first);
    if (!read.ok || (read.value.isWhole && read.value.last < group.last)) {
      this.#lost.set(group.first, group.last);
      return;
    }
    if (!read.value.isWhole) this.#rest.set(group.first, { body, last: group.last });
    this.#read.delete(group.first);
    this.#read.set(group.first, read.value);
    let slots = 0;
    for (const { slots: own } of this.#read.values()) slots += own;
    for (const [first, { slots: own }] of this.#read) {
      const { size } = this.#read;
      if (size <= fewestKept || (size <= groupsKept && slots <= slotsKept)) break;
      this.#read.delete(first);
      this.#rest.delete(first);
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
    this.#rest.clear();
    this.#lost.clear();
  }
}
