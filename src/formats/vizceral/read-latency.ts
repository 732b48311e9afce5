import { isJsonObject } from "#base/json.ts";

import { readNumber, type Scalar } from "./read-scalar.ts";
import type { Latency } from "./reading-context.ts";

const percentiles: ReadonlySet<string> = new Set(["p50", "p95", "p99"]);

/** An addition to Vizceral's format: {p50, p95, p99} in milliseconds, any of them. Undefined for anything else. */
export function readLatency(raw: unknown): Scalar<Latency> | undefined {
  if (!isJsonObject(raw)) return undefined;
  const keys = Object.keys(raw);
  if (keys.length === 0 || !keys.every((key) => percentiles.has(key) && isLatency(raw[key])))
    return undefined;
  const value = (key: string) => readNumber(raw[key])?.value ?? NaN;
  return { value: { p50: value("p50"), p95: value("p95"), p99: value("p99") } };
}

function isLatency(raw: unknown): boolean {
  return typeof raw === "number" && Number.isFinite(raw) && raw >= 0;
}
