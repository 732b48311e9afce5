import { describe, expect, it } from "vitest";

import { runStation, type StationRun } from "#testing/run-station.ts";

import { noBackoff } from "./backoff.ts";
import type { StationRules } from "./stations.ts";

/**
 * The retry storms of "Metastable Failures in the Wild" (OSDI 2022, artifact lexiangh/Metastability): an insert each 75 us (100 us in the last case),
 * a timeout of 3 s, up to 4 resends at once; the CPU of the primary is cut from 2 to 0.45 or 0.40 at 60 s. Its utilisation before
 * is not published: .38 is the middle of the range, .365 to .390, in which all four published outcomes come out.
 */
const osdiRules: StationRules = { timeout: 3, retries: 4, backoff: noBackoff, cancelsOnTimeout: false };
const osdiUtilisation = 0.38;
const osdiLoad = 1 / 75e-6;
const osdiCapacity = osdiLoad / osdiUtilisation;
const stormCase = { seconds: 10, cpu: 0.4, load: osdiLoad };

/** Share of the calls from 140 s to 160 s that were answered in time. */
function osdiGoodput(
  { seconds, cpu, load }: typeof stormCase,
  dt: number,
  over: Partial<StationRules> = {},
  queueSeconds?: number,
): number {
  const run: StationRun = {
    rules: { ...osdiRules, ...over },
    dt,
    seconds: 160,
    load: () => load,
    capacity: (t) => osdiCapacity * (t >= 60 && t < 60 + seconds ? cpu / 2 : 1),
    ...(queueSeconds === undefined ? {} : { queueLimit: queueSeconds * osdiCapacity }),
  };
  const { good, fresh } = runStation(run, 140);
  return good / fresh;
}

describe("A8: the retry storms of OSDI 2022 at a utilisation of .38", () => {
  it.each([0.05, 0.02])("come out as published, with steps of %d s", (dt) => {
    // (a) 10 s at -78 % recovers.
    expect(osdiGoodput({ ...stormCase, cpu: 0.45 }, dt)).toBeGreaterThanOrEqual(0.95);
    // (b) 10 s at -80 % is metastable.
    expect(osdiGoodput(stormCase, dt)).toBeLessThanOrEqual(0.05);
    // (c) 9 s at -80 % recovers.
    expect(osdiGoodput({ ...stormCase, seconds: 9 }, dt)).toBeGreaterThanOrEqual(0.95);
    // (d) 10 s at -80 % with 30 % less load recovers.
    expect(osdiGoodput({ ...stormCase, load: 1 / 100e-6 }, dt)).toBeGreaterThanOrEqual(0.95);
  });
});

describe("A9: what saves the stuck case of OSDI 2022", () => {
  it("a server that drops the calls of clients who gave up", () => {
    expect(osdiGoodput(stormCase, 0.05, { cancelsOnTimeout: true })).toBeGreaterThanOrEqual(0.95);
  });

  it("a retry budget of 10 %", () => {
    const budget = { ratio: 0.1, burst: 10 };
    expect(osdiGoodput(stormCase, 0.05, { budget })).toBeGreaterThanOrEqual(0.95);
  });

  it("a queue of at most 2 s, but not one of 4 s, which is longer than the timeout", () => {
    expect(osdiGoodput(stormCase, 0.05, {}, 1)).toBeGreaterThanOrEqual(0.95);
    expect(osdiGoodput(stormCase, 0.05, {}, 2)).toBeGreaterThanOrEqual(0.95);
    expect(osdiGoodput(stormCase, 0.05, {}, 4)).toBeLessThanOrEqual(0.05);
  });

  it("a backoff of 1 s with full jitter", () => {
    const backoff = { jitter: "full", base: 1, cap: 20 } as const;
    expect(osdiGoodput(stormCase, 0.05, { backoff })).toBeGreaterThanOrEqual(0.95);
  });
});

