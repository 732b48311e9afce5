import { describe, expect, it } from "vitest";

import { edgeLines, observeWith, presetOptions, queryOf } from "#testing/preset-book.ts";

import { otelServiceGraph, tempo } from "./service-graph.ts";

function series(value: number, changes: Readonly<Record<string, string>> = {}) {
  return { labels: { client: "web", server: "cart", ...changes }, value };
}

describe("the presets otel-servicegraph and tempo", () => {
  it("ask for all requests and for those that failed, without the labels that the generators add", () => {
    const plan = otelServiceGraph(presetOptions({ windowMs: 120_000 }));
    const by =
      "client, client_cloud_region, client_k8s_cluster_name, client_service_namespace, server, server_cloud_region, server_k8s_cluster_name, server_service_namespace, connection_type";
    expect(queryOf(plan, "requests").promql).toBe(
      `sum by (${by}, region) (rate(traces_service_graph_request_total[120s])) > 0`,
    );
    expect(queryOf(plan, "failures").promql).toBe(
      `sum by (${by}, region) (rate(traces_service_graph_request_failed_total[120s])) > 0`,
    );
    expect(queryOf(plan, "latency p95").promql).toBe(
      `histogram_quantile(0.95, sum by (le, ${by}, region) (rate(traces_service_graph_request_server_seconds_bucket[120s])))`,
    );
  });

  it("ask for metrics with what an exporter puts before their names", () => {
    const plan = tempo(presetOptions({ metricPrefix: "otel_" }));
    expect(queryOf(plan, "requests").promql).toContain("rate(otel_traces_service_graph_request_total[");
    expect(queryOf(plan, "connections").promql).toContain("(otel_traces_service_graph_connection_info)");
  });

  it("take failures out of what has succeeded; no counter of failures means none", () => {
    expect(edgeLines(observeWith(otelServiceGraph, { requests: [series(10)] }))).toEqual([
      "?/web -> ?/cart 10 0 0",
    ]);
    const failures = [series(2), series(1)];
    expect(edgeLines(observeWith(otelServiceGraph, { requests: [series(10)], failures }))).toEqual([
      "?/web -> ?/cart 7 0 3",
    ]);
    // The two counters are scraped one after the other.
    expect(edgeLines(observeWith(otelServiceGraph, { requests: [series(1)], failures }))).toEqual([
      "?/web -> ?/cart 0 0 1",
    ]);
  });

  it("know classes where a status is a dimension", () => {
    const changes = { statusLabel: "status" };
    const answers = {
      requests: [series(5, { status: "200" }), series(2, { status: "404" }), series(1, { status: "500" })],
      failures: [series(1, { status: "500" }), series(0.5, { status: "200" })],
    };
    expect(edgeLines(observeWith(tempo, answers, changes))).toEqual(["?/web -> ?/cart 4.5 2 1.5"]);
    expect(queryOf(tempo(presetOptions(changes)), "failures").promql).toContain(
      "connection_type, status, region)",
    );
  });

  it("find regions by their label, else by the cluster, each side for itself", () => {
    const requests = [
      series(1, { client_cloud_region: "us-east-1", server_k8s_cluster_name: "euw1" }),
      series(2, { client_cloud_region: "us-east-1", client_k8s_cluster_name: "use1", region: "us-east-1" }),
    ];
    const regions = { clusters: new Map([["euw1", "eu-west-1"]]), fallback: undefined };
    expect(edgeLines(observeWith(tempo, { requests }, { regions }))).toEqual([
      "us-east-1/web -> eu-west-1/cart 1 0 0",
      "us-east-1/web -> us-east-1/cart 2 0 0",
    ]);
  });

  it("tell users, databases, brokers and what no span tells of apart", () => {
    const requests = [
      series(1, { client: "user", connection_type: "virtual_node" }),
      series(2, { server: "orders", connection_type: "database" }),
      series(3, { server: "mail", connection_type: "messaging_system" }),
      series(4, { server: "api.example", connection_type: "virtual_node" }),
    ];
    const { edges } = observeWith(tempo, { requests });
    expect(edges).toMatchObject([
      { from: { kind: "outside" }, to: { name: "cart" } },
      { to: { name: "orders", type: "storage" } },
      { to: { name: "mail" }, protocol: "messaging" },
      { to: { name: "api.example", type: "external" } },
    ]);
    expect(edges[0]?.to).not.toHaveProperty("type");
  });

  it("have latencies in milliseconds", () => {
    const { edges } = observeWith(tempo, { requests: [series(1)], "latency p95": [series(0.25)] });
    expect(edges[0]?.latencyMs).toEqual({ p50: NaN, p95: 250, p99: NaN });
  });

  it("show that an edge is there while nothing passes, and that spans were lost", () => {
    const { edges, problems } = observeWith(tempo, {
      connections: [series(1)],
      "dropped spans": [{ labels: {}, value: 12.34 }],
    });
    expect(edges).toMatchObject([{ rates: { normal: 0, warning: 0, danger: 0 } }]);
    expect(problems[0]?.found).toContain("12.3 dropped spans per second");
  });

  it("tell of series without a server", () => {
    const { problems } = observeWith(tempo, { requests: [series(1, { server: "" })] });
    expect(problems).toMatchObject([{ found: "1 series has no label server" }]);
  });
});
