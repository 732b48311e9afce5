import { noBackoff } from "#simulation/backoff.ts";
import { streamOf } from "#simulation/chance.ts";
import { defaultDnsCurve, staleShare } from "#simulation/dns-curve.ts";
import { contestBackoff, runContest } from "#simulation/published/backoff-contest.ts";
import { runCollapse } from "#simulation/published/collapse-model.ts";
import { Fleet, launchTimes } from "#simulation/scaling/instances.ts";

import { hexOf } from "./exact-math-golden.ts";
import { runStation } from "./run-station.ts";

/** One run of each model that draws or calls exp, log or pow, as the bits of what came out: the same in every engine. */
export function simulationDigest(): readonly string[] {
  const contest = runContest(50, { jitter: "decorrelated", ...contestBackoff }, streamOf(7, "contest"));
  const collapse = runCollapse({ spike: 80, hasBackoff: true }, streamOf(7, "collapse"));
  const fleet = new Fleet([10, 10, 10], streamOf(7, "instances"));
  fleet.launch(0, 50, launchTimes.classic);
  const storm = runStation({
    rules: { timeout: 3, retries: 4, backoff: noBackoff, cancelsOnTimeout: false },
    dt: 0.05,
    seconds: 100,
    load: (t) => 1000 * staleShare(defaultDnsCurve, t - 50),
    capacity: (t) => (t > 60 && t < 80 ? 100 : 1500),
    errorShare: () => 0.01,
  });
  return [
    contest.calls,
    contest.time,
    collapse.started,
    collapse.succeeded,
    fleet.strength(1800),
    storm.good,
    storm.failed,
    storm.attempts,
    storm.inFlight,
  ].map(hexOf);
}

/** What it must be: Node 20's, and so everybody's. */
export const goldenDigestOfSimulation: readonly string[] = [
  "4076700000000000",
  "40a0a8edb1ee62b9",
  "4088980000000000",
  "4089600000000000",
  "404de1895f83f302",
  "40ed1583dcd87242",
  "40cf757e6e464f05",
  "41034ec925ecd020",
  "40b502a5faedbe4c",
];
