import { afterEach, describe, expect, it } from "vitest";

import type { ObservedEdge, ObservedEnd } from "#domain/observed/observation.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { otelSkipped, sendMesh } from "#testing/real-otel.ts";

import { OtlpReceiver } from "./otlp-receiver.ts";
import { TraceIngest, type TraceAnswer, type TraceBody } from "./trace-ingest.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const windowMs = 600_000;
const waitMs = 60_000;

/** A receiver that counts what it takes over ten minutes; the first answers are those that are given. */
async function start(first: readonly (() => Promise<TraceAnswer>)[] = []) {
  const ingest = new TraceIngest({
    waitMs,
    windowMs,
    mostWaiting: 1_000_000,
    maxBody: 16 * 2 ** 20,
    regions: noRegionRule,
    namespaceFrom: "service",
    statuses: {},
    samplingKey: "sampling.ratio",
  });
  const began = Date.now();
  const bodies: TraceBody[] = [];
  const answers = [...first];
  const receiver = new OtlpReceiver({
    host: "127.0.0.1",
    port: 0,
    tokens: [],
    maxBody: 16 * 2 ** 20,
    take: (body) => {
      bodies.push(body);
      return answers.shift()?.() ?? Promise.resolve(ingest.take(body, began));
    },
  });
  const port = await receiver.listen();
  stops.push(() => receiver.close());
  const report = () => ingest.report(began + waitMs);
  return { url: `http://127.0.0.1:${port}/v1/traces`, bodies, report };
}

function countsOf(edges: readonly ObservedEdge[] = []) {
  const seconds = windowMs / 1000;
  return Object.fromEntries(
    edges.map(({ from, to, rates: { normal, warning, danger } }) => [
      `${told(from)} -> ${told(to)}`,
      [normal, warning, danger].map((rate) => Math.round(rate * seconds * 1e6) / 1e6),
    ]),
  );
}

function told(end: ObservedEnd): string {
  return end.kind === "outside" ? "outside" : `${end.region}/${end.name}`;
}

describe.skipIf(otelSkipped !== "")(`the exporters of OpenTelemetry for JavaScript (${otelSkipped})`, () => {
  it.each([
    ["proto", "gzip"],
    ["proto", undefined],
    ["json", "gzip"],
    ["json", undefined],
  ] as const)(
    "send a mesh of three regions as %s, %s: every edge and every count is exact",
    async (format, packed) => {
      const { url, bodies, report } = await start();
      const compression = packed === undefined ? {} : { compression: packed };
      const { edges, spans } = await sendMesh({ url, format, traces: 300, ...compression });
      const { observation, counts } = report();
      expect(countsOf(observation?.edges)).toEqual(edges);
      expect(counts).toEqual({ ...spans, unpaired: 0, late: 0, dropped: 0, waiting: 0 });
      expect(observation?.edges).toHaveLength(27);
      expect(new Set(bodies.map((body) => `${body.format} ${body.isGzip}`))).toEqual(
        new Set([`${format === "proto" ? "protobuf" : "json"} ${packed === "gzip"}`]),
      );
    },
  );

  it("understand that this server is busy or cannot, and send again: nothing is lost or counted twice", async () => {
    const busy = () => Promise.resolve({ kind: "busy", why: "Too many spans wait." } as const);
    const { url, bodies, report } = await start([busy, () => Promise.reject(new Error("no thread")), busy]);
    const { edges, spans } = await sendMesh({ url, format: "proto", compression: "gzip", traces: 30 });
    const { observation, counts } = report();
    expect(countsOf(observation?.edges)).toEqual(edges);
    expect(counts).toMatchObject({ ...spans, dropped: 0 });
    expect(bodies.length).toBeGreaterThan(3);
  });
});
