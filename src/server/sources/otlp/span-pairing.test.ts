import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ObservedEnd, ObservedService } from "#domain/observed/observation.ts";
import type { OtlpSpan } from "#formats/otlp/trace-request.ts";
import { cases } from "#testing/cases.ts";
import { testStart } from "#testing/manual-clock.ts";
import { serviceNamed, spanOf, type SpanSketch } from "#testing/otlp-spans.ts";

import type { SpanCounts } from "./span-counts.ts";
import { SpanPairing } from "./span-pairing.ts";

const waitMs = 10_000;
const web = serviceNamed("web");
const cart = serviceNamed("cart", "eu-west-1");

interface Sent {
  readonly span: OtlpSpan;
  readonly service: ObservedService;
}

function pairingOf({ mostWaiting = 1000, greatestEdges = Infinity } = {}) {
  const edges = new Map<string, number>();
  const events: { readonly edge: string; readonly outcome: string; readonly durationMs: number }[] = [];
  const dropped: string[] = [];
  const pairing = new SpanPairing({
    waitMs,
    mostWaiting,
    statuses: {},
    count: ({ from, to, outcome, weight, durationMs }) => {
      const edge = `${told(from)} -> ${told(to)}`;
      if (!edges.has(edge) && edges.size >= greatestEdges) return false;
      edges.set(edge, (edges.get(edge) ?? 0) + weight);
      events.push({ edge, outcome, durationMs });
      return true;
    },
    dropped: (why, spans) => void dropped.push(`${spans} ${why}`),
  });
  const take = (sketch: SpanSketch, service: ObservedService, at = testStart, weight = 1) =>
    pairing.take(spanOf(sketch), service, weight, at);
  return { pairing, edges, events, dropped, take };
}

function told(end: ObservedEnd): string {
  if (end.kind === "outside") return "outside";
  return `${end.region}/${end.name}${end.type === undefined ? "" : ` (${end.type})`}`;
}

const client = { kind: "client", traceId: "t", spanId: "c" } as const;
const server = { kind: "server", traceId: "t", spanId: "s", parentId: "c" } as const;
const kafka = { "messaging.system": "kafka", "messaging.destination.name": "orders" };
const producer = { kind: "producer", traceId: "t", spanId: "p", attributes: kafka } as const;

