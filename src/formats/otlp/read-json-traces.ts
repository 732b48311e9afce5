import { isJsonObject } from "#base/json.ts";
import { err, ok, type Result } from "#base/result.ts";

import { packHex } from "./packed-id.ts";
import {
  errorStatus,
  kindsByNumber,
  limits,
  tooManySpans,
  type OtlpSpan,
  type ReadOptions,
  type ResourceSpans,
  type SpanRef,
  type TraceFailure,
  type TraceRequest,
} from "./trace-request.ts";

interface Reading {
  readonly wanted: ReadonlySet<string>;
  spans: number;
  invalid: number;
  internal: number;
}

/**
 * Reads ExportTraceServiceRequest bodies in JSON: hexadecimal ids, numbers of 64 bits as texts or numbers, names of enums or their numbers; fields that are not
 * needed are passed over. null stands for "not there", as protobuf's JSON has it.
 */
export function readJsonTraces(text: string, { wanted }: ReadOptions): Result<TraceRequest, TraceFailure> {
  let input: unknown;
  try {
    input = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error: unknown) {
    return malformed(error instanceof Error ? error.message : "it cannot be parsed");
  }
  const reading: Reading = { wanted, spans: 0, invalid: 0, internal: 0 };
  if (!isJsonObject(input)) return malformed("it is not an object");
  const list = listIn(input, "resourceSpans");
  if (list === undefined) return malformed("resourceSpans is not a list");
  const resources: ResourceSpans[] = [];
  for (const [index, item] of list.entries()) {
    const place = `resourceSpans[${index}]`;
    if (!isJsonObject(item)) return malformed(`${place} is not an object`);
    const scopes = listIn(item, "scopeSpans");
    if (scopes === undefined) return malformed(`${place}.scopeSpans is not a list`);
    const resource = item["resource"] ?? {};
    if (!isJsonObject(resource)) return malformed(`${place}.resource is not an object`);
    const spans: OtlpSpan[] = [];
    reading.internal = 0;
    for (const [at, scope] of scopes.entries()) {
      const here = `${place}.scopeSpans[${at}]`;
      if (!isJsonObject(scope)) return malformed(`${here} is not an object`);
      const raw = listIn(scope, "spans");
      if (raw === undefined) return malformed(`${here}.spans is not a list`);
      reading.spans += raw.length;
      if (reading.spans > limits.spans) return err(tooManySpans());
      for (const [number, span] of raw.entries()) {
        if (!isJsonObject(span)) return malformed(`${here}.spans[${number}] is not an object`);
        const read = spanOf(span, reading);
        if (read !== undefined) spans.push(read);
      }
    }
    resources.push({ attributes: attributesOf(resource, wanted), spans, internal: reading.internal });
  }
  return ok({ resources, invalid: reading.invalid });
}

function malformed(why: string): Result<TraceRequest, TraceFailure> {
  return err(malformedJson(why));
}

export function malformedJson(why: string): TraceFailure {
  return { kind: "malformed", message: `This is no trace request in JSON: ${why}.` };
}

/** An empty list where there is none; undefined where something else stands. */
function listIn(object: Record<string, unknown>, key: string): readonly unknown[] | undefined {
  const value = object[key] ?? [];
  return Array.isArray(value) ? value : undefined;
}

function spanOf(raw: Record<string, unknown>, reading: Reading): OtlpSpan | undefined {
  const ref = refOf(raw);
  if (ref === undefined) {
    reading.invalid += 1;
    return undefined;
  }
  const kind = kindOf(raw["kind"]);
  if (kind === "internal") {
    reading.internal += 1;
    return undefined;
  }
  const start = nanosOf(raw["startTimeUnixNano"]);
  const end = nanosOf(raw["endTimeUnixNano"]);
  const status = raw["status"];
  const parent = raw["parentSpanId"];
  return {
    ...ref,
    parentId: typeof parent === "string" ? (packHex(parent, 8) ?? "") : "",
    kind,
    endMs: Number(end) / 1e6,
    durationMs: end < start ? NaN : Number(end - start) / 1e6,
    isFailure: isJsonObject(status) && isError(status["code"]),
    traceState: typeof raw["traceState"] === "string" ? raw["traceState"].slice(0, limits.textLength) : "",
    attributes: attributesOf(raw, reading.wanted),
    links: linksOf(raw["links"]),
  };
}

function refOf(raw: Record<string, unknown>): SpanRef | undefined {
  const { traceId, spanId } = raw;
  const trace = typeof traceId === "string" ? packHex(traceId, 16) : undefined;
  const span = typeof spanId === "string" ? packHex(spanId, 8) : undefined;
  return trace === undefined || span === undefined ? undefined : { traceId: trace, spanId: span };
}

function kindOf(raw: unknown): OtlpSpan["kind"] {
  if (typeof raw === "number") return kindsByNumber[raw] ?? "internal";
  // The specification asks for numbers; protobuf's own JSON writes names.
  const name = typeof raw === "string" ? raw.replace(/^SPAN_KIND_/, "").toLowerCase() : "";
  return kindsByNumber.find((kind) => kind === name) ?? "internal";
}

function isError(code: unknown): boolean {
  return code === errorStatus || code === "STATUS_CODE_ERROR";
}

function nanosOf(raw: unknown): bigint {
  if (typeof raw === "string" && /^\d{1,20}$/.test(raw)) return BigInt.asUintN(64, BigInt(raw));
  if (typeof raw === "number" && raw >= 0 && raw < 2 ** 64) return BigInt(Math.trunc(raw));
  return 0n;
}

function linksOf(raw: unknown): readonly SpanRef[] {
  if (!Array.isArray(raw)) return [];
  return raw.slice(0, limits.links).flatMap((link: unknown) => {
    const ref = isJsonObject(link) ? refOf(link) : undefined;
    return ref === undefined ? [] : [ref];
  });
}

function attributesOf(
  owner: Record<string, unknown>,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const list = owner["attributes"];
  if (!Array.isArray(list)) return found;
  for (const item of list as readonly unknown[]) {
    if (!isJsonObject(item) || typeof item["key"] !== "string" || !wanted.has(item["key"])) continue;
    const value = valueOf(item["value"]);
    if (value !== undefined) found.set(item["key"], value.slice(0, limits.textLength));
  }
  return found;
}

function valueOf(raw: unknown): string | undefined {
  if (!isJsonObject(raw)) return undefined;
  const { stringValue, boolValue, intValue, doubleValue } = raw;
  if (typeof stringValue === "string") return stringValue;
  if (typeof boolValue === "boolean") return String(boolValue);
  for (const value of [intValue, doubleValue]) {
    if (typeof value === "number" || typeof value === "string") return String(value);
  }
  return undefined;
}
