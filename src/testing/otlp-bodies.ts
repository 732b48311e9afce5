import * as fc from "fast-check";

/** A span as tests write it: ids in hexadecimal digits. */
export interface DraftSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty: a root. */
  readonly parentId: string;
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** Nanoseconds since 1970. */
  readonly start: bigint;
  readonly end: bigint;
  readonly isFailure: boolean;
  readonly traceState: string;
  readonly attributes: Readonly<Record<string, DraftValue>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

export type DraftValue = string | number | boolean;

export interface DraftResource {
  readonly attributes: Readonly<Record<string, DraftValue>>;
  readonly spans: readonly DraftSpan[];
}

/** An ExportTraceServiceRequest in protobuf, with fields that nobody needs: name, scope, an event. */
export function protobufBody(resources: readonly DraftResource[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    resources.flatMap(({ attributes, spans }) =>
      message(1, [
        ...message(1, attributesIn(1, attributes)),
        ...message(2, [
          ...message(1, text(1, "a library")),
          ...spans.flatMap((span) => message(2, spanBytes(span))),
        ]),
        ...text(3, "https://opentelemetry.io/schemas/1.44.0"),
      ]),
    ),
  );
}

/** The same in JSON. */
export function jsonBody(resources: readonly DraftResource[]): string {
  return JSON.stringify({
    resourceSpans: resources.map(({ attributes, spans }) => ({
      resource: { attributes: attributesInJson(attributes), droppedAttributesCount: 0 },
      scopeSpans: [{ scope: { name: "a library" }, spans: spans.map(spanInJson) }],
    })),
  });
}

function spanInJson(span: DraftSpan) {
  const { traceId, spanId, parentId, kind, traceState, links } = span;
  return {
    traceId,
    spanId,
    parentSpanId: parentId,
    traceState,
    name: "GET /",
    kind,
    startTimeUnixNano: String(span.start),
    endTimeUnixNano: String(span.end),
    attributes: attributesInJson(span.attributes),
    links: links.map((link) => ({ ...link, attributes: [] })),
    status: span.isFailure ? { code: 2, message: "it failed" } : {},
    somethingNew: { of: ["the", "future"] },
  };
}

function attributesInJson(attributes: Readonly<Record<string, DraftValue>>) {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === "string"
        ? { stringValue: value }
        : typeof value === "boolean"
          ? { boolValue: value }
          : Number.isInteger(value)
            ? { intValue: String(value) }
            : { doubleValue: value },
  }));
}

function spanBytes(span: DraftSpan): number[] {
  return [
    ...field(1, 2, sized(idBytes(span.traceId))),
    ...field(2, 2, sized(idBytes(span.spanId))),
    ...(span.traceState === "" ? [] : text(3, span.traceState)),
    ...(span.parentId === "" ? [] : field(4, 2, sized(idBytes(span.parentId)))),
    ...text(5, "GET /"),
    ...field(6, 0, varint(BigInt(span.kind))),
    ...field(7, 1, fixed64(span.start)),
    ...field(8, 1, fixed64(span.end)),
    ...attributesIn(9, span.attributes),
    ...message(11, text(2, "an event")),
    ...span.links.flatMap((link) =>
      message(13, [
        ...field(1, 2, sized(idBytes(link.traceId))),
        ...field(2, 2, sized(idBytes(link.spanId))),
      ]),
    ),
    ...message(15, span.isFailure ? [...text(2, "it failed"), ...field(3, 0, varint(2n))] : []),
    ...field(16, 5, [1, 1, 0, 0]),
  ];
}

function attributesIn(number: number, attributes: Readonly<Record<string, DraftValue>>): number[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    message(number, [...text(1, key), ...message(2, valueBytes(value))]),
  );
}

function valueBytes(value: DraftValue): number[] {
  if (typeof value === "string") return text(1, value);
  if (typeof value === "boolean") return field(2, 0, [value ? 1 : 0]);
  if (Number.isInteger(value)) return field(3, 0, varint(BigInt.asUintN(64, BigInt(value))));
  return field(4, 1, [...new Uint8Array(new Float64Array([value]).buffer)]);
}

function field(number: number, wire: number, bytes: readonly number[]): number[] {
  return [...varint(BigInt(number * 8 + wire)), ...bytes];
}

function message(number: number, bytes: readonly number[]): number[] {
  return field(number, 2, sized(bytes));
}

function text(number: number, value: string): number[] {
  return field(number, 2, sized([...new TextEncoder().encode(value)]));
}

function sized(bytes: readonly number[]): number[] {
  return [...varint(BigInt(bytes.length)), ...bytes];
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

function fixed64(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

function idBytes(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

const id = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => [...array].map((byte) => byte.toString(16).padStart(2, "0")).join(""));

const value = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
);

/** Any attributes with these names, some of them. */
export function arbitraryAttributes(names: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 });
}

/** Any requests; ids of zeros only now and then. */
export function arbitraryResources(names: readonly string[]): fc.Arbitrary<DraftResource[]> {
  const span = fc.record<DraftSpan>({
    traceId: id(16),
    spanId: id(8),
    parentId: fc.oneof(fc.constant(""), id(8)),
    kind: fc.integer({ min: 0, max: 6 }),
    start: fc.bigInt({ min: 0n, max: 2n ** 63n }),
    end: fc.bigInt({ min: 0n, max: 2n ** 63n }),
    isFailure: fc.boolean(),
    traceState: fc.constantFrom("", "ot=th:8", "vendor=1,ot=p:3"),
    attributes: arbitraryAttributes(names),
    links: fc.array(fc.record({ traceId: id(16), spanId: id(8) }), { maxLength: 3 }),
  });
  const resource = fc.record({
    attributes: arbitraryAttributes(names),
    spans: fc.array(span, { maxLength: 4 }),
  });
  return fc.array(resource, { maxLength: 4 });
}
