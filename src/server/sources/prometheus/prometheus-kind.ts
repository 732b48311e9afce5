import type { PartKind } from "../parts/source-part.ts";
import { prometheusSchema, type PrometheusConfig } from "./prometheus-config.ts";
import { PrometheusPart } from "./prometheus-part.ts";

/** Prometheus, and what speaks its API: Thanos, Mimir, VictoriaMetrics. */
export const prometheusKind: PartKind<PrometheusConfig> = {
  schema: prometheusSchema,
  open: (config, options) => new PrometheusPart(config, options),
};
