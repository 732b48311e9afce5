import { describe, expect, it } from "vitest";

import { edgeLines, observeWith, presetOptions, queryOf } from "#testing/preset-book.ts";

import { hubble } from "./hubble.ts";

function series(value: number, changes: Readonly<Record<string, string>> = {}) {
  const labels = {
    region: "us-east-1",
    source_namespace: "shop",
    source_workload: "web",
    destination_namespace: "shop",
    destination_workload: "cart",
    status: "200",
  };
  return { labels: { ...labels, ...changes }, value };
}

describe("the preset hubble", () => {
  it("believes the server, and the client only where the server says nothing", () => {
    const plan = hubble(presetOptions());
    const by = "cluster, source_namespace, source_workload, destination_namespace, destination_workload";
    expect(queryOf(plan, "requests").promql).toBe(
      `sum by (${by}, protocol, status, region) (rate(hubble_http_requests_total{reporter="server"}[60s])) > 0 or sum by (${by}, protocol, status, region) (rate(hubble_http_requests_total{reporter="client"}[60s])) > 0`,
    );
    expect(queryOf(plan, "latency p99").promql).toBe(
      `histogram_quantile(0.99, sum by (le, ${by}, region) (rate(hubble_http_request_duration_seconds_bucket{reporter="server"}[60s])))`,
    );
    expect(queryOf(plan, "flows").promql).toBe(
      `sum by (${by}, verdict, region) (rate(hubble_flows_processed_total[60s])) > 0`,
    );
    expect(queryOf(plan, "drops").promql).toBe(
      `sum by (${by}, reason, region) (rate(hubble_drop_total[60s])) > 0`,
    );
  });

  it("adds up statuses by class, with latencies in milliseconds", () => {
    const seen = observeWith(hubble, {
      requests: [series(5), series(1, { status: "404" }), series(2, { status: "500" })],
      "latency p50": [series(0.02)],
    });
    expect(edgeLines(seen)).toEqual(["us-east-1/shop/web -> us-east-1/shop/cart 5 1 2"]);
    expect(seen.edges[0]).toMatchObject({ protocol: "http", latencyMs: { p50: 20 } });
  });

  it("takes no workload for the world: outside as a caller, external as a target", () => {
    const requests = [
      series(1, { source_workload: "", source_namespace: "" }),
      series(2, { destination_workload: "", destination_namespace: "" }),
    ];
    const seen = observeWith(hubble, { requests });
    expect(edgeLines(seen)).toEqual([
      "outside -> us-east-1/shop/cart 1 0 0",
      "us-east-1/shop/web -> us-east-1/world 2 0 0",
    ]);
    expect(seen.edges[1]?.to).toMatchObject({ type: "external" });
  });

  it("shows flows that are no HTTP as an edge without requests, and drops as a notice on it", () => {
    const seen = observeWith(hubble, {
      flows: [series(30, { verdict: "FORWARDED" }), series(2, { verdict: "DROPPED" })],
      drops: [series(2, { reason: "POLICY_DENIED" })],
    });
    expect(seen.edges).toMatchObject([
      {
        rates: { normal: 0, warning: 0, danger: 0 },
        metadata: { flowsPerSecond: 30, flowsDroppedPerSecond: 2 },
      },
    ]);
    expect(seen.notices).toMatchObject([
      { title: "Packets are dropped: POLICY_DENIED", subtitle: "2 per second", severity: 1 },
    ]);
  });

  it("tells of series that name no workload at all: labelsContext is missing", () => {
    const { problems } = observeWith(hubble, { requests: [{ labels: { status: "200" }, value: 1 }] });
    expect(problems).toMatchObject([{ found: "1 series has no label source_workload" }]);
  });
});