/**
 * The worked example of "Metastable Failures in Distributed Systems" (HotOS 2021): a database of 300 queries/s, one retry after a timeout of 1 s, the
 * network out for 10 s (here from 30 s): what is sent meanwhile waits before the database.
 */
const hotosRules: StationRules = { timeout: 1, retries: 1, backoff: noBackoff, cancelsOnTimeout: false };
const hotosCapacity = 300;

interface HotosCase {
  readonly load: number;
  /** The load from one minute after the outage on. */
  readonly cutTo?: number;
  readonly budgetRatio?: number;
  readonly queueSeconds?: number;
}

/** Two hours, because a queue that shrinks by a few queries/s takes long to end; goodput and tries/s in the last minute. */
function hotos({ load, cutTo, budgetRatio, queueSeconds }: HotosCase): { goodput: number; tries: number } {
  const seconds = 7200;
  const run: StationRun = {
    rules: {
      ...hotosRules,
      ...(budgetRatio === undefined ? {} : { budget: { ratio: budgetRatio, burst: 10 } }),
    },
    dt: 0.1,
    seconds,
    load: (t) => (cutTo !== undefined && t >= 100 ? cutTo : load),
    capacity: (t) => (t >= 30 && t < 40 ? 0 : hotosCapacity),
    ...(queueSeconds === undefined ? {} : { queueLimit: queueSeconds * hotosCapacity }),
  };
  const { good, fresh, attempts } = runStation(run, seconds - 60);
  return { goodput: good / fresh, tries: attempts / 60 };
}

const recovered = 0.95;
const stuck = 0.05;

describe("A10: the example of HotOS 2021, a 10-s outage before a database of 300 queries/s", () => {
  it("at 280 queries/s it is stuck at 560 tries/s, with no query answered in time", () => {
    const { goodput, tries } = hotos({ load: 280 });
    expect(goodput).toBeLessThanOrEqual(stuck);
    expect(tries).toBeCloseTo(560, 6);
  });

  it("recovers by itself below 150 queries/s, and not above", () => {
    expect(hotos({ load: 140 }).goodput).toBeGreaterThanOrEqual(recovered);
    expect(hotos({ load: 149 }).goodput).toBeGreaterThanOrEqual(recovered);
    expect(hotos({ load: 151 }).goodput).toBeLessThanOrEqual(stuck);
    expect(hotos({ load: 160 }).goodput).toBeLessThanOrEqual(stuck);
  });

  it("once stuck, a cut to 145 queries/s ends it, and one to 155 does not", () => {
    expect(hotos({ load: 280, cutTo: 145 }).goodput).toBeGreaterThanOrEqual(recovered);
    expect(hotos({ load: 280, cutTo: 155 }).goodput).toBeLessThanOrEqual(stuck);
  });

  it("recovers with fewer than 20 retries/s: a budget of 5 % does it, one of 8 % does not", () => {
    expect(hotos({ load: 280, budgetRatio: 0.05 }).goodput).toBeGreaterThanOrEqual(recovered);
    expect(hotos({ load: 280, budgetRatio: 0.08 }).goodput).toBeLessThanOrEqual(stuck);
    // The boundary: 280 x 7 % = 19.6 retries/s, 280 x 7.3 % = 20.4.
    expect(hotos({ load: 280, budgetRatio: 0.07 }).goodput).toBeGreaterThanOrEqual(recovered);
    expect(hotos({ load: 280, budgetRatio: 0.073 }).goodput).toBeLessThanOrEqual(stuck);
  });
});

describe("A11: a queue shorter than the timeout never goes metastable", () => {
  it("at 280 of 300 queries/s with a timeout of 1 s, a queue of .9 s recovers and one of 1.05 s is stuck", () => {
    expect(hotos({ load: 280, queueSeconds: 0.9 }).goodput).toBeGreaterThanOrEqual(recovered);
    expect(hotos({ load: 280, queueSeconds: 1.05 }).goodput).toBeLessThanOrEqual(stuck);
  });
});
