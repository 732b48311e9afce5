import { isJsonObject } from "#base/json.ts";
import type { Millis } from "#base/time.ts";
import type { Sample } from "#formats/prometheus/sample.ts";

import { readLabels, type LabelMemory } from "./label-memory.ts";
import { parseSeries } from "./read-answer.ts";
import type { CutSeries } from "./series-cutter.ts";

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

function readPoint(pair: unknown): { readonly at: Millis; readonly value: number } | undefined {
  if (!Array.isArray(pair) || typeof pair[0] !== "number") return undefined;
  const value = readValue(pair[1]);
  return value === undefined ? undefined : { at: Math.round(pair[0] * 1000), value };
}

/** How every server writes what stands around the labels, and around the value after them. */
const beforeLabels = '{"metric":';
const beforeTime = ',"value":[';

/**
 * One series of an answer of the type "vector"; undefined for what is none (a native histogram, for one). Written as every server does, it is read without being
 * parsed.
 * @throws UnreadableAnswer when it is no JSON.
 */
export function readSample(series: CutSeries, memory: LabelMemory): Sample | undefined {
  const { text, from, labelsTo, to } = series;
  if (text.startsWith(beforeLabels, from) && text.startsWith(beforeTime, labelsTo)) {
    const quote = text.indexOf('"', labelsTo + beforeTime.length);
    const end = text.indexOf('"', quote + 1);
    if (quote > 0 && end + 3 === to && text.endsWith("]}", to)) {
      const value = readValue(text.slice(quote + 1, end));
      const labels = memory.read(text, from + beforeLabels.length, labelsTo);
      if (value !== undefined && labels !== undefined) return { labels, value };
    }
  }
  const parsed = parseSeries(series);
  if (!isJsonObject(parsed)) return undefined;
  const labels = readLabels(parsed["metric"]);
  const point = readPoint(parsed["value"]);
  return labels === undefined || point === undefined ? undefined : { labels, value: point.value };
}

/**
 * One series of an answer of the type "matrix"; points that are none are left out.
 * @throws UnreadableAnswer when it is no JSON.
 */
export function readPoints(series: CutSeries): SeriesPoints | undefined {
  const parsed = parseSeries(series);
  if (!isJsonObject(parsed)) return undefined;
  const labels = readLabels(parsed["metric"]);
  const { values } = parsed;
  if (labels === undefined || !Array.isArray(values)) return undefined;
  return { labels, points: values.flatMap((pair) => readPoint(pair) ?? []) };
}
