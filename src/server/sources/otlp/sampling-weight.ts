import type { Attributes } from "#formats/otlp/trace-request.ts";

/** One request in a million is the rarest sampling that is believed. */
const greatestWeight = 1_000_000;

/**
 * How many requests a span stands for: what tracestate says (`ot=th:...`, https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/, or the
 * older `ot=p:...`), else the ratio under `samplingKey` of the span or its resource, else 1. A ratio above 1 can be none: it is read as "one in so many", which
 * is how some write it.
 */
export function weightOf(
  traceState: string,
  attributes: Attributes,
  resource: Attributes,
  samplingKey: string,
): number {
  const told = traceState === "" ? undefined : weightOfTraceState(traceState);
  const weight = told ?? weightOfRatio(attributes.get(samplingKey) ?? resource.get(samplingKey));
  return Math.min(greatestWeight, weight ?? 1);
}

function weightOfTraceState(traceState: string): number | undefined {
  const member = /(?:^|,)\s*ot=([^,]*)/.exec(traceState)?.[1];
  if (member === undefined) return undefined;
  const threshold = /(?:^|;)th:([0-9a-f]{1,14})\s*(?:;|$)/.exec(member)?.[1];
  if (threshold !== undefined) {
    // The share that is left out, as a fraction in base 16 of at most 56 bits.
    return 1 / (1 - Number.parseInt(threshold, 16) / 16 ** threshold.length);
  }
  const exponent = /(?:^|;)p:(\d{1,2})\s*(?:;|$)/.exec(member)?.[1];
  if (exponent === undefined || Number(exponent) > 63) return undefined;
  // 63 stands for a probability of zero: recorded, but standing for no others.
  return Number(exponent) === 63 ? 0 : 2 ** Number(exponent);
}

function weightOfRatio(text: string | undefined): number | undefined {
  const ratio = text === undefined ? NaN : Number(text);
  if (!(ratio > 0) || ratio === Infinity) return undefined;
  return ratio <= 1 ? 1 / ratio : ratio;
}