describe("pairing", () => {
  it("makes an edge of a client and its server, with the server's time and the worse of both outcomes", () => {
    const { pairing, events, take } = pairingOf();
    take({ ...client, durationMs: 20, isFailure: true }, web);
    take({ ...server, durationMs: 15, attributes: { "http.response.status_code": "200" } }, cart);
    const edge = "us-east-1/web -> eu-west-1/cart";
    expect(events).toEqual([{ edge, outcome: "danger", durationMs: 15 }]);
    expect(pairing.counts).toMatchObject({ received: 2, paired: 2, waiting: 0 });
  });

  it("takes the client's time where the server's is none", () => {
    const { events, take } = pairingOf();
    take({ ...server, durationMs: NaN }, cart);
    take({ ...client, durationMs: 20 }, web);
    expect(events.map(({ durationMs }) => durationMs)).toEqual([20]);
  });

  it.each([
    ["http.response.status_code", "404", "warning"],
    ["http.status_code", "503", "danger"],
    ["rpc.response.status_code", "UNAVAILABLE", "danger"],
    ["rpc.grpc.status_code", "0", "normal"],
    ["error.type", "timeout", "danger"],
  ])("takes what became of it from %s = %s", (key, value, outcome) => {
    const { events, take } = pairingOf();
    take({ attributes: { [key]: value }, isFailure: key === "error.type" }, web);
    expect(events).toMatchObject([{ edge: "outside -> us-east-1/web", outcome }]);
  });

  it("shows a database at once, beside the service that asks it", () => {
    const { pairing, edges, take } = pairingOf();
    take({ ...client, attributes: { "db.system.name": "postgresql", "server.address": "pg-1" } }, web);
    take({ ...client, spanId: "d", attributes: { "db.system": "redis", "db.name": "sessions" } }, web);
    expect([...edges.keys()]).toEqual([
      "us-east-1/web -> us-east-1/pg-1 (storage)",
      "us-east-1/web -> us-east-1/sessions (storage)",
    ]);
    expect(pairing.counts).toMatchObject({ virtual: 2, waiting: 0 });
  });

  it("waits for a server before it draws the one that a client names", () => {
    const { pairing, edges, take } = pairingOf();
    take({ ...client, attributes: { "peer.service": "mail" } }, web);
    take({ ...client, spanId: "d", attributes: { "network.peer.address": "10.0.0.7" } }, web);
    take({ ...client, spanId: "e" }, web);
    pairing.expire(testStart + waitMs - 1);
    expect([edges.size, pairing.counts.waiting]).toEqual([0, 3]);
    pairing.expire(testStart + waitMs);
    expect([...edges.keys()]).toEqual([
      "us-east-1/web -> us-east-1/mail (service)",
      "us-east-1/web -> us-east-1/10.0.0.7 (external)",
    ]);
    expect(pairing.counts).toMatchObject({ virtual: 2, unpaired: 1, waiting: 0 });
  });

  it("says of a half that comes after the other was settled that it is late", () => {
    const { pairing, edges, take } = pairingOf();
    take({ ...client, attributes: { "peer.service": "mail" } }, web);
    pairing.expire(testStart + waitMs);
    take(server, cart, testStart + waitMs + 1);
    expect(pairing.counts).toMatchObject({ virtual: 1, late: 1, waiting: 0 });
    expect(edges.size).toBe(1);
  });

  it("says of what ended two minutes ago that it is late", () => {
    const { pairing, edges, take } = pairingOf();
    take({ endMs: testStart - 120_001 }, web);
    expect([pairing.counts.late, edges.size]).toEqual([1, 0]);
  });

  it("draws a message through its queue, which stands beside whoever sent it", () => {
    const { pairing, edges, take } = pairingOf();
    take(producer, web);
    take({ kind: "consumer", traceId: "t", spanId: "q", parentId: "p" }, cart);
    const link = [["t", "p"]] as const;
    take({ kind: "consumer", traceId: "u", spanId: "r", links: link }, serviceNamed("mail"));
    expect([...edges]).toEqual([
      ["us-east-1/web -> us-east-1/kafka orders (queue)", 1],
      ["us-east-1/kafka orders (queue) -> eu-west-1/cart", 1],
      ["us-east-1/kafka orders (queue) -> us-east-1/mail", 1],
    ]);
    expect(pairing.counts).toMatchObject({ received: 3, paired: 3, waiting: 0 });
    pairing.expire(testStart + waitMs);
    expect(pairing.counts).toMatchObject({ received: 3, paired: 3, virtual: 0 });
  });

  it("draws one half of a message where the other is not seen", () => {
    const { pairing, edges, take } = pairingOf();
    take(producer, web);
    take({ kind: "consumer", traceId: "v", spanId: "q", parentId: "x", attributes: kafka }, cart);
    take({ kind: "consumer", traceId: "w", attributes: kafka }, cart);
    pairing.expire(testStart + waitMs);
    expect([...edges]).toEqual([
      ["eu-west-1/kafka orders (queue) -> eu-west-1/cart", 2],
      ["us-east-1/web -> us-east-1/kafka orders (queue)", 1],
    ]);
    expect(pairing.counts).toMatchObject({ virtual: 3, waiting: 0 });
  });

  it("takes a message that lay in its queue for longer than the wait", () => {
    const { pairing, edges, take } = pairingOf();
    take(producer, web);
    pairing.expire(testStart + waitMs);
    take({ kind: "consumer", traceId: "t", parentId: "p", attributes: kafka }, cart, testStart + waitMs);
    expect(edges.get("eu-west-1/kafka orders (queue) -> eu-west-1/cart")).toBe(1);
    expect(pairing.counts).toMatchObject({ virtual: 2, late: 0 });
  });

  it("takes a client of a queue for one that sends, and its polling for work inside", () => {
    const { pairing, edges, take } = pairingOf();
    take({ ...client, attributes: { ...kafka, "messaging.operation.type": "send" } }, web);
    take({ ...client, spanId: "d", attributes: { ...kafka, "messaging.operation": "receive" } }, web);
    pairing.expire(testStart + waitMs);
    expect([...edges.keys()]).toEqual(["us-east-1/web -> us-east-1/kafka orders (queue)"]);
    expect(pairing.counts).toMatchObject({ virtual: 1, internal: 1 });
  });

  it("joins sender and receiver directly where nothing names the queue", () => {
    const { edges, take } = pairingOf();
    take({ ...producer, attributes: {} }, web);
    take({ kind: "consumer", traceId: "t", parentId: "p" }, cart);
    expect([...edges.keys()]).toEqual(["us-east-1/web -> eu-west-1/cart"]);
  });

  it("counts a span once that comes twice", () => {
    const { pairing, dropped, take } = pairingOf();
    for (const _ of [1, 2]) take(client, web);
    for (const _ of [1, 2]) take({ ...server, parentId: "other" }, web);
    expect(pairing.counts).toMatchObject({ received: 4, dropped: 2, waiting: 2 });
    expect(dropped).toEqual(["1 twice", "1 twice"]);
  });

  it("drops what there is no room for, and says so", () => {
    const { pairing, dropped, take } = pairingOf({ mostWaiting: 2, greatestEdges: 1 });
    for (const spanId of ["a", "b", "c"]) take({ ...client, spanId }, web);
    take({ kind: "server" }, web);
    take({ kind: "server" }, cart);
    expect(dropped).toEqual(["1 full", "1 edges"]);
    expect(pairing.counts).toMatchObject({ received: 5, waiting: 2, virtual: 1, dropped: 2 });
    expect(pairing.isFull).toBe(true);
  });
});

