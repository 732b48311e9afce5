import { err, ok, type Result } from "#base/result.ts";

import { packBytes } from "./packed-id.ts";
import { MalformedProtobuf, ProtobufCursor, wire } from "./protobuf-cursor.ts";
import { TextCache } from "./text-cache.ts";
import {
  errorStatus,
  kindsByNumber,
  limits,
  tooManySpans,
  type OtlpSpan,
  type PackedId,
  type ReadOptions,
  type ResourceSpans,
  type SpanRef,
  type TraceFailure,
  type TraceRequest,
} from "./trace-request.ts";

/** A field's number and how its value is written, as they stand in front of it. */
const field = (number: number, type: number): number => (number << 3) | type;

// Numbers of fields: opentelemetry/proto/collector/trace/v1, trace/v1, resource/v1 and common/v1.
const inRequest = { resourceSpans: field(1, wire.bytes) };
const inResourceSpans = { resource: field(1, wire.bytes), scopeSpans: field(2, wire.bytes) };
const inResource = { attributes: field(1, wire.bytes) };
const inScopeSpans = { spans: field(2, wire.bytes) };
const inSpan = {
  traceId: field(1, wire.bytes),
  spanId: field(2, wire.bytes),
  traceState: field(3, wire.bytes),
  parentId: field(4, wire.bytes),
  kind: field(6, wire.varint),
  start: field(7, wire.fixed64),
  end: field(8, wire.fixed64),
  attributes: field(9, wire.bytes),
  links: field(13, wire.bytes),
  status: field(15, wire.bytes),
};
const inLink = { traceId: field(1, wire.bytes), spanId: field(2, wire.bytes) };
const inStatus = { code: field(3, wire.varint) };
const inKeyValue = { key: field(1, wire.bytes), value: field(2, wire.bytes) };
const inValue = {
  text: field(1, wire.bytes),
  truth: field(2, wire.varint),
  whole: field(3, wire.varint),
  double: field(4, wire.fixed64),
};

const noAttributes: ReadonlyMap<string, string> = new Map();
const noLinks: readonly SpanRef[] = [];

class TooManySpans extends Error {}

/**
 * Reads ExportTraceServiceRequest bodies in protobuf, only the fields that are needed; all others are passed over. Keeps nothing of a body but short texts that
 * come again.
 */
export class ProtobufTraceReader {
  readonly #wanted: ReadonlySet<string>;
  readonly #texts = new TextCache();
  readonly #double = new DataView(new ArrayBuffer(8));
  #spans = 0;
  #invalid = 0;
  #internal = 0;

  constructor({ wanted }: ReadOptions) {
    this.#wanted = wanted;
  }

