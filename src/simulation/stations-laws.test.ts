import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mulberry32 } from "#base/random.ts";
import { runStation, type StationRun } from "#testing/run-station.ts";

import type { StationRules } from "./stations.ts";

const anyRules: fc.Arbitrary<StationRules> = fc
  .record({
    timeout: fc.double({ min: 0.1, max: 5, noNaN: true }),
    retries: fc.integer({ min: 0, max: 5 }),
    backoff: fc.record({
      jitter: fc.constantFrom("none", "expo", "equal", "full", "decorrelated"),
      base: fc.double({ min: 0.05, max: 1, noNaN: true }),
      cap: fc.double({ min: 1, max: 10, noNaN: true }),
    }),
    budget: fc.option(
      fc.record({
        ratio: fc.double({ min: 0, max: 1, noNaN: true }),
        burst: fc.double({ min: 0, max: 100, noNaN: true }),
      }),
      { nil: undefined },
    ),
    cancelsOnTimeout: fc.boolean(),
  })
  .map(({ budget, ...rules }) => (budget === undefined ? rules : { ...rules, budget }));

/** A station under load, capacity and errors that change at random each second. */
const anyRun: fc.Arbitrary<StationRun> = fc
  .record({
    rules: anyRules,
    seed: fc.integer(),
    level: fc.double({ min: 0, max: 3, noNaN: true }),
    queueLimit: fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: undefined }),
    hasErrors: fc.boolean(),
  })
  .map(({ rules, seed, level, queueLimit, hasErrors }) => {
    const random = mulberry32(seed);
    const seconds = 30;
    const draw = (scale: number): readonly number[] =>
      Array.from({ length: seconds }, () => random() * scale);
    const [loads, capacities, errors] = [draw(100 * level), draw(100), draw(0.3)];
    const isOut = draw(1).map((x) => x < 0.1);
    return {
      rules,
      dt: 0.1,
      seconds,
      load: (t) => loads[Math.floor(t)]!,
      capacity: (t) => (isOut[Math.floor(t)] ? 0 : capacities[Math.floor(t)]!),
      ...(queueLimit === undefined ? {} : { queueLimit }),
      ...(hasErrors ? { errorShare: (t: number) => errors[Math.floor(t)]! } : {}),
    };
  });

const cases = { numRuns: 300 };

describe("laws of a station under random load, capacity, errors and rules", () => {
  it("P2: fresh = good + failed + shed + in flight, after every step", () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        let [fresh, ended, worst] = [0, 0, 0];
        runStation({
          ...run,
          onStep: (stations, _, arrived) => {
            fresh += arrived;
            ended += stations.good[0]! + stations.failed[0]! + stations.shed[0]!;
            const gap = Math.abs(fresh - ended - stations.inFlight(0));
            worst = Math.max(worst, gap / Math.max(1, fresh));
          },
        });
        expect(worst).toBeLessThanOrEqual(1e-9);
      }),
      cases,
    );
  });

  it("P3: nothing is negative, and everything is a number", () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        let isSound = true;
        runStation({
          ...run,
          onStep: (s) => {
            const columns = [s.good, s.failed, s.shed, s.served, s.attempts, s.rejected, s.expired];
            const values = [...columns.map((column) => column[0]!), s.backlog(0), s.inFlight(0)];
            isSound &&= values.every((value) => value >= 0 && value < Infinity);
          },
        });
        expect(isSound).toBe(true);
      }),
      cases,
    );
  });

  it("P6: it never serves more than its capacity, nor answers more than it serves", () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        let [worst, unserved] = [0, 0];
        runStation({
          ...run,
          onStep: (stations, _, __, room) => {
            worst = Math.max(worst, stations.served[0]! - room);
            unserved = Math.max(unserved, stations.good[0]! - stations.served[0]!);
          },
        });
        expect(worst).toBeLessThanOrEqual(1e-12);
        expect(unserved).toBeLessThanOrEqual(1e-9);
      }),
      cases,
    );
  });

  it("keeps no more waiting after a step than its limit", () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        let longest = 0;
        runStation({
          ...run,
          onStep: (stations) => (longest = Math.max(longest, stations.backlog(0))),
        });
        expect(longest).toBeLessThanOrEqual((run.queueLimit ?? Infinity) + 1e-9);
      }),
      cases,
    );
  });

  it("P12: without retries, more capacity never makes more calls fail", () => {
    const more = fc.double({ min: 1, max: 3, noNaN: true });
    fc.assert(
      fc.property(anyRun, more, (run, factor) => {
        const plain = { ...run, rules: { ...run.rules, retries: 0 }, errorShare: () => 0 };
        const small = runStation(plain);
        const large = runStation({ ...plain, capacity: (t) => run.capacity(t) * factor });
        const lost = (totals: typeof small): number => totals.failed + totals.shed;
        expect(lost(large)).toBeLessThanOrEqual(lost(small) + 1e-6);
      }),
      cases,
    );
  });
});

describe("P9: the length of the step", () => {
  it("halved, changes the totals of an outage by less than 1 %", () => {
    const outage: StationRun = {
      rules: {
        timeout: 1,
        retries: 2,
        backoff: { jitter: "full", base: 0.5, cap: 10 },
        budget: { ratio: 0.1, burst: 20 },
        cancelsOnTimeout: false,
      },
      dt: 0.1,
      seconds: 120,
      load: () => 80,
      capacity: (t) => (t >= 30 && t < 40 ? 20 : 100),
    };
    const [coarse, fine] = [runStation(outage), runStation({ ...outage, dt: 0.05 })];
    for (const key of ["good", "failed", "attempts"] as const) {
      expect(Math.abs(coarse[key] - fine[key])).toBeLessThan(0.01 * fine.fresh);
    }
  });
});
