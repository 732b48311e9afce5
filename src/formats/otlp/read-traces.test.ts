import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import { cases } from "#testing/cases.ts";
import {
  arbitraryResources,
  jsonBody,
  protobufBody,
  type DraftResource,
  type DraftSpan,
} from "#testing/otlp-bodies.ts";

import { packHex } from "./packed-id.ts";
import { readJsonTraces } from "./read-json-traces.ts";
import { ProtobufTraceReader } from "./read-protobuf-traces.ts";
import { kindsByNumber, limits, type TraceRequest } from "./trace-request.ts";

const wanted = new Set(["service.name", "cloud.region", "http.response.status_code"]);
const names = [...wanted, "of.no.interest"];

const span: DraftSpan = {
  traceId: "5b8efff798038103d269b633813fc60c",
  spanId: "eee19b7ec3c1b174",
  parentId: "eee19b7ec3c1b173",
  kind: 2,
  start: 1_544_712_660_000_000_000n,
  end: 1_544_712_660_012_345_678n,
  isFailure: false,
  traceState: "",
  attributes: { "http.response.status_code": 200 },
  links: [],
};

const reader = new ProtobufTraceReader({ wanted });

function fromProtobuf(bytes: Uint8Array) {
  return reader.read(bytes);
}

function read(bytes: Uint8Array): TraceRequest {
  const result = fromProtobuf(bytes);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** What the readers should make of a request. */
function expected(resources: readonly DraftResource[]): TraceRequest {
  const isValid = ({ traceId, spanId }: DraftSpan) => /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId);
  const isInternal = ({ kind }: DraftSpan) => (kindsByNumber[kind] ?? "internal") === "internal";
  return {
    invalid: resources.flatMap(({ spans }) => spans).filter((draft) => !isValid(draft)).length,
    resources: resources.map(({ attributes, spans }) => ({
      attributes: textsOf(attributes),
      internal: spans.filter((draft) => isValid(draft) && isInternal(draft)).length,
      spans: spans
        .filter((draft) => isValid(draft) && !isInternal(draft))
        .map((draft) => ({
          traceId: must(packHex(draft.traceId, 16)),
          spanId: must(packHex(draft.spanId, 8)),
          parentId: packHex(draft.parentId, 8) ?? "",
          kind: must(kindsByNumber[draft.kind]),
          endMs: Number(draft.end) / 1e6,
          durationMs: draft.end < draft.start ? NaN : Number(draft.end - draft.start) / 1e6,
          isFailure: draft.isFailure,
          traceState: draft.traceState,
          attributes: textsOf(draft.attributes),
          links: draft.links.flatMap((link) => {
            const traceId = packHex(link.traceId, 16);
            const spanId = packHex(link.spanId, 8);
            return traceId === undefined || spanId === undefined ? [] : [{ traceId, spanId }];
          }),
        })),
    })),
  };
}

function textsOf(attributes: DraftResource["attributes"]): ReadonlyMap<string, string> {
  const known = Object.entries(attributes).filter(([key]) => wanted.has(key));
  return new Map(known.map(([key, value]) => [key, String(value)]));
}

