import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { evenRow, steady, strewnEdges } from "#testing/flow-scene.ts";
import { listDots, type FlowMoment, type ListedDot } from "#testing/list-dots.ts";

import type { FlowRow } from "./flow-columns.ts";
import { bucketCount, bucketMs, bucketOf, flowTime } from "./flow-law.ts";

const edges = strewnEdges(1, 800, 600);
const flight = edges.flightMs[0]!;

/** The rows of a rate that changes from bucket to bucket, as the history holds them at `time`. */
function historyOf(rateAt: (bucket: number) => number, time: number): readonly FlowRow[] {
  const now = Math.floor(time / bucketMs);
  const rowOf: FlowRow[] = [];
  for (let bucket = now - bucketCount + 1; bucket <= now; bucket += 1) {
    rowOf[bucket & (bucketCount - 1)] = evenRow(1, rateAt(bucket), 0.2, 0.1);
  }
  return rowOf;
}

function dotsAt(rateAt: (bucket: number) => number, time: number): readonly ListedDot[] {
  const moment: FlowMoment = { time: flowTime(time), rowOf: historyOf(rateAt, time), classes: 3 };
  return listDots(edges, moment);
}

const nameOf = (dot: ListedDot) => `${dot.slot}/${dot.birth}`;

describe("the law of the dots", () => {
  it("lets as many dots leave in a window as the rate says, whatever the frame rate", () => {
    const cases = fc.record({
      rate: fc.double({ min: 0.5, max: 60, noNaN: true }),
      frameMs: fc.integer({ min: 5, max: 180 }),
      start: fc.integer({ min: 0, max: 2 ** 40 }),
    });
    fc.assert(
      fc.property(cases, ({ rate, frameMs, start }) => {
        const windowMs = 40_000;
        const born = new Set<string>();
        for (let t = start; t <= start + windowMs; t += frameMs) {
          for (const dot of dotsAt(() => rate, t)) {
            if (((dot.birth - start) | 0) >= 0) born.add(nameOf(dot));
          }
        }
        const expected = (rate * windowMs) / 1000;
        // Each slot is off by at most one birth at either end, and the fractional slot is left to chance.
        const slack = Math.ceil((rate * flight) / 1000) * 0.6 + 4 * Math.sqrt(windowMs / flight) + 2;
        expect(Math.abs(born.size - expected)).toBeLessThanOrEqual(slack);
      }),
      { numRuns: 25 },
    );
  });

  it("lets nothing pop: a dot that has left stays until it arrives, while rates change", () => {
    const rates = [5, 60, 12, 0, 40, 7, 90];
    const rateAt = (bucket: number) => rates[((bucket >> 2) % rates.length) | 0] ?? 0;
    const start = 1_700_000_000_000;
    let before = new Map<string, ListedDot>();
    let births = 0;
    for (let t = start; t < start + 30_000; t += 16) {
      const now = new Map(dotsAt(rateAt, t).map((dot) => [nameOf(dot), dot]));
      for (const [name, dot] of before) {
        const age = flowTime(t) - dot.birth;
        if (!now.has(name)) expect(age).toBeGreaterThanOrEqual(flight - 2);
      }
      for (const [name, dot] of now) {
        if (before.has(name) || t === start) continue;
        births += 1;
        expect(flowTime(t) - dot.birth).toBeLessThanOrEqual(16);
      }
      before = now;
    }
    expect(births).toBeGreaterThan(300);
  });

  it("keeps a dot's class and its place across the lane for its whole way", () => {
    const kinds = new Map<string, number>();
    for (let t = 5_000_000; t < 5_010_000; t += 100) {
      for (const dot of dotsAt(() => 30, t)) {
        expect(kinds.get(nameOf(dot)) ?? dot.kind).toBe(dot.kind);
        kinds.set(nameOf(dot), dot.kind);
      }
    }
    expect(new Set(kinds.values())).toEqual(new Set([0, 1, 2]));
  });

  it("shares dots among the classes as their rates say", () => {
    const many = strewnEdges(40, 800, 600);
    const dots = listDots(many, { time: 123_456_789, rowOf: steady(evenRow(40, 60, 0.2, 0.1)), classes: 3 });
    const share = (kind: number) => dots.filter((dot) => dot.kind === kind).length / dots.length;
    expect(share(1)).toBeCloseTo(0.2, 1);
    expect(share(2)).toBeCloseTo(0.1, 1);
  });

  it("is additive: two classes together make as many dots as their rates together", () => {
    const moment = (row: FlowRow): FlowMoment => ({ time: 999_999, rowOf: steady(row), classes: 3 });
    const alone = listDots(edges, moment(evenRow(1, 40)));
    const shared = listDots(edges, moment(evenRow(1, 40, 0.3, 0.3)));
    expect(shared.map(nameOf)).toEqual(alone.map(nameOf));
  });

  it("shows a quiet edge's rare dot on average as often as it should", () => {
    let seen = 0;
    const frames = 400;
    for (let i = 0; i < frames; i += 1) seen += dotsAt(() => 0.2, i * 7_919).length;
    expect(seen / frames).toBeCloseTo((0.2 * flight) / 1000, 0);
  });

  it("runs on when its clock wraps after 49 days", () => {
    const wrap = 2 ** 32;
    const before = new Set(dotsAt(() => 25, wrap - 8).map(nameOf));
    const after = new Set(dotsAt(() => 25, wrap + 8).map(nameOf));
    const gone = [...before].filter((name) => !after.has(name));
    expect(gone.length).toBeLessThanOrEqual(2);
  });

  it("spreads few dots over the whole edge", () => {
    const places = dotsAt(() => 8, 77_777_777).map((dot) => dot.x);
    const [least, most] = [Math.min(...places), Math.max(...places)];
    expect(most - least).toBeGreaterThan(0.5 * Math.abs(edges.placement.x[0]! - edges.placement.x[1]!));
  });

  it("files every moment under one of sixteen buckets of 1,024 ms", () => {
    expect([0, 1023, 1024, 16 * 1024, 2 ** 32 - 1].map(bucketOf)).toEqual([0, 0, 1, 0, 15]);
  });
});
