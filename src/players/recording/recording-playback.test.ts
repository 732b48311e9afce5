import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dataTimeAt } from "#base/time-map.ts";
import type { TrafficSnapshot } from "#domain/snapshot.ts";
import { arbitrarySnapshot } from "#testing/arbitrary-traffic.ts";
import { twoRegions } from "#testing/builders.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { MemoryRecording } from "#testing/memory-recording.ts";

import { replaySpeeds } from "../replay-control.ts";
import { readingHere } from "./group-reader.ts";
import { RecordingPlayback, type ShownReplay } from "./recording-playback.ts";

const start = 1_000_000;
const intervalMs = 1000;

function playbackOf(source: MemoryRecording, isPaused = false) {
  const clock = new ManualClock();
  let caughtUp = 0;
  const playback = new RecordingPlayback({
    source,
    reader: readingHere(),
    feed: "test",
    intervalMs,
    isPaused,
    clock,
    end: () => source.end,
    changed: () => undefined,
    caughtUp: () => {
      caughtUp += 1;
    },
  });
  const now = () => dataTimeAt(playback.shown!.timeMap, clock.now());
  return { playback, clock, now, caughtUp: () => caughtUp };
}

/** Frames a second apart, without those whose numbers are left out. */
function seconds(count: number, missing: readonly number[] = []): TrafficSnapshot[] {
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => !missing.includes(i))
    .map((i) => {
      const frame = twoRegions(start + i * 1000);
      frame.values[0] = i;
      return frame;
    });
}

/** What a picture is made of, whatever the generation and the wall clock are. */
function pictureOf({ frames, current, timeMap }: ShownReplay) {
  const plain = (frame: TrafficSnapshot | undefined) =>
    frame === undefined
      ? undefined
      : { at: frame.at, values: [...frame.values], nodes: frame.topology.nodes, notices: frame.notices };
  return {
    frames: frames.map(plain),
    current: plain(current),
    dataAt: timeMap.dataAt,
    motionAt: timeMap.motionAt,
    speed: timeMap.speed,
  };
}

