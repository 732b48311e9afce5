import { gzipSync } from "node:zlib";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ObservedEdge } from "#domain/observed/observation.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { cases } from "#testing/cases.ts";
import { testStart } from "#testing/manual-clock.ts";
import { jsonBody, protobufBody, type DraftResource, type DraftSpan } from "#testing/otlp-bodies.ts";

import { TraceIngest, type TraceBody } from "./trace-ingest.ts";

const end = BigInt(testStart) * 1_000_000n;

function draft(span: Partial<DraftSpan>): DraftSpan {
  return {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "00f067aa0ba902b7",
    parentId: "",
    kind: 2,
    start: end - 30_000_000n,
    end,
    isFailure: false,
    traceState: "",
    attributes: {},
    links: [],
    ...span,
  };
}

function resource(name: string, region: string, spans: readonly DraftSpan[]): DraftResource {
  return { attributes: { "service.name": name, "cloud.region": region }, spans };
}

const caller = resource("web", "us-east-1", [draft({ kind: 3 })]);
const called = resource("cart", "eu-west-1", [
  draft({
    spanId: "00f067aa0ba902b8",
    parentId: "00f067aa0ba902b7",
    attributes: { "http.status_code": 503 },
  }),
]);

function ingestOf(options: { readonly mostWaiting?: number } = {}) {
  return new TraceIngest({
    waitMs: 10_000,
    windowMs: 10_000,
    mostWaiting: 1000,
    maxBody: 2 ** 20,
    regions: noRegionRule,
    namespaceFrom: "service",
    statuses: {},
    samplingKey: "sampling.ratio",
    ...options,
  });
}

function protobuf(resources: readonly DraftResource[]): TraceBody {
  return { format: "protobuf", isGzip: false, bytes: protobufBody(resources) };
}

function told(edges: readonly ObservedEdge[] | undefined) {
  return edges?.map(({ from, to, rates }) => {
    const [a, b] = [from, to].map((one) =>
      one.kind === "outside" ? "outside" : `${one.region ?? "?"}/${one.name}`,
    );
    return `${a} -> ${b} ${rates.normal}/${rates.warning}/${rates.danger}`;
  });
}

