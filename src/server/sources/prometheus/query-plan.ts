import { freePlan } from "#formats/prometheus/free-mapping.ts";
import { presets } from "#formats/prometheus/presets/presets.ts";
import type { QueryPlan } from "#formats/prometheus/query-plan.ts";

import type { PartOptions } from "../parts/source-part.ts";
import type { PrometheusConfig } from "./prometheus-config.ts";

/** What a source asks, by its settings and by the rules of its feed. */
export function planOf(
  config: PrometheusConfig,
  { regions, statuses }: Pick<PartOptions, "regions" | "statuses">,
): QueryPlan {
  const { asks, windowMs, externalRegionLabel, entries } = config;
  const shared = { windowMs, externalRegionLabel, entries, regions, statuses };
  return asks.kind === "mapping"
    ? freePlan({ ...asks.mapping, ...shared })
    : presets[asks.preset]({ ...asks, ...shared });
}
