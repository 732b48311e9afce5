import { describe, expect, it } from "vitest";

import { defaultBackoff, noBackoff } from "./backoff.ts";
import { Stations, type StationRules } from "./stations.ts";

const rules: StationRules = { timeout: 1, retries: 0, backoff: noBackoff, cancelsOnTimeout: false };

/** A station with steps of 0.1 s, and a hand to step it. */
function build(over: Partial<StationRules> = {}) {
  const stations = new Stations([{ ...rules, ...over }], 0.1);
  const step = (fresh: number, room: number, errorShare = 0, times = 1): void => {
    for (let k = 0; k < times; k += 1) {
      stations.step(0, fresh, room, errorShare);
      stations.advance();
    }
  };
  return { stations, step };
}

describe("a station", () => {
  it("answers what arrives, in the same step, while it has room", () => {
    const { stations, step } = build();
    step(7, 10);
    expect([stations.good[0], stations.served[0], stations.attempts[0], stations.backlog(0)]).toEqual([
      7, 7, 7, 0,
    ]);
  });

  it("keeps waiting what it cannot serve, and serves the oldest first", () => {
    const { stations, step } = build();
    step(15, 10);
    expect([stations.good[0], stations.backlog(0), stations.inFlight(0)]).toEqual([10, 5, 5]);
    step(0, 10);
    expect([stations.good[0], stations.backlog(0)]).toEqual([5, 0]);
  });

  it("fails calls after the timeout, and then works on those that nobody waits for", () => {
    const { stations, step } = build();
    step(5, 0);
    step(0, 0, 0, 9);
    expect([stations.failed[0], stations.inFlight(0)]).toEqual([0, 5]);
    step(0, 0);
    expect([stations.failed[0], stations.expired[0], stations.inFlight(0), stations.backlog(0)]).toEqual([
      5, 5, 0, 5,
    ]);
    step(3, 6);
    expect([stations.good[0], stations.served[0], stations.backlog(0)]).toEqual([1, 6, 2]);
  });

  it("forgets abandoned calls where the server cancels on the deadline", () => {
    const { stations, step } = build({ cancelsOnTimeout: true });
    step(5, 0);
    step(0, 0, 0, 10);
    expect([stations.failed[0], stations.backlog(0)]).toEqual([5, 0]);
  });

  it("sheds what finds the queue full", () => {
    const { stations, step } = build();
    stations.queueLimit[0] = 4;
    step(20, 10);
    expect([stations.good[0], stations.shed[0], stations.rejected[0], stations.backlog(0)]).toEqual([
      10, 6, 6, 4,
    ]);
  });

  it("tries again what timed out, at once without backoff, and fails it after the last retry", () => {
    const { stations, step } = build({ retries: 1, cancelsOnTimeout: true });
    step(5, 0, 0);
    step(0, 0, 0, 10);
    expect([stations.failed[0], stations.attempts[0], stations.inFlight(0)]).toEqual([0, 5, 5]);
    step(0, 0, 0, 10);
    expect([stations.failed[0], stations.inFlight(0)]).toEqual([5, 0]);
  });

  it("spreads full jitter evenly over the backoff: 0.2 s before the first retry", () => {
    const { stations, step } = build({ retries: 1, backoff: defaultBackoff });
    step(8, 10, 1);
    expect([stations.good[0], stations.failed[0], stations.inFlight(0)]).toEqual([0, 0, 8]);
    step(0, 10);
    expect(stations.good[0]).toBeCloseTo(4, 12);
    step(0, 10);
    expect(stations.good[0]).toBeCloseTo(4, 12);
    expect(stations.inFlight(0)).toBe(0);
  });

  it("learns late of an error that takes long", () => {
    const { stations, step } = build({ retries: 1 });
    stations.setErrorDelay(0, 0.5);
    step(8, 10, 1);
    step(0, 10, 0, 5);
    expect([stations.good[0], stations.inFlight(0)]).toEqual([0, 8]);
    step(0, 10);
    expect(stations.good[0]).toBe(8);
  });

  it("gives up sooner where a part of the timeout is spent elsewhere", () => {
    const { stations, step } = build();
    stations.setTimeout(0, 0.3);
    step(5, 0, 0, 3);
    expect(stations.failed[0]).toBe(0);
    step(0, 0);
    expect(stations.failed[0]).toBe(5);
  });

  it("retries no more than its budget: the burst first, then the share of fresh calls", () => {
    const { stations, step } = build({ retries: 3, budget: { ratio: 0.1, burst: 5 } });
    step(10, 100, 1);
    // Five of ten failures find a token.
    expect([stations.failed[0], stations.inFlight(0)]).toEqual([5, 5]);
    step(10, 100, 1);
    // One token for ten fresh calls.
    expect([stations.attempts[0], stations.failed[0], stations.inFlight(0)]).toEqual([15, 14, 1]);
  });

  it("keeps stations apart, whatever their rules", () => {
    const field = new Stations([rules, { ...rules, retries: 4, timeout: 3 }, rules], 0.1);
    for (let k = 0; k < 50; k += 1) {
      field.step(0, 5, 10);
      field.step(1, 20, 10, 0.2);
      field.step(2, 5, 10);
      field.advance();
    }
    expect([field.good[0], field.good[2], field.backlog(0), field.backlog(2)]).toEqual([5, 5, 0, 0]);
    expect(field.backlog(1)).toBeGreaterThan(100);
  });
});
