import { Stations, type StationRules } from "#simulation/stations.ts";

/** One station from the beginning: rates in calls/s as functions of the seconds since the start. */
export interface StationRun {
  readonly rules: StationRules;
  readonly dt: number;
  readonly seconds: number;
  readonly load: (t: number) => number;
  readonly capacity: (t: number) => number;
  /** The most calls that may wait. */
  readonly queueLimit?: number;
  readonly errorShare?: (t: number) => number;
  /** Looks at the station after each step. */
  readonly onStep?: (stations: Stations, t: number, fresh: number, room: number) => void;
}

export interface StationTotals {
  readonly fresh: number;
  readonly good: number;
  readonly failed: number;
  readonly shed: number;
  readonly attempts: number;
  readonly inFlight: number;
}

/** The totals, in calls, from `from` seconds to the end. */
export function runStation(run: StationRun, from = 0): StationTotals {
  const stations = new Stations([run.rules], run.dt);
  if (run.queueLimit !== undefined) stations.queueLimit[0] = run.queueLimit;
  const totals = { fresh: 0, good: 0, failed: 0, shed: 0, attempts: 0, inFlight: 0 };
  const steps = Math.round(run.seconds / run.dt);
  for (let k = 0; k < steps; k += 1) {
    // The middle of the step, so that a rounding error never moves a change of load to the next.
    const t = (k + 0.5) * run.dt;
    const fresh = run.load(t) * run.dt;
    const room = run.capacity(t) * run.dt;
    stations.step(0, fresh, room, run.errorShare?.(t) ?? 0);
    stations.advance();
    run.onStep?.(stations, t, fresh, room);
    if (t < from) continue;
    totals.fresh += fresh;
    totals.good += stations.good[0]!;
    totals.failed += stations.failed[0]!;
    totals.shed += stations.shed[0]!;
    totals.attempts += stations.attempts[0]!;
  }
  totals.inFlight = stations.inFlight(0);
  return totals;
}
