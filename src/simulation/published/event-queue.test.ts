import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EventQueue } from "./event-queue.ts";

describe("a queue of events", () => {
  it("gives them in order of time, and those of one time in order of arrival", () => {
    const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 });
    fc.assert(
      fc.property(times, (all) => {
        const queue = new EventQueue<{ at: number; order: number }>();
        for (const [order, at] of all.entries()) queue.add(at, { at, order });
        const expected = all
          .map((at, order) => ({ at, order }))
          .toSorted((a, b) => a.at - b.at || a.order - b.order);
        for (const event of expected) {
          expect(queue.next()).toEqual(event);
          expect(queue.now).toBe(event.at);
        }
        expect(queue.next()).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("takes events while it is emptied", () => {
    const queue = new EventQueue<string>();
    queue.add(5, "last");
    queue.add(1, "first");
    expect(queue.next()).toBe("first");
    queue.add(3, "between");
    expect([queue.next(), queue.next(), queue.next()]).toEqual(["between", "last", undefined]);
  });
});