describe("reading trace requests", () => {
  it("reads from protobuf what was written, and passes over the rest", () => {
    const law = fc.property(arbitraryResources(names), (resources) => {
      expect(read(protobufBody(resources))).toEqual(expected(resources));
    });
    fc.assert(law, { numRuns: cases(1000) });
  });

  it("reads the same from JSON", () => {
    const law = fc.property(arbitraryResources(names), (resources) => {
      const result = readJsonTraces(jsonBody(resources), { wanted });
      expect(result).toEqual({ ok: true, value: expected(resources) });
    });
    fc.assert(law, { numRuns: cases(1000) });
  });

  it("reads a resource that comes after its spans, and attributes whose value comes before the key", () => {
    const [tag, length, ...inner] = protobufBody([{ attributes: { "service.name": "cart" }, spans: [span] }]);
    expect([tag, inner.length]).toEqual([10, (must(length) & 127) + 128 * must(inner[0]) + 1]);
    const fields = inner.slice(1);
    const resource = fields.slice(0, must(fields[1]) + 2);
    const rest = fields.slice(resource.length);
    const turned = new Uint8Array([tag ?? 0, length ?? 0, inner[0] ?? 0, ...rest, ...resource]);
    expect(read(turned)).toEqual(expected([{ attributes: { "service.name": "cart" }, spans: [span] }]));
  });

  it("reads nothing out of an empty body, as the specification says of an empty request", () => {
    expect(read(new Uint8Array())).toEqual({ resources: [], invalid: 0 });
    expect(readJsonTraces("{}", { wanted })).toEqual({ ok: true, value: { resources: [], invalid: 0 } });
    expect(readJsonTraces('{"resourceSpans":null}', { wanted }).ok).toBe(true);
  });

  it("takes numbers in JSON as texts and as numbers, and enums by name too", () => {
    const raw = {
      traceId: span.traceId.toUpperCase(),
      spanId: span.spanId,
      kind: "SPAN_KIND_CLIENT",
      startTimeUnixNano: 1_544_712_660_000_000_000,
      endTimeUnixNano: "1544712660500000000",
      status: { code: "STATUS_CODE_ERROR" },
      attributes: [
        { key: "http.response.status_code", value: { intValue: 503 } },
        { key: "cloud.region", value: { arrayValue: { values: [] } } },
        null,
      ],
    };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [raw] }] }] });
    const result = readJsonTraces(body, { wanted });
    expect(result.ok && result.value.resources[0]?.spans).toMatchObject([
      {
        traceId: packHex(span.traceId, 16),
        kind: "client",
        durationMs: 500,
        isFailure: true,
        attributes: new Map([["http.response.status_code", "503"]]),
      },
    ]);
  });

  it("cuts texts that are too long, and links that are too many", () => {
    const links = Array.from({ length: limits.links + 1 }, () => ({
      traceId: span.traceId,
      spanId: span.spanId,
    }));
    const attributes = { "cloud.region": "x".repeat(limits.textLength + 1) };
    const body = [{ attributes, spans: [{ ...span, links }] }];
    const json = readJsonTraces(jsonBody(body), { wanted });
    for (const { resources } of [read(protobufBody(body)), json.ok ? json.value : read(new Uint8Array())]) {
      expect(resources[0]?.attributes.get("cloud.region")).toHaveLength(limits.textLength);
      expect(resources[0]?.spans[0]?.links).toHaveLength(limits.links);
    }
  });

  it("says that a body with too many spans is too large", () => {
    const many = Array.from({ length: 100_001 }, () => ({}));
    const result = readJsonTraces(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: many }] }] }), {
      wanted,
    });
    expect(result).toMatchObject({ ok: false, error: { kind: "too-large" } });
    const empty = new Uint8Array(200_004).fill(0);
    // 100,001 spans without a field, in a scope, in a resource: each is a tag and a length of 0.
    for (let i = 0; i < 100_001; i += 1) empty[2 * i] = 0x12;
    const sized = (tag: number, bytes: Uint8Array) => {
      const { length } = bytes;
      return new Uint8Array([tag, (length & 127) | 128, ((length >> 7) & 127) | 128, length >> 14, ...bytes]);
    };
    expect(fromProtobuf(sized(0x0a, sized(0x12, empty.subarray(0, 200_002))))).toMatchObject({
      ok: false,
      error: { kind: "too-large" },
    });
  });

  it("names the place of the fault", () => {
    const told = (body: string) => {
      const result = readJsonTraces(body, { wanted });
      return result.ok ? "" : result.error.message;
    };
    expect(told("[]")).toBe("This is no trace request in JSON: it is not an object.");
    expect(told('{"resourceSpans":[{},7]}')).toContain("resourceSpans[1] is not an object");
    expect(told('{"resourceSpans":[{"scopeSpans":[{"spans":[{},"x"]}]}]}')).toContain(
      "resourceSpans[0].scopeSpans[0].spans[1] is not an object",
    );
    expect(told("{")).toContain("This is no trace request in JSON: ");
    const cut = protobufBody([{ attributes: {}, spans: [span] }]).subarray(0, 60);
    const result = fromProtobuf(cut);
    expect(result.ok ? "" : result.error.message).toContain("bytes should follow at byte");
  });
});

describe("bodies that are damaged", () => {
  interface Edit {
    readonly at: number;
    readonly byte: number;
    readonly how: "set" | "insert" | "remove" | "cut";
  }
  const edit = fc.record<Edit>({
    at: fc.nat({ max: 1_000_000 }),
    byte: fc.integer({ min: 0, max: 255 }),
    how: fc.constantFrom("set", "insert", "remove", "cut"),
  });
  const arbitraryEdits = fc.array(edit, { minLength: 1, maxLength: 4 });

  function damaged(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
    const list = [...bytes];
    for (const { at, byte, how } of edits) {
      const place = list.length === 0 ? 0 : at % list.length;
      if (how === "set") list[place] = byte;
      else if (how === "insert") list.splice(place, 0, byte);
      else if (how === "remove") list.splice(place, 1);
      else list.length = place;
    }
    return new Uint8Array(list);
  }

  /** Whole bodies, each damaged again and again: making one takes longer than reading it. */
  const drafts = fc.sample(arbitraryResources(names), { numRuns: 50, seed: 1 });
  const arbitraryProtobuf = fc.constantFrom(...drafts.map(protobufBody));
  const arbitraryJson = fc.constantFrom(...drafts.map((draft) => new TextEncoder().encode(jsonBody(draft))));

  it("in protobuf are read or refused in words, never anything else", () => {
    const law = fc.property(arbitraryProtobuf, arbitraryEdits, (body, edits) => {
      const result = fromProtobuf(damaged(body, edits));
      const said = result.ok ? "" : result.error.message;
      expect(said).toMatch(/^(|This is no trace request in protobuf: .+\.)$/);
    });
    fc.assert(law, { numRuns: cases(10_000) });
  });

  it("in JSON are read or refused in words, never anything else", () => {
    const law = fc.property(arbitraryJson, arbitraryEdits, (body, edits) => {
      const result = readJsonTraces(new TextDecoder().decode(damaged(body, edits)), { wanted });
      const said = result.ok ? "" : result.error.message;
      expect(said).toMatch(/^(|This is no trace request in JSON: [^]+\.)$/);
    });
    fc.assert(law, { numRuns: cases(10_000) });
  });

  it("that are any bytes at all, too", () => {
    const law = fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const result = fromProtobuf(bytes);
      expect(result.ok || result.error.kind === "malformed").toBe(true);
    });
    fc.assert(law, { numRuns: cases(5_000) });
  });
});