  read(bytes: Uint8Array): Result<TraceRequest, TraceFailure> {
    this.#spans = 0;
    this.#invalid = 0;
    const cursor = new ProtobufCursor(bytes);
    const resources: ResourceSpans[] = [];
    try {
      while (cursor.hasMore) {
        const tag = cursor.varint();
        if (tag === inRequest.resourceSpans) resources.push(this.#resourceSpans(cursor));
        else cursor.skip(tag & 7);
      }
    } catch (error: unknown) {
      if (error instanceof TooManySpans) return err(tooManySpans());
      if (!(error instanceof MalformedProtobuf)) throw error;
      return err({ kind: "malformed", message: `This is no trace request in protobuf: ${error.message}.` });
    }
    return ok({ resources, invalid: this.#invalid });
  }

  #resourceSpans(cursor: ProtobufCursor): ResourceSpans {
    const attributes = new Map<string, string>();
    const spans: OtlpSpan[] = [];
    this.#internal = 0;
    const outer = cursor.enter();
    while (cursor.hasMore) {
      const tag = cursor.varint();
      if (tag === inResourceSpans.resource) {
        const resource = cursor.enter();
        while (cursor.hasMore) {
          const inner = cursor.varint();
          if (inner === inResource.attributes) this.#attribute(cursor, attributes);
          else cursor.skip(inner & 7);
        }
        cursor.leave(resource);
      } else if (tag === inResourceSpans.scopeSpans) {
        const scope = cursor.enter();
        while (cursor.hasMore) {
          const inner = cursor.varint();
          if (inner === inScopeSpans.spans) this.#span(cursor, spans);
          else cursor.skip(inner & 7);
        }
        cursor.leave(scope);
      } else cursor.skip(tag & 7);
    }
    cursor.leave(outer);
    return { attributes, spans, internal: this.#internal };
  }

  #span(cursor: ProtobufCursor, spans: OtlpSpan[]): void {
    this.#spans += 1;
    if (this.#spans > limits.spans) throw new TooManySpans();
    let traceId: PackedId | undefined;
    let spanId: PackedId | undefined;
    let parentId: PackedId = "";
    let kind = 0;
    let startLow = 0;
    let startHigh = 0;
    let endLow = 0;
    let endHigh = 0;
    let isFailure = false;
    let traceState = "";
    let attributes: Map<string, string> | undefined;
    let links: SpanRef[] | undefined;
    const outer = cursor.enter();
    while (cursor.hasMore) {
      const tag = cursor.varint();
      if (tag === inSpan.traceId) traceId = id(cursor, 16);
      else if (tag === inSpan.spanId) spanId = id(cursor, 8);
      else if (tag === inSpan.parentId) parentId = id(cursor, 8) ?? "";
      else if (tag === inSpan.traceState) traceState = this.#text(cursor);
      else if (tag === inSpan.kind) kind = cursor.varint();
      else if (tag === inSpan.start) {
        startLow = cursor.fixed32();
        startHigh = cursor.fixed32();
      } else if (tag === inSpan.end) {
        endLow = cursor.fixed32();
        endHigh = cursor.fixed32();
      } else if (tag === inSpan.attributes) this.#attribute(cursor, (attributes ??= new Map()));
      else if (tag === inSpan.links) this.#link(cursor, (links ??= []));
      else if (tag === inSpan.status) isFailure = isError(cursor);
      else cursor.skip(tag & 7);
    }
    cursor.leave(outer);
    if (traceId === undefined || spanId === undefined) {
      this.#invalid += 1;
      return;
    }
    const named = kindsByNumber[kind] ?? "internal";
    if (named === "internal") {
      this.#internal += 1;
      return;
    }
    // Nanoseconds need 61 bits: the difference is taken before anything is rounded.
    const nanos = (endHigh - startHigh) * 2 ** 32 + (endLow - startLow);
    spans.push({
      traceId,
      spanId,
      parentId,
      kind: named,
      endMs: (endHigh * 2 ** 32 + endLow) / 1e6,
      durationMs: nanos < 0 ? NaN : nanos / 1e6,
      isFailure,
      traceState,
      attributes: attributes ?? noAttributes,
      links: links ?? noLinks,
    });
  }

  #link(cursor: ProtobufCursor, links: SpanRef[]): void {
    let traceId: PackedId | undefined;
    let spanId: PackedId | undefined;
    const outer = cursor.enter();
    while (cursor.hasMore) {
      const tag = cursor.varint();
      if (tag === inLink.traceId) traceId = id(cursor, 16);
      else if (tag === inLink.spanId) spanId = id(cursor, 8);
      else cursor.skip(tag & 7);
    }
    cursor.leave(outer);
    if (traceId !== undefined && spanId !== undefined && links.length < limits.links) {
      links.push({ traceId, spanId });
    }
  }

  #attribute(cursor: ProtobufCursor, into: Map<string, string>): void {
    let key = "";
    let value: string | undefined;
    const outer = cursor.enter();
    while (cursor.hasMore) {
      const tag = cursor.varint();
      if (tag === inKeyValue.key) key = this.#text(cursor);
      // The key comes first; where it does not, the value is read, and thrown away if nobody wants it.
      else if (tag === inKeyValue.value && (key === "" || this.#wanted.has(key))) value = this.#value(cursor);
      else cursor.skip(tag & 7);
    }
    cursor.leave(outer);
    if (value !== undefined && this.#wanted.has(key)) into.set(key, value);
  }

  #value(cursor: ProtobufCursor): string | undefined {
    let value: string | undefined;
    const outer = cursor.enter();
    while (cursor.hasMore) {
      const tag = cursor.varint();
      if (tag === inValue.text) value = this.#text(cursor);
      else if (tag === inValue.truth) value = String(cursor.varint() !== 0);
      else if (tag === inValue.whole) value = String(cursor.signed());
      else if (tag === inValue.double) {
        this.#double.setUint32(4, cursor.fixed32());
        this.#double.setUint32(0, cursor.fixed32());
        value = String(this.#double.getFloat64(0));
      } else cursor.skip(tag & 7);
    }
    cursor.leave(outer);
    return value;
  }

  #text(cursor: ProtobufCursor): string {
    const length = cursor.length();
    const from = cursor.at;
    cursor.at += length;
    return this.#texts.read(cursor.bytes, from, from + Math.min(length, limits.textLength));
  }
}

function isError(cursor: ProtobufCursor): boolean {
  let code = 0;
  const outer = cursor.enter();
  while (cursor.hasMore) {
    const tag = cursor.varint();
    if (tag === inStatus.code) code = cursor.varint();
    else cursor.skip(tag & 7);
  }
  cursor.leave(outer);
  return code === errorStatus;
}

function id(cursor: ProtobufCursor, bytes: 8 | 16): PackedId | undefined {
  const length = cursor.length();
  const from = cursor.at;
  cursor.at += length;
  return length === bytes ? packBytes(cursor.bytes, from, bytes) : undefined;
}