describe("an ingest", () => {
  it("makes the same edges of protobuf and JSON, packed or not, in one body or in two", () => {
    const json = (resources: readonly DraftResource[]): TraceBody => ({
      format: "json",
      isGzip: false,
      bytes: new TextEncoder().encode(jsonBody(resources)),
    });
    const packed = ({ format, bytes }: TraceBody): TraceBody => ({
      format,
      isGzip: true,
      bytes: new Uint8Array(gzipSync(bytes)),
    });
    const whole = [caller, called];
    const ways = [
      [protobuf(whole)],
      [packed(protobuf(whole))],
      [json(whole)],
      [packed(json(whole))],
      [protobuf([called]), json([caller])],
    ];
    for (const bodies of ways) {
      const ingest = ingestOf();
      for (const body of bodies) {
        expect(ingest.take(body, testStart)).toEqual({ kind: "taken", rejected: 0, why: "" });
      }
      const { observation, counts } = ingest.report(testStart);
      expect(told(observation?.edges)).toEqual(["us-east-1/web -> eu-west-1/cart 0/0/0.1"]);
      expect(observation?.edges[0]?.latencyMs?.p99).toBeCloseTo(30, 0);
      expect(observation?.edges[0]?.protocol).toBe("http");
      expect(counts).toMatchObject({ received: 2, paired: 2 });
    }
  });

  it("forgets what passed a window ago, says for a while that there is no traffic, then nothing, and tells what comes again", () => {
    const ingest = ingestOf();
    expect(ingest.report(testStart).observation).toBeUndefined();
    ingest.take(protobuf([resource("web", "us-east-1", [draft({})])]), testStart);
    const edgesAt = (ms: number) => told(ingest.report(testStart + ms).observation?.edges);
    expect(edgesAt(9_999)).toEqual(["outside -> us-east-1/web 0.1/0/0"]);
    expect([edgesAt(10_000), edgesAt(30_000), edgesAt(30_001)]).toEqual([[], [], undefined]);
    ingest.take(protobuf([resource("web", "us-east-1", [draft({})])]), testStart + 60_000);
    expect(edgesAt(60_000)).toEqual(["outside -> us-east-1/web 0.1/0/0"]);
  });

  it("scales sampled spans up, and says which share was seen", () => {
    const ingest = ingestOf();
    const spans = [draft({ traceState: "ot=th:c" }), draft({ attributes: { "sampling.ratio": 0.25 } })];
    ingest.take(protobuf([resource("web", "us-east-1", spans)]), testStart);
    const { observation, sampling } = ingest.report(testStart);
    expect(told(observation?.edges)).toEqual(["outside -> us-east-1/web 0.8/0/0"]);
    expect([observation?.edges[0]?.sampling, sampling]).toEqual([0.25, 0.25]);
  });

  it("rejects spans without ids and resources without a name, keeps the others, and says so for a while", () => {
    const ingest = ingestOf();
    const nameless = { attributes: {}, spans: [draft({}), draft({}), draft({ kind: 1 })] };
    const spans = [draft({ spanId: "0000000000000000" }), draft({})];
    expect(ingest.take(protobuf([nameless, resource("web", "us-east-1", spans)]), testStart)).toEqual({
      kind: "taken",
      rejected: 3,
      why: "Spans that were not counted: 1 without a valid trace id and span id; 2 of resources without service.name.",
    });
    const { observation, counts } = ingest.report(testStart);
    expect(counts).toMatchObject({ received: 5, virtual: 1, internal: 1, dropped: 3 });
    expect(observation?.problems.map(({ found }) => found)).toEqual([
      "1 span without a valid trace id and span id",
      "2 spans of resources without service.name",
    ]);
    ingest.take(protobuf([resource("web", "us-east-1", [draft({})])]), testStart + 10_001);
    expect(ingest.report(testStart + 10_001).observation?.problems).toEqual([]);
  });

  it("takes nothing of a body while too many spans wait, until their time is over", () => {
    const ingest = ingestOf({ mostWaiting: 2 });
    const lonely = (id: string) => draft({ kind: 3, spanId: id });
    const ids = ["1111111111111111", "2222222222222222", "3333333333333333"];
    const body = protobuf([resource("web", "us-east-1", ids.map(lonely))]);
    expect(ingest.take(body, testStart)).toMatchObject({ kind: "taken", rejected: 1 });
    expect(ingest.take(body, testStart + 1)).toMatchObject({ kind: "busy" });
    expect(ingest.take(protobuf([called]), testStart + 10_000)).toMatchObject({ kind: "taken", rejected: 0 });
  });

  it("refuses in words what is no request, no gzip, or larger than allowed once unpacked", () => {
    const ingest = ingestOf();
    const refused = (format: TraceBody["format"], bytes: Uint8Array, isGzip = false) =>
      ingest.take({ format, isGzip, bytes: new Uint8Array(bytes) }, testStart);
    expect(refused("protobuf", new Uint8Array([10, 200]))).toMatchObject({ kind: "malformed" });
    expect(refused("json", Buffer.from("[]"))).toMatchObject({ kind: "malformed" });
    expect(refused("json", Buffer.from("[".repeat(100)))).toEqual({
      kind: "malformed",
      why: "This is no trace request in JSON: it is nested more than 64 levels deep.",
    });
    expect(refused("json", Buffer.from("{}"), true)).toEqual({
      kind: "malformed",
      why: "This is not gzip, though Content-Encoding says so.",
    });
    expect(refused("protobuf", gzipSync(Buffer.alloc(2 ** 20 + 1)), true)).toEqual({
      kind: "too-large",
      why: "A body may have 1 MiB, unpacked. Send smaller batches, or raise maxBody of this source (64 MiB at most).",
    });
    expect(ingest.report(testStart).counts.received).toBe(0);
  });

  it("answers every damaged body in words, and counts the whole ones beside them as if nothing had been", () => {
    const ingest = ingestOf({ mostWaiting: 1_000_000 });
    const whole = protobuf([caller, called]).bytes;
    const packed = new Uint8Array(gzipSync(whole));
    const text = new TextEncoder().encode(jsonBody([caller, called]));
    const edit = fc.tuple(fc.nat({ max: 10_000 }), fc.integer({ min: 0, max: 255 }));
    const arbitraryBody = fc.tuple(
      fc.constantFrom<[TraceBody["format"], boolean, Uint8Array]>(
        ["protobuf", false, whole],
        ["protobuf", true, packed],
        ["json", false, text],
        ["json", true, text],
      ),
      fc.array(edit, { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    const good = protobuf([
      resource("good", "eu-west-1", [draft({ attributes: { "http.status_code": 404 } })]),
    ]);
    let taken = 0;
    const law = fc.property(arbitraryBody, ([[format, isGzip, source], edits, share]) => {
      const bytes = new Uint8Array(source.subarray(0, Math.ceil(source.length * (share < 0.5 ? 1 : share))));
      for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
      const answer = ingest.take({ format, isGzip, bytes }, testStart);
      expect(answer.kind === "taken" || answer.why.endsWith(".")).toBe(true);
      expect(ingest.take(good, testStart)).toEqual({ kind: "taken", rejected: 0, why: "" });
      taken += 1;
    });
    fc.assert(law, { numRuns: cases(3_000) });
    const edges = told(ingest.report(testStart).observation?.edges);
    expect(edges).toContain(`outside -> eu-west-1/good 0/${taken / 10}/0`);
  });
});
