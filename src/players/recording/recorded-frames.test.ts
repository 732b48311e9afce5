import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { err, ok } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { twoRegions } from "#testing/builders.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";

import { readingHere } from "./group-reader.ts";
import { RecordedFrames } from "./recorded-frames.ts";
import type {
  Answer,
  GroupBody,
  GroupList,
  GroupName,
  RecordingSource,
  Stretch,
} from "./recording-source.ts";

const minute = 60_000;
const start = 100 * minute;
const hours = 4;

/** A recording of groups of a minute, a frame every ten seconds, that answers when it is told to. */
function slowRecording(most = Infinity) {
  const memory = new MemoryRecording(
    Array.from({ length: hours * 360 }, (_, i) => twoRegions(start + i * 10_000)),
    6,
  );
  const lists: Stretch[] = [];
  const open = new Map<string, () => void>();
  const source: RecordingSource = {
    overview: memory.overview,
    groups: (feed, stretch: Stretch, answer: Answer<GroupList>) => {
      lists.push(stretch);
      open.set("list", () =>
        memory.groups(feed, stretch, (list) => {
          const isTooMuch = list.ok && list.value.groups.length > most;
          answer(isTooMuch ? err({ kind: "tooMuch", message: "Ask for less." }) : list);
        }),
      );
      return () => undefined;
    },
    groupText: (feed, group: GroupName, answer: Answer<GroupBody>) => {
      open.set(String(group.first), () => memory.groupText(feed, group, answer));
      return () => undefined;
    },
  };
  const clock = new ManualClock();
  const frames = new RecordedFrames({
    source,
    reader: readingHere(),
    feed: "test",
    aroundMs: 60 * minute,
    clock,
    end: () => memory.end,
    changed: () => undefined,
  });
  const answer = (what: string): void => {
    const give = must(open.get(what), `${what} has been asked`);
    open.delete(what);
    give();
  };
  return { frames, clock, lists, answer, asked: () => [...open.keys()] };
}

const wishAt = (at: Millis) => ({ from: at - 15_000, at, to: at + 1 });
const firstAt = (minutes: number) => String(minutes * 6 + 1);

describe("the frames of a recording", () => {
  it("are asked for at once where a moment needs two groups, and further ones when there has been time to draw it", () => {
    const { frames, clock, answer, asked } = slowRecording();
    const at = start + 100 * minute + 5_000;
    frames.want(wishAt(at));
    answer("list");
    expect(asked()).toEqual([firstAt(100), firstAt(99)]);
    answer(firstAt(99));
    expect(frames.isKnown(wishAt(at))).toBe(false);
    answer(firstAt(100));
    expect(frames.isKnown({ from: at - 15_000, to: at })).toBe(true);
    expect(asked()).toEqual([]);
    clock.advance(1_000);
    expect(asked()).toEqual([firstAt(101)]);
  });

  it("are read as far as they are shown, and the rest later, without asking again", () => {
    const { frames, clock, answer, asked } = slowRecording();
    const at = start + 100 * minute + 25_000;
    frames.want(wishAt(at));
    answer("list");
    answer(firstAt(100));
    expect(frames.isKnown(wishAt(at))).toBe(true);
    expect(frames.lastAt(at)?.at).toBe(start + 100 * minute + 20_000);
    expect(frames.nextAfter(at)).toBe(start + 100 * minute + 30_000);
    expect(frames.knownTo(at)).toBe(start + 100 * minute + 30_000);
    // Somebody plays on from there.
    frames.want({ ...wishAt(at), to: at + 15_000 });
    expect(asked()).toEqual([]);
    expect(frames.frames({ from: at, to: at + 15_000 }).map((frame) => frame.at - at)).toEqual([
      -5_000, 5_000, 15_000,
    ]);
    clock.advance(1_000);
    expect(asked()).toEqual([firstAt(101)]);
  });

  it("are asked for before anything further when somebody goes elsewhere meanwhile", () => {
    const { frames, clock, answer, asked } = slowRecording();
    frames.want(wishAt(start + 100 * minute + 30_000));
    answer("list");
    answer(firstAt(100));
    frames.want(wishAt(start + 120 * minute + 30_000));
    expect(asked()).toEqual([firstAt(120)]);
    clock.advance(200);
    answer(firstAt(120));
    clock.advance(200);
    expect(asked()).toEqual([]);
    clock.advance(200);
    expect(asked()).toEqual([firstAt(121)]);
  });

  it("need no other list within an hour, and beyond it only of what is not known yet", () => {
    const { frames, lists, answer, asked } = slowRecording();
    frames.want(wishAt(start + 100 * minute + 30_000));
    answer("list");
    answer(firstAt(100));
    frames.want(wishAt(start + 159 * minute + 30_000));
    expect(asked()).toEqual([firstAt(159)]);
    answer(firstAt(159));
    const edge = wishAt(start + 162 * minute + 40_000);
    frames.want(edge);
    expect(lists).toHaveLength(2);
    answer("list");
    expect(must(lists[1]).from).toBeGreaterThan(start + 160 * minute);
    expect(asked()).toEqual([firstAt(162)]);
    frames.want(wishAt(start + 100 * minute + 30_000));
    expect(lists).toHaveLength(2);
  });

  it("are found although the list of an hour is too much for one answer", () => {
    const { frames, lists, answer, asked } = slowRecording(40);
    frames.want(wishAt(start + 100 * minute + 30_000));
    answer("list");
    expect(frames.fault).toBeUndefined();
    answer("list");
    expect(lists.map(({ from, to }) => Math.round((to - from) / minute))).toEqual([120, 30]);
    expect(asked()).toEqual([firstAt(100)]);
  });

  it("of another epoch do not get mixed up with those that are under way", () => {
    const memory = new MemoryRecording(
      Array.from({ length: 60 }, (_, i) => twoRegions(start + i * 10_000)),
      6,
    );
    let epoch = "a";
    const texts: (() => void)[] = [];
    const frames = new RecordedFrames({
      source: {
        overview: memory.overview,
        groups: (feed, stretch, answer) =>
          memory.groups(feed, stretch, (list) => answer(list.ok ? ok({ ...list.value, epoch }) : list)),
        groupText: (feed, group, answer) => {
          texts.push(() => memory.groupText(feed, group, answer));
          return () => undefined;
        },
      },
      reader: readingHere(),
      feed: "test",
      aroundMs: 0,
      clock: new ManualClock(),
      end: () => memory.end,
      changed: () => undefined,
    });
    frames.want({ from: start, at: start, to: start });
    epoch = "b";
    const at = start + 5 * minute;
    frames.want({ from: at, at, to: at });
    const late = must(texts.shift());
    late();
    expect(frames.isKnown({ from: start, to: start })).toBe(false);
  });
});
