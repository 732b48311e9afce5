import { isJsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";
import type { Sample } from "#formats/prometheus/sample.ts";

/** A series over a range of time. */
export interface SeriesPoints {
  readonly labels: Sample["labels"];
  readonly points: readonly { readonly at: Millis; readonly value: number }[];
}

/** A number as Prometheus writes it: "1.5", "NaN", "+Inf". Undefined for what is none. */
function readValue(raw: unknown): number | undefined {
  if (typeof raw !== "string" || raw.trim() === "") return undefined;
  if (raw === "+Inf" || raw === "Inf") return Infinity;
  if (raw === "-Inf") return -Infinity;
  const value = Number(raw);
  return Number.isNaN(value) && raw !== "NaN" ? undefined : value;
}

function readLabels(metric: unknown): Record<string, string> | undefined {
  if (!isJsonObject(metric)) return undefined;
  for (const name in metric) if (typeof metric[name] !== "string") return undefined;
  // Every value has been looked at; a copy per series would cost as much as reading it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return metric as Record<string, string>;
}

function readPoint(pair: unknown): { readonly at: Millis; readonly value: number } | undefined {
  if (!Array.isArray(pair) || typeof pair[0] !== "number") return undefined;
  const value = readValue(pair[1]);
  return value === undefined ? undefined : { at: Math.round(pair[0] * 1000), value };
}

/** One series of an answer of the type "vector"; undefined for what is none (a native histogram, for one). */
export function readSample(series: unknown): Sample | undefined {
  if (!isJsonObject(series)) return undefined;
  const labels = readLabels(series["metric"]);
  const point = readPoint(series["value"]);
  return labels === undefined || point === undefined ? undefined : { labels, value: point.value };
}

/** One series of an answer of the type "matrix"; points that are none are left out. */
export function readPoints(series: unknown): SeriesPoints | undefined {
  if (!isJsonObject(series)) return undefined;
  const labels = readLabels(series["metric"]);
  const { values } = series;
  if (labels === undefined || !Array.isArray(values)) return undefined;
  return { labels, points: values.flatMap((pair) => readPoint(pair) ?? []) };
}