const services = ["web", "cart", "mail"].flatMap((name) => [
  serviceNamed(name),
  serviceNamed(name, "eu-west-1"),
]);

/** Everything that can happen between services; spans of one happening share a trace of their own. */
const happening = fc
  .record({
    what: fc.constantFrom("call", "root", "database", "peer", "lonely", "orphan", "message", "inside", "old"),
    from: fc.constantFrom(...services),
    to: fc.array(fc.constantFrom(...services), { minLength: 1, maxLength: 3 }),
    isFailure: fc.boolean(),
    isLinked: fc.boolean(),
    hasQueue: fc.boolean(),
  })
  .map((drawn) => (trace: string): readonly Sent[] => {
    const { what, from, to, isFailure, isLinked, hasQueue } = drawn;
    const make = (sketch: SpanSketch, service = from) => ({
      span: spanOf({ traceId: trace, isFailure, ...sketch }),
      service,
    });
    const other = to[0] ?? from;
    if (what === "root") return [make({})];
    if (what === "inside") return [make({ kind: "internal" })];
    if (what === "old") return [make({ endMs: testStart - 1_000_000 })];
    if (what === "orphan") return [make({ parentId: "gone" })];
    if (what === "lonely") return [make({ kind: "client" })];
    if (what === "peer") return [make({ kind: "client", attributes: { "server.address": "api.example" } })];
    if (what === "database") return [make({ kind: "client", attributes: { "db.system": "mysql" } })];
    if (what === "call") {
      return [make({ kind: "client", spanId: "c" }), make({ spanId: "s", parentId: "c" }, other)];
    }
    const attributes = hasQueue ? kafka : {};
    return [
      make({ kind: "producer", spanId: "p", attributes }),
      ...to.map((service, i) => {
        const place = isLinked
          ? { traceId: `${trace}/${i}`, links: [[trace, "p"]] as const }
          : { spanId: `q${i}`, parentId: "p" };
        return make({ kind: "consumer", ...place, attributes }, service);
      }),
    ];
  });

const arbitrarySpans = fc
  .array(happening, { maxLength: 20 })
  .map((makers) => makers.flatMap((maker, i) => maker(`t${i}`)));

function allOf(spans: readonly Sent[]) {
  const { pairing, edges } = pairingOf();
  for (const { span, service } of spans) {
    pairing.take(span, service, 1, testStart);
    expect(sumOf(pairing.counts)).toBe(pairing.counts.received);
  }
  pairing.expire(testStart + waitMs);
  return { edges: Object.fromEntries(edges), counts: { ...pairing.counts } };
}

function sumOf({ paired, virtual, unpaired, late, internal, dropped, waiting }: SpanCounts): number {
  return paired + virtual + unpaired + late + internal + dropped + waiting;
}

describe("laws of pairing", () => {
  it("the order in which spans come does not matter", () => {
    const shuffled = arbitrarySpans.chain((spans) =>
      fc.tuple(
        fc.constant(spans),
        fc.shuffledSubarray(spans, { minLength: spans.length, maxLength: spans.length }),
      ),
    );
    const law = fc.property(shuffled, ([spans, others]) => {
      expect(allOf(others)).toEqual(allOf(spans));
    });
    fc.assert(law, { numRuns: cases(1000) });
  });

  it("every span becomes one thing, and in the end none waits", () => {
    const law = fc.property(arbitrarySpans, (spans) => {
      const { counts } = allOf(spans);
      expect(counts).toMatchObject({ received: spans.length, waiting: 0, dropped: 0 });
      expect(sumOf(counts)).toBe(spans.length);
    });
    fc.assert(law, { numRuns: cases(1000) });
  });

  it("the counts add up also where there is no room", () => {
    const law = fc.property(arbitrarySpans, fc.integer({ min: 1, max: 5 }), (spans, room) => {
      const { pairing } = pairingOf({ mostWaiting: room, greatestEdges: room });
      for (const { span, service } of spans) pairing.take(span, service, 1, testStart);
      expect(sumOf(pairing.counts)).toBe(spans.length);
      pairing.expire(testStart + waitMs);
      expect(sumOf(pairing.counts)).toBe(spans.length);
      expect(pairing.counts.waiting).toBe(0);
    });
    fc.assert(law, { numRuns: cases(1000) });
  });
});
