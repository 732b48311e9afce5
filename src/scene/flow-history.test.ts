import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { frozenAt, type TimeMap } from "#base/time-map.ts";
import { evenRow } from "#testing/flow-scene.ts";

import { FlowHistory } from "./flow-history.ts";
import { bucketCount, bucketMs } from "./flow-law.ts";

const began = 1_700_000_000_000;

/** One row a second, each with a rate of its own. */
const rows = Array.from({ length: 200 }, (_, second) => evenRow(1, second, 0, 0, began + second * 1000));

function playing(from: number, speed: number): TimeMap {
  return { wallAt: 0, dataAt: from, motionAt: from, speed, holdAt: Infinity };
}

function ratesOf(history: FlowHistory): readonly (number | undefined)[] {
  return history.rowOf.map((row) => row?.columns[0]);
}

function soughtTo(data: number): FlowHistory {
  const history = new FlowHistory();
  history.setRows(rows);
  history.advance(frozenAt(data, 0), 0);
  return history;
}

describe("the history of rates", () => {
  it("is the same whether a moment was sought or played to, at any frame rate", () => {
    const cases = fc.record({
      target: fc.integer({ min: 20_000, max: 150_000 }),
      // Seconds: a page that was hidden, or that stalled, skips whole buckets.
      frameMs: fc.oneof(fc.integer({ min: 4, max: 900 }), fc.integer({ min: 1100, max: 9000 })),
      before: fc.integer({ min: 17_000, max: 19_999 }),
    });
    fc.assert(
      fc.property(cases, ({ target, frameMs, before }) => {
        const history = new FlowHistory();
        history.setRows(rows);
        const from = began + target - before;
        const map = playing(from, 1);
        for (let wall = 0; wall < before; wall += frameMs) history.advance(map, wall);
        history.advance(map, before);
        expect(ratesOf(history)).toEqual(ratesOf(soughtTo(began + target)));
      }),
    );
  });

  it("is the same after 16x, once time stands still", () => {
    const history = new FlowHistory();
    history.setRows(rows);
    const map = playing(began + 20_000, 16);
    for (let wall = 0; wall <= 5_000; wall += 16) history.advance(map, wall);
    const stopped = began + 20_000 + 16 * 5_000;
    history.restart();
    history.advance(frozenAt(stopped, 5_000), 5_000);
    expect(ratesOf(history)).toEqual(ratesOf(soughtTo(stopped)));
  });

  it("takes rates from data time and motion at twice the speed at most", () => {
    const history = new FlowHistory();
    history.setRows(rows);
    const map = playing(began, 16);
    for (let wall = 0; wall <= 6_000; wall += 16) history.advance(map, wall);
    // After 6 s at 16x the data are 96 s on; motion has gone 12 s.
    const newest = Math.floor((began + 12_000) / bucketMs) & (bucketCount - 1);
    expect(history.rowOf[newest]?.columns[0]).toBeGreaterThan(85);
  });

  it("keeps the rate that held when a dot left, whatever comes after", () => {
    const history = new FlowHistory();
    history.setRows(rows.slice(0, 31));
    const map = playing(began + 30_000, 1);
    history.advance(map, 0);
    const before = ratesOf(history);
    history.addRow(evenRow(1, 999, 0, 0, began + 31_000), began + 15_000);
    history.advance(map, 2_500);
    const changed = ratesOf(history).filter((rate, bucket) => rate !== before[bucket]);
    // Two or three buckets have begun since; none that had begun before has another rate now.
    expect(changed.length).toBeLessThanOrEqual(3);
    expect(changed).toContain(999);
  });

  it("keeps the row that holds at the oldest moment that is needed, and drops what is older", () => {
    const history = new FlowHistory();
    history.setRows(rows.slice(0, 50));
    history.addRow(evenRow(1, 50, 0, 0, began + 50_000), began + 34_500);
    expect(history.rows[0]?.at).toBe(began + 34_000);
    expect(history.rows).toHaveLength(17);
  });

  it("takes the first frame for what was before it", () => {
    expect(ratesOf(soughtTo(began - 1))).toEqual(Array.from({ length: bucketCount }, () => 0));
    expect(new Set(ratesOf(soughtTo(began + 2_500)))).toEqual(new Set([0, 1, 2]));
  });

  it("shows nothing before any frame has come", () => {
    const history = new FlowHistory();
    history.advance(frozenAt(began, 0), 0);
    expect(ratesOf(history).every((rate) => rate === undefined)).toBe(true);
  });
});
