import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { twoRegions } from "#testing/builders.ts";

import { FrameWindow } from "./frame-window.ts";
import { framesKeptMs } from "./player.ts";

const seconds = (window: FrameWindow) => window.frames.map(({ at }) => at / 1000);

describe("the frames around now", () => {
  it("are all that the dots under way need: the last one before fifteen seconds ago says what held then", () => {
    const window = new FrameWindow();
    for (let at = 0; at <= 40_000; at += 1000) window.add(twoRegions(at), at - 2000);
    expect(seconds(window)).toEqual(Array.from({ length: 18 }, (_, i) => 23 + i));
  });

  it("always hold what was true fifteen seconds before data time, however frames come", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 5000 }), (steps, behind) => {
        const window = new FrameWindow();
        const all: number[] = [];
        let at = 0;
        for (const step of steps) {
          at += step;
          all.push(at);
          const dataTime = at - behind;
          window.add(twoRegions(at), dataTime);
          const oldest = dataTime - framesKeptMs;
          const held = all.findLast((moment) => moment <= oldest) ?? all[0];
          expect(window.frames[0]?.at).toBe(held);
          expect(window.frames.at(-1)?.at).toBe(at);
        }
      }),
    );
  });

  it("leave lists that were handed out as they were", () => {
    const window = new FrameWindow();
    window.add(twoRegions(0), 0);
    const before = window.frames;
    window.add(twoRegions(60_000), 60_000);
    expect(before.map(({ at }) => at)).toEqual([0]);
  });

  it("tell the frame that data time has reached, and the one after it", () => {
    const window = new FrameWindow();
    for (const at of [1000, 2000, 3000]) window.add(twoRegions(at), at);
    expect([window.current(2500)?.at, window.next(2500)?.at]).toEqual([2000, 3000]);
    expect([window.current(3000)?.at, window.next(3000)?.at]).toEqual([3000, undefined]);
  });

  it("show the oldest there is before any has been reached: it is all that is known", () => {
    const window = new FrameWindow();
    expect(window.current(0)).toBeUndefined();
    window.add(twoRegions(5000), 0);
    expect(window.current(0)?.at).toBe(5000);
    window.clear();
    expect(window.current(9000)).toBeUndefined();
  });
});
