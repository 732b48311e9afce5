import { describe, expect, it } from "vitest";

import { edgeLines, observeWith, presetOptions, queryOf } from "#testing/preset-book.ts";

import { linkerd } from "./linkerd.ts";

function series(value: number, changes: Readonly<Record<string, string>> = {}) {
  const labels = {
    region: "us-east-1",
    namespace: "shop",
    deployment: "web",
    dst_namespace: "shop",
    dst_deployment: "cart",
    dst_service: "cart",
    classification: "success",
    status_code: "200",
  };
  return { labels: { ...labels, ...changes }, value };
}

describe("the preset linkerd", () => {
  const plan = linkerd(presetOptions());

  it("asks the callers' proxies only, for every kind of workload at once", () => {
    const by =
      "cluster, namespace, deployment, statefulset, daemonset, k8s_job, replicationcontroller, replicaset, dst_namespace, dst_deployment, dst_statefulset, dst_daemonset, dst_k8s_job, dst_replicationcontroller, dst_replicaset, dst_service, dst_target_cluster, dst_zone";
    expect(queryOf(plan, "responses").promql).toBe(
      `sum by (${by}, classification, status_code, grpc_status_code, region) (rate(response_total{direction="outbound"}[60s])) > 0`,
    );
    expect(queryOf(plan, "latency p95").promql).toBe(
      `histogram_quantile(0.95, sum by (le, ${by}, region) (rate(response_latency_ms_bucket{direction="outbound"}[60s])))`,
    );
    expect(queryOf(plan, "TCP connections").promql).toBe(
      `sum by (${by}, region) (tcp_open_connections{direction="outbound"}) > 0`,
    );
  });

  it("takes the status first, and Linkerd's own judgement where there is none", () => {
    const responses = [
      series(5),
      series(1, { status_code: "404" }),
      series(2, { status_code: "503", classification: "failure" }),
      series(3, { status_code: "200", grpc_status_code: "13", classification: "failure" }),
      series(4, { status_code: "", classification: "failure" }),
    ];
    expect(edgeLines(observeWith(linkerd, { responses }))).toEqual([
      "us-east-1/shop/web -> us-east-1/shop/cart 5 1 9",
    ]);
  });

  it("finds the workload whatever its kind, and the service where there is none", () => {
    const responses = [
      series(1, { deployment: "", statefulset: "queue", dst_deployment: "", dst_daemonset: "agent" }),
      series(2, { deployment: "", k8s_job: "nightly", dst_deployment: "", dst_service: "legacy" }),
      series(3, { dst_deployment: "", dst_service: "", dst_namespace: "" }),
    ];
    expect(edgeLines(observeWith(linkerd, { responses }))).toEqual([
      "us-east-1/shop/queue -> us-east-1/shop/agent 1 0 0",
      "us-east-1/shop/nightly -> us-east-1/shop/legacy 2 0 0",
      "us-east-1/shop/web -> us-east-1/unknown 3 0 0",
    ]);
  });

  it("puts a mirrored service where it runs, and knows zones if the settings name them", () => {
    const regions = {
      clusters: new Map([
        ["west", "us-west-2"],
        ["us-east-1b", "us-east-1"],
      ]),
      fallback: undefined,
    };
    const mirrored = { dst_deployment: "", dst_service: "cart-west", dst_target_cluster: "west" };
    const responses = [
      series(1, mirrored),
      series(2, { ...mirrored, dst_service: "cart-far", dst_target_cluster: "far" }),
      series(3, { region: "", dst_zone: "us-east-1b" }),
    ];
    expect(edgeLines(observeWith(linkerd, { responses }, { regions }))).toEqual([
      "us-east-1/shop/web -> us-west-2/shop/cart 1 0 0",
      "us-east-1/shop/web -> ?/shop/cart 2 0 0",
      "?/shop/web -> us-east-1/shop/cart 3 0 0",
    ]);
  });

  it("has latencies, and open connections beside the requests", () => {
    const { edges } = observeWith(linkerd, {
      responses: [series(5)],
      "latency p50": [series(4)],
      "TCP connections": [series(7)],
    });
    expect(edges).toMatchObject([
      { latencyMs: { p50: 4, p95: NaN, p99: NaN }, protocol: "http", metadata: { tcpOpenConnections: 7 } },
    ]);
  });

  it("tells of series that no workload sends", () => {
    const { problems } = observeWith(linkerd, { responses: [series(1, { deployment: "" })] });
    expect(problems).toMatchObject([{ found: "1 series has no label deployment" }]);
  });
});
