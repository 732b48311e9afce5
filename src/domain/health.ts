import type { TrafficClass } from "./traffic-class.ts";

/** Traffic of one row (an edge, a node) by severity, requests per second. */
export interface SeverityRates {
  readonly total: number;
  readonly warning: number;
  readonly danger: number;
}

export type Health = "healthy" | "degraded" | "failing" | "silent";

/** Shares from which a row counts as degraded or failing: Kiali's default tolerances for 5xx are > 0 and >= 10 %; ours leave room for noise. */
export const healthThresholds = { degradedWarning: 0.05, degradedDanger: 0.01, failingDanger: 0.1 } as const;

/** Splits a row of a column such as `rates` by the severity of its classes. Unknown and negative rates count as 0. */
export function severityRates(
  column: Float64Array,
  row: number,
  classes: readonly TrafficClass[],
): SeverityRates {
  let total = 0;
  let warning = 0;
  let danger = 0;
  for (let c = 0; c < classes.length; c += 1) {
    const rate = column[row * classes.length + c]!;
    if (!(rate > 0)) continue;
    total += rate;
    const severity = classes[c]?.severity;
    if (severity === "danger") danger += rate;
    else if (severity === "warning") warning += rate;
  }
  return { total, warning, danger };
}

/** Share of failed requests, 0 to 1; 0 where nothing flows. */
export function errorShare(rates: SeverityRates): number {
  return rates.total > 0 ? rates.danger / rates.total : 0;
}

export function healthOf(rates: SeverityRates): Health {
  if (rates.total <= 0) return "silent";
  const danger = rates.danger / rates.total;
  if (danger >= healthThresholds.failingDanger) return "failing";
  if (danger >= healthThresholds.degradedDanger) return "degraded";
  return rates.warning / rates.total >= healthThresholds.degradedWarning ? "degraded" : "healthy";
}
