import { err, ok, type Result } from "#base/result.ts";

import type { ChosenRegions } from "../graph/choose-regions.ts";
import type { RegionGraph } from "../graph/drill-graph.ts";
import { capacityInterval } from "../graph/known-capacity.ts";
import type { DrillFault } from "../plan/drill-fault.ts";
import type { DrillPlan } from "../plan/drill-plan.ts";
import { listed, shown } from "../plan/field-reader.ts";

/** Share of the victim's traffic by the name of the saviour; they add up to 1, and every saviour has one. */
export type Shares = ReadonlyMap<string, number>;

/** Divides the victim's traffic by the plan's rule. Fails with `no-capacity` where headroom is asked for and unknown, and with `bad-plan`. */
export function splitTraffic(
  { saviours }: ChosenRegions,
  { split, capacityFactor }: Pick<DrillPlan, "split" | "capacityFactor">,
): Result<Shares, DrillFault> {
  switch (split.kind) {
    case "headroom":
      return byHeadroom(saviours, capacityFactor);
    case "current-share":
      return byCurrentShare(saviours);
    case "manual":
      return byHand(saviours, split.shares);
  }
}

/** Who has no known capacity gets nothing; where nobody has room left, capacities stand for it. */
function byHeadroom(saviours: readonly RegionGraph[], factor: number): Result<Shares, DrillFault> {
  const capacities = saviours.map(({ capacity }) => {
    const { low } = capacityInterval(capacity, factor);
    return Number.isNaN(low) ? 0 : low;
  });
  if (capacities.every((capacity) => capacity === 0)) {
    const names = listed(saviours.map(({ label }) => shown(label)));
    return err({
      kind: "no-capacity",
      message: `Nobody knows what ${names} can take, so that nothing can be divided by headroom. Split by current share, or give the regions a maxVolume or a capacity.`,
    });
  }
  const rooms = saviours.map(({ inbound }, i) => Math.max(0, (capacities[i] ?? 0) - inbound));
  return ok(scaled(saviours, rooms.some((room) => room > 0) ? rooms : capacities));
}

function byCurrentShare(saviours: readonly RegionGraph[]): Result<Shares, DrillFault> {
  const volumes = saviours.map(({ inbound }) => inbound);
  if (volumes.some((volume) => volume > 0)) return ok(scaled(saviours, volumes));
  const names = listed(saviours.map(({ label }) => shown(label)));
  return err({
    kind: "bad-plan",
    message: `${names} carry nothing now, so that nothing can be divided by current share. Split by headroom, or by hand.`,
  });
}

function byHand(
  saviours: readonly RegionGraph[],
  shares: Readonly<Record<string, number>>,
): Result<Shares, DrillFault> {
  const given = new Map(Object.entries(shares));
  const known = new Set(saviours.map(({ name }) => name));
  const stranger = [...given.keys()].find((name) => !known.has(name));
  if (stranger !== undefined) {
    return err({
      kind: "bad-plan",
      message: `${shown(stranger)} has a share, and is none of the saviours. Give shares to ${listed([...known].map(shown))} only.`,
    });
  }
  const weights = saviours.map(({ name }) => given.get(name) ?? 0);
  const isGood = weights.every((weight) => weight >= 0 && weight < Infinity);
  if (!isGood || !weights.some((weight) => weight > 0)) {
    return err({
      kind: "bad-plan",
      message:
        "The shares must be numbers from 0 on, and at least one above 0. Give one of the saviours a share.",
    });
  }
  return ok(scaled(saviours, weights));
}

function scaled(saviours: readonly RegionGraph[], weights: readonly number[]): Shares {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return new Map(saviours.map(({ name }, i) => [name, (weights[i] ?? 0) / sum]));
}
