import type { Millis } from "#base/time.ts";

/** What Spillway needs of an ExportTraceServiceRequest (https://github.com/open-telemetry/opentelemetry-proto, trace/v1). */
export interface TraceRequest {
  readonly resources: readonly ResourceSpans[];
  /** Spans whose ids are none: of the wrong length, or all zeros. They are left out. */
  readonly invalid: number;
}

/** The spans of one program. */
export interface ResourceSpans {
  readonly attributes: Attributes;
  /** Without the internal ones. */
  readonly spans: readonly OtlpSpan[];
  /** Spans of kind internal or of no kind: work inside a service, no traffic. */
  readonly internal: number;
}

export type SpanKind = "internal" | "server" | "client" | "producer" | "consumer";

export interface OtlpSpan extends SpanRef {
  /** Empty: the span is the root of its trace. */
  readonly parentId: PackedId;
  readonly kind: SpanKind;
  readonly endMs: Millis;
  /** NaN where it ends before it begins. */
  readonly durationMs: number;
  /** Its status is an error. */
  readonly isFailure: boolean;
  /** W3C tracestate; empty where there is none. */
  readonly traceState: string;
  readonly attributes: Attributes;
  /** At most `limits.links`. */
  readonly links: readonly SpanRef[];
}

export interface SpanRef {
  readonly traceId: PackedId;
  readonly spanId: PackedId;
}

/** The bytes of an id, two in each UTF-16 unit: a short key for maps, nothing for people. */
export type PackedId = string;

/** Those that were asked for, as texts: numbers and truth values as JSON writes them. Lists, maps and bytes are left out. */
export type Attributes = ReadonlyMap<string, string>;

export interface ReadOptions {
  /** Names of the attributes to read; all others are passed over. */
  readonly wanted: ReadonlySet<string>;
}

/** Why a body was not read. `malformed`: it is no trace request. `too-large`: it holds more spans than are taken at once. */
export interface TraceFailure {
  readonly kind: "malformed" | "too-large";
  readonly message: string;
}

export const limits = {
  /** Spans in one body; a collector sends 8,192 unless told otherwise. */
  spans: 100_000,
  /** Links of one span. */
  links: 128,
  /** Bytes (protobuf) or UTF-16 units (JSON) of a text; the rest is cut off. */
  textLength: 1024,
} as const;

export const kindsByNumber: readonly SpanKind[] = [
  "internal",
  "internal",
  "server",
  "client",
  "producer",
  "consumer",
];

/** The number of STATUS_CODE_ERROR. */
export const errorStatus = 2;

export function tooManySpans(): TraceFailure {
  const most = limits.spans.toLocaleString("en-US");
  return {
    kind: "too-large",
    message: `There are more than ${most} spans in this body; send smaller batches.`,
  };
}
