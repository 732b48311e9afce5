import type { ObservedService } from "#domain/observed/observation.ts";
import type { OtlpSpan } from "#formats/otlp/trace-request.ts";

import { testStart } from "./manual-clock.ts";

/** An id for tests: any text will do. */
const rootOf = (trace: string): string => `${trace}-root`;

export interface SpanSketch extends Partial<Omit<OtlpSpan, "attributes" | "links">> {
  readonly attributes?: Readonly<Record<string, string>>;
  /** Spans of other traces, as [trace, span]. */
  readonly links?: readonly (readonly [string, string])[];
}

/** A span with the least there can be: a root server span that took 10 ms and went well. */
export function spanOf({ attributes = {}, links = [], ...given }: SpanSketch): OtlpSpan {
  const traceId = given.traceId ?? "trace";
  return {
    traceId,
    spanId: rootOf(traceId),
    parentId: "",
    kind: "server",
    endMs: testStart,
    durationMs: 10,
    isFailure: false,
    traceState: "",
    attributes: new Map(Object.entries(attributes)),
    links: links.map(([trace, span]) => ({ traceId: trace, spanId: span })),
    ...given,
  };
}

export function serviceNamed(name: string, region = "us-east-1"): ObservedService {
  return { kind: "service", region, name };
}