/** Frames at odd times, with gaps, of ever other topologies. */
const arbitraryRecording = fc
  .array(
    fc.record({
      snapshot: arbitrarySnapshot,
      gapMs: fc.oneof(fc.integer({ min: 1, max: 1500 }), fc.constantFrom(200, 1000, 20_000, 400_000)),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .map((drafts) => {
    let at = start;
    return drafts.map(({ snapshot, gapMs }) => {
      at += gapMs;
      return { ...snapshot, at };
    });
  });

describe("a recording that is paused at a moment", () => {
  it("shows the same picture by seeking, by stepping about, by playing and at any speed", () => {
    fc.assert(
      fc.property(
        arbitraryRecording,
        fc.integer({ min: 1, max: 7 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...replaySpeeds),
        (frames, groupFrames, from, share, speed) => {
          const first = frames[0]!.at;
          const length = frames.at(-1)!.at - first;
          const source = new MemoryRecording(frames, groupFrames);
          const played = playbackOf(source);
          played.playback.seek(first + Math.floor(from * length), { speed });
          played.clock.advance(Math.min((share * length) / speed, 20_000));
          played.playback.pause();
          const picture = pictureOf(played.playback.shown!);

          const sought = playbackOf(source, true);
          sought.playback.seek(first + length / 3);
          sought.playback.step(1);
          sought.playback.step(-1);
          sought.playback.seek(picture.dataAt);
          expect(pictureOf(sought.playback.shown!)).toEqual(picture);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("shows the last frame that was recorded at or before it, as it was recorded", () => {
    fc.assert(
      fc.property(arbitraryRecording, fc.double({ min: 0, max: 1, noNaN: true }), (frames, share) => {
        const first = frames[0]!.at;
        const at = Math.floor(first + share * (frames.at(-1)!.at - first));
        const { playback } = playbackOf(new MemoryRecording(frames, 4), true);
        playback.seek(at);
        const last = frames.findLast((frame) => frame.at <= at)!;
        expect(playback.shown!.current?.at).toBe(last.at);
        expect([...playback.shown!.current!.values]).toEqual([...last.values]);
      }),
      { numRuns: 60 },
    );
  });

  it("steps from frame to frame, there and back", () => {
    const { playback, now } = playbackOf(new MemoryRecording(seconds(40), 7), true);
    playback.seek(start + 10_400);
    const steps = [-1, -1, 1, 1, 1].map((direction) => {
      playback.step(direction === 1 ? 1 : -1);
      return (now() - start) / 1000;
    });
    expect(steps).toEqual([10, 9, 10, 11, 12]);
  });

  it("steps over gaps, and stays at both ends", () => {
    const missing = Array.from({ length: 400 }, (_, i) => i + 5);
    const { playback, now } = playbackOf(new MemoryRecording(seconds(410, missing), 3), true);
    playback.seek(start + 4_000);
    playback.step(1);
    expect(now()).toBe(start + 405_000);
    playback.step(-1);
    expect(now()).toBe(start + 4_000);
    for (let i = 0; i < 7; i += 1) playback.step(-1);
    expect(now()).toBe(start);
    playback.seek(start + 409_000);
    playback.step(1);
    expect(now()).toBe(start + 409_000);
  });

  it("goes to the first frame from whatever was before it", () => {
    const { playback, now } = playbackOf(new MemoryRecording(seconds(30)), true);
    playback.seek(start - 1e9);
    expect(now()).toBe(start);
  });
});

describe("a recording that plays", () => {
  it("runs at its speed; beyond twice the speed the dots move at twice the speed", () => {
    const { playback, clock, now } = playbackOf(new MemoryRecording(seconds(600), 60));
    playback.seek(start + 20_000, { speed: 60 });
    clock.advance(5_000);
    expect(now()).toBeCloseTo(start + 320_000, -1);
    expect(playback.shown!.current!.values[0]).toBeGreaterThan(300);
    playback.setSpeed(0.25);
    clock.advance(4_000);
    expect(now()).toBeCloseTo(start + 321_000, -1);
  });

  it("tells frames before they are needed, and takes none of them back while it plays", () => {
    const { playback, clock, now } = playbackOf(new MemoryRecording(seconds(300), 10));
    playback.seek(start + 30_000, { speed: 16 });
    let newest = -Infinity;
    for (let i = 0; i < 30; i += 1) {
      clock.advance(150);
      if (i === 15) playback.setSpeed(1);
      const { frames } = playback.shown!;
      expect(frames.at(-1)!.at).toBeGreaterThanOrEqual(newest);
      expect(frames.at(-1)!.at).toBeGreaterThan(now() - 1000);
      newest = frames.at(-1)!.at;
    }
  });

  it("goes to live when it has caught up", () => {
    const { playback, clock, caughtUp } = playbackOf(new MemoryRecording(seconds(60)));
    playback.seek(start + 50_000, { speed: 8 });
    clock.advance(400);
    expect(caughtUp()).toBe(0);
    clock.advance(2_000);
    expect(caughtUp()).toBeGreaterThan(0);
  });

  it("plays a loop again and again, and leaves it when somebody goes elsewhere", () => {
    const { playback, clock, now } = playbackOf(new MemoryRecording(seconds(60)));
    playback.seek(start + 10_000);
    playback.setLoop({ from: start + 20_000, to: start + 24_000 });
    for (let i = 0; i < 40; i += 1) {
      expect(now()).toBeGreaterThanOrEqual(start + 20_000);
      expect(now()).toBeLessThanOrEqual(start + 24_000);
      clock.advance(330);
    }
    playback.seek(start + 40_000);
    expect(playback.progress.loop).toBeUndefined();
  });

  it("runs through a gap with nothing in it, and says so", () => {
    const missing = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29];
    const { playback, clock, now } = playbackOf(new MemoryRecording(seconds(60, missing)));
    playback.seek(start + 18_000);
    clock.advance(2_000);
    expect(playback.progress.gap).toBeUndefined();
    clock.advance(5_000);
    expect(now()).toBeCloseTo(start + 25_000, -2);
    expect(playback.progress.gap).toEqual({ from: start + 19_000, to: start + 30_000 });
    const silence = playback.shown!.frames.find(({ at }) => at === start + 22_000);
    expect(silence?.rates.every((rate) => rate === 0)).toBe(true);
    expect(playback.shown!.current?.at).toBe(start + 19_000);
    clock.advance(6_000);
    expect(playback.progress.gap).toBeUndefined();
    expect(playback.shown!.current?.at).toBe(start + 31_000);
  });

  it("shows a group that is damaged as a gap", () => {
    const source = new MemoryRecording(seconds(60), 10);
    source.damaged.add(21);
    const { playback } = playbackOf(source, true);
    playback.seek(start + 27_000);
    expect(playback.shown!.current?.at).toBe(start + 19_000);
    expect(playback.progress.gap).toEqual({ from: start + 19_000, to: start + 30_000 });
  });

  it("goes on into what is recorded while it plays", () => {
    const source = new MemoryRecording(seconds(30), 10);
    const { playback, clock } = playbackOf(source);
    playback.seek(start + 20_000);
    for (let i = 30; i < 60; i += 1) {
      const frame = twoRegions(start + i * 1000);
      source.append(frame);
      clock.advance(1000);
    }
    expect(playback.shown!.current?.at).toBe(start + 50_000);
    expect(playback.progress.isLoading).toBe(false);
  });

  it("asks for each group once while somebody scrubs to and fro", () => {
    const source = new MemoryRecording(seconds(300), 20);
    const { playback } = playbackOf(source);
    for (let i = 0; i < 200; i += 1) playback.scrub(start + 150_000 + Math.round(60_000 * Math.sin(i / 10)));
    expect(new Set(source.asked).size).toBe(source.asked.length);
    expect(playback.shown!.timeMap.speed).toBe(0);
  });

  it("keeps one topology for equal ones, so that nothing is built anew at a keyframe", () => {
    const { playback, clock } = playbackOf(new MemoryRecording(seconds(60), 6));
    playback.seek(start + 10_000);
    clock.advance(25_000);
    expect(new Set(playback.shown!.frames.map(({ topology }) => topology)).size).toBe(1);
  });
});
