/**
 * Sends the traces of an invented shop in three regions with the real SDK and exporters of OpenTelemetry, and prints what they should be counted as.
 *
 *   node send-mesh.mjs '{"url": "http://127.0.0.1:4318/v1/traces", "format": "proto", "compression": "gzip", "traces": 300}'
 */
import process from "node:process";

import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

const { url, format, compression = "none", traces, headers = {}, begin = 0 } = JSON.parse(process.argv[2]);
const regions = ["us-east-1", "us-west-2", "eu-west-1"];
const Exporter = format === "proto" ? ProtobufExporter : JsonExporter;

const providers = [];
/** Tracers by region and service: each is a program of its own, with a resource of its own. */
const tracers = new Map(
  regions.flatMap((region) =>
    ["web", "cart", "catalog", "orders", "mail"].map((service) => {
      const provider = new TracerProvider({
        resource: resourceFromAttributes({ "service.name": service, "cloud.region": region }),
        spanProcessors: [
          new BatchSpanProcessor({
            exporter: new Exporter({ url, compression, headers }),
            maxQueueSize: 100_000,
            maxExportBatchSize: 512,
            scheduledDelayMillis: 200,
          }),
        ],
      });
      providers.push(provider);
      return [`${region}/${service}`, provider.getTracer("mesh")];
    }),
  ),
);

const edges = {};
const spans = { received: 0, paired: 0, virtual: 0, internal: 0 };

/** So many requests over an edge: how is 0 normal, 1 warning, 2 danger. */
function count(from, to, how) {
  const counts = (edges[`${from} -> ${to}`] ??= [0, 0, 0]);
  counts[how] += 1;
}

const now = Date.now();

/** Names of attributes have changed: one trace has the new ones, the next the old ones. */
const names = (isNew) =>
  isNew
    ? {
        http: "http.response.status_code",
        peer: "server.address",
        db: "db.system.name",
        dbName: "db.namespace",
        grpc: "rpc.response.status_code",
        rpc: "rpc.system.name",
        destination: "messaging.destination.name",
      }
    : {
        http: "http.status_code",
        peer: "net.peer.name",
        db: "db.system",
        dbName: "db.name",
        grpc: "rpc.grpc.status_code",
        rpc: "rpc.system",
        destination: "messaging.destination",
      };

function start(who, kind, parent, attributes = {}, links = []) {
  const tracer = tracers.get(who);
  const from = parent === undefined ? context.active() : trace.setSpan(context.active(), parent);
  spans.received += 1;
  return tracer.startSpan("work", { kind, attributes, links, startTime: now - 50 }, from);
}

/** A request from one service to another: both halves. Returns the server's span. */
function call(from, to, parent, attributes, how) {
  const client = start(from, SpanKind.CLIENT, parent, attributes);
  const server = start(to, SpanKind.SERVER, client, attributes);
  if (how === 2) server.setStatus({ code: SpanStatusCode.ERROR });
  client.end(now);
  server.end(now - 5);
  spans.paired += 2;
  count(from, to, how);
  return server;
}

for (let i = begin; i < begin + traces; i += 1) {
  const region = regions[i % 3];
  const next = regions[(i + 1) % 3];
  const key = names(i % 2 === 0);
  const web = `${region}/web`;
  const failed = i % 10 === 0;
  const root = start(web, SpanKind.SERVER, undefined, { [key.http]: failed ? 500 : 200 });
  root.end(now);
  spans.virtual += 1;
  count("outside", web, failed ? 2 : 0);

  const cart = call(web, `${region}/cart`, root, { [key.http]: 200 }, 0);
  start(`${region}/cart`, SpanKind.INTERNAL, cart).end(now);
  spans.internal += 1;
  start(`${region}/cart`, SpanKind.CLIENT, cart, { [key.db]: "postgresql", [key.dbName]: "carts" }).end(now);
  spans.virtual += 1;
  count(`${region}/cart`, `${region}/carts`, 0);

  // Every fifth goes to the region beside, every seventh finds nothing.
  const catalog = `${i % 5 === 0 ? next : region}/catalog`;
  call(web, catalog, root, { [key.http]: i % 7 === 0 ? 404 : 200 }, i % 7 === 0 ? 1 : 0);

  const status = i % 2 === 0 ? (i % 9 === 0 ? "UNAVAILABLE" : "OK") : i % 9 === 0 ? 14 : 0;
  const grpc = { [key.rpc]: "grpc", [key.grpc]: status };
  const orders = call(web, `${region}/orders`, root, grpc, i % 9 === 0 ? 2 : 0);

  const queue = { "messaging.system": "kafka", [key.destination]: "orders" };
  const sent = start(`${region}/orders`, SpanKind.PRODUCER, orders, queue);
  sent.end(now);
  const link = { context: sent.spanContext() };
  const received =
    i % 4 < 2
      ? start(`${next}/mail`, SpanKind.CONSUMER, sent, queue)
      : start(`${next}/mail`, SpanKind.CONSUMER, undefined, queue, [link]);
  received.end(now);
  spans.paired += 2;
  count(`${region}/orders`, `${region}/kafka orders`, 0);
  count(`${region}/kafka orders`, `${next}/mail`, 0);

  if (i % 4 === 0) {
    const pay = start(web, SpanKind.CLIENT, root, { [key.peer]: "pay.example" });
    if (i % 8 === 0) pay.setStatus({ code: SpanStatusCode.ERROR });
    pay.end(now);
    spans.virtual += 1;
    count(web, `${region}/pay.example`, i % 8 === 0 ? 2 : 0);
  }
}

await Promise.all(providers.map((provider) => provider.forceFlush()));
await Promise.all(providers.map((provider) => provider.shutdown()));
process.stdout.write(`${JSON.stringify({ edges, spans })}\n`);
