import { describe, expect, it } from "vitest";

import { edgeLines, observeWith, presetOptions, queryOf } from "#testing/preset-book.ts";

import { istio, istioAmbient } from "./istio.ts";

const regions = {
  clusters: new Map([
    ["use1", "us-east-1"],
    ["euw1", "eu-west-1"],
  ]),
  fallback: undefined,
};

/** A series as a sidecar writes it. */
function series(value: number, changes: Readonly<Record<string, string>> = {}) {
  const labels = {
    reporter: "source",
    source_cluster: "use1",
    source_workload_namespace: "shop",
    source_canonical_service: "web",
    destination_cluster: "use1",
    destination_service_namespace: "shop",
    destination_canonical_service: "cart",
    destination_service_name: "cart",
    request_protocol: "http",
    response_code: "200",
    response_flags: "-",
  };
  return { labels: { ...labels, ...changes }, value };
}

describe("the preset istio", () => {
  const plan = istio(presetOptions());

  it("asks what sidecars sent, and what came from callers without one", () => {
    const by =
      "sum by (reporter, source_cluster, source_workload_namespace, source_canonical_service, destination_cluster, destination_service_namespace, destination_canonical_service, destination_service_name, request_protocol, response_code, grpc_response_status, response_flags, region)";
    expect(queryOf(plan, "requests").promql).toBe(
      `${by} (rate(istio_requests_total{reporter="source"}[60s])) > 0 or ${by} (rate(istio_requests_total{reporter="destination",source_workload="unknown"}[60s])) > 0`,
    );
    expect(queryOf(plan, "latency p95").promql).toBe(
      'histogram_quantile(0.95, sum by (le, source_cluster, source_workload_namespace, source_canonical_service, destination_cluster, destination_service_namespace, destination_canonical_service, destination_service_name, region) (rate(istio_request_duration_milliseconds_bucket{reporter="source"}[60s])))',
    );
  });

  it("asks with the window, the matchers and the names of labels that it is told", () => {
    const changes = { windowMs: 2500, matchers: 'env="prod"', labels: new Map([["reporter", "rep"]]) };
    const { promql } = queryOf(istio(presetOptions(changes)), "requests");
    expect(promql).toContain("sum by (rep, source_cluster");
    expect(promql).toContain('{rep="source",env="prod"}[2500ms]');
  });

  it("asks native histograms without buckets", () => {
    const { promql } = queryOf(istio(presetOptions({ hasNativeHistograms: true })), "latency p50");
    expect(promql).toContain("(rate(istio_request_duration_milliseconds{");
    expect(promql).not.toContain("le,");
  });

  it("tells services apart by the region of the cluster, namespace and name, and adds up codes by class", () => {
    const seen = observeWith(
      istio,
      {
        requests: [
          series(10),
          series(1, { response_code: "404" }),
          series(2, { response_code: "503" }),
          series(0.5, { response_code: "0" }),
          series(4, { request_protocol: "grpc", grpc_response_status: "14" }),
          series(3, { destination_cluster: "euw1" }),
        ],
      },
      { regions },
    );
    expect(edgeLines(seen)).toEqual([
      "us-east-1/shop/web -> us-east-1/shop/cart 10 1 6.5",
      "us-east-1/shop/web -> eu-west-1/shop/cart 3 0 0",
    ]);
    expect(seen.edges[0]?.protocol).toBe("http");
  });

  it("gives an unknown cluster no region, not that of the Prometheus of the caller", () => {
    const lines = edgeLines(
      observeWith(istio, { requests: [series(1, { destination_cluster: "far", region: "eu" })] }),
    );
    expect(lines).toEqual(["eu/shop/web -> ?/shop/cart 1 0 0"]);
  });

  it("takes an unknown caller for the outside where only the server tells of it", () => {
    const caller = { source_canonical_service: "unknown", source_cluster: "unknown" };
    const seen = observeWith(
      istio,
      { requests: [series(1, { ...caller, reporter: "destination" }), series(2, caller)] },
      { regions },
    );
    expect(edgeLines(seen)).toEqual([
      "outside -> us-east-1/shop/cart 1 0 0",
      "?/shop/unknown -> us-east-1/shop/cart 2 0 0",
    ]);
  });

  it("brings what an ingress gateway sends on in from outside, unless somebody is seen to call it", () => {
    const gateway = { source_canonical_service: "istio-ingressgateway", source_workload_namespace: "istio" };
    const requests = [series(5, gateway), series(1, { ...gateway, response_code: "500" })];
    expect(edgeLines(observeWith(istio, { requests }))).toEqual([
      "?/istio/istio-ingressgateway -> ?/shop/cart 5 0 1",
      "outside -> ?/istio/istio-ingressgateway 5 0 1",
    ]);
    const called = series(2, {
      destination_canonical_service: "istio-ingressgateway",
      destination_service_namespace: "istio",
    });
    expect(edgeLines(observeWith(istio, { requests: [...requests, called] }))).toHaveLength(2);
  });

  it("shows where Envoy sends what it has no route for as something external, where the caller is", () => {
    const nowhere = {
      destination_cluster: "unknown",
      destination_service_namespace: "unknown",
      destination_canonical_service: "unknown",
    };
    const requests = ["PassthroughCluster", "BlackHoleCluster", "unknown", "legacy.example"].map((name) =>
      series(1, { ...nowhere, destination_service_name: name }),
    );
    const { edges } = observeWith(istio, { requests }, { regions });
    expect(edges.map(({ to }) => to)).toMatchObject([
      { name: "PassthroughCluster", type: "external", region: "us-east-1" },
      { name: "BlackHoleCluster", type: "external", region: "us-east-1" },
      { name: "unknown", type: "external", region: "us-east-1" },
      { name: "legacy.example" },
    ]);
  });

  it("makes a notice of response flags on responses that succeeded", () => {
    const requests = [
      series(1, { response_flags: "URX" }),
      series(2, { response_flags: "URX", response_code: "204" }),
      series(2, { response_flags: "UF", response_code: "503" }),
    ];
    expect(observeWith(istio, { requests }).notices).toEqual([
      {
        about: { namespace: "shop", service: "web" },
        to: { namespace: "shop", service: "cart" },
        title: "Envoy marks successful responses with URX",
        subtitle: "3 per second",
        severity: 0,
      },
    ]);
  });

  it("has latencies in milliseconds, the greatest where two clusters are one region, and none for NaN or beyond the buckets", () => {
    const latency = (p50: number, p99: number) =>
      observeWith(istio, {
        requests: [series(1)],
        "latency p50": [series(p50), series(5, { source_cluster: "b" })],
        "latency p99": [series(p99)],
      }).edges[0]?.latencyMs;
    expect(latency(7, 80)).toEqual({ p50: 7, p95: NaN, p99: 80 });
    expect(latency(NaN, Infinity)).toEqual({ p50: 5, p95: NaN, p99: NaN });
  });

  it("shows TCP as an edge without requests, with its bytes beside it", () => {
    const { edges } = observeWith(istio, {
      "TCP bytes sent": [series(1000), series(500, { response_code: "" })],
      "TCP bytes received": [series(200)],
    });
    expect(edges).toMatchObject([
      {
        rates: { normal: 0, warning: 0, danger: 0 },
        protocol: "tcp",
        metadata: { tcpBytesSentPerSecond: 1500, tcpBytesReceivedPerSecond: 200 },
      },
    ]);
  });

  it("tells of series that have no number or lack a label, and what to do about it", () => {
    const { labels } = series(1);
    const { source_canonical_service: _, ...renamed } = labels;
    const { edges, problems } = observeWith(istio, {
      requests: [series(NaN), series(Infinity), series(-1), { labels: renamed, value: 1 }],
    });
    expect(edges).toEqual([]);
    expect(problems.map(({ found }) => found)).toEqual([
      "3 series have no number (NaN)",
      "1 series has no label source_canonical_service",
    ]);
    expect(problems[1]?.done).toContain("labels: { source_canonical_service: ITS_NAME }");
  });

  it("reads labels that are called otherwise", () => {
    const { labels } = series(1);
    const { source_canonical_service: _, ...others } = labels;
    const sample = { labels: { ...others, src: "web" }, value: 1 };
    const changes = { labels: new Map([["source_canonical_service", "src"]]) };
    expect(edgeLines(observeWith(istio, { requests: [sample] }, changes))).toEqual([
      "?/shop/web -> ?/shop/cart 1 0 0",
    ]);
  });

  it("computes what a service can bear from the limits of its autoscaler, and says so", () => {
    const scaler = { namespace: "shop", horizontalpodautoscaler: "cart", cluster: "use1" };
    const { capacities } = observeWith(
      istio,
      {
        requests: [series(30)],
        "autoscaler limits": [{ labels: scaler, value: 12 }],
        "autoscaler replicas": [{ labels: scaler, value: 3 }],
      },
      { regions },
    );
    expect(capacities).toEqual([
      {
        about: { region: "us-east-1", namespace: "shop", service: "cart" },
        rps: 120,
        from: "HPA limit of 12 replicas, at what each of the 3 bears now",
        instances: 3,
      },
    ]);
  });
});

describe("the preset istio-ambient", () => {
  it("asks waypoints and sidecars, and ztunnel for bytes and regions first", () => {
    const plan = istioAmbient(presetOptions());
    expect(queryOf(plan, "requests").promql).toContain(
      'istio_requests_total{reporter=~"waypoint|source"}[60s]',
    );
    expect(plan.queries[0]?.promql).toContain(
      'source_region, source_zone, destination_region, destination_zone, region) (rate(istio_tcp_sent_bytes_total{app="ztunnel",reporter="source"}[60s])) > 0',
    );
  });

  it("counts an edge once that both a waypoint and a sidecar tell of, whatever comes first", () => {
    const requests = [
      series(5, { response_flags: "DC" }),
      series(7, { reporter: "waypoint" }),
      series(9),
      series(1, { reporter: "waypoint", response_code: "500" }),
    ];
    expect(edgeLines(observeWith(istioAmbient, { requests }))).toEqual(["?/shop/web -> ?/shop/cart 7 0 1"]);
  });

  it("learns the regions of clusters from ztunnel, and falls back on the settings where it contradicts itself", () => {
    const told = (cluster: string, region: string) =>
      series(1, {
        source_cluster: cluster,
        source_region: region,
        destination_cluster: cluster,
        destination_region: region,
      });
    const answers = {
      "TCP bytes sent": [told("a", "west"), told("use1", "north"), told("use1", "south")],
      requests: ["use1", "a", "b"].map((cluster) =>
        series(1, { reporter: "waypoint", source_cluster: cluster, destination_cluster: cluster }),
      ),
    };
    const lines = edgeLines(observeWith(istioAmbient, answers, { regions }));
    expect(lines.filter((line) => line.endsWith("1 0 0"))).toEqual([
      "west/shop/web -> west/shop/cart 1 0 0",
      "us-east-1/shop/web -> us-east-1/shop/cart 1 0 0",
      "?/shop/web -> ?/shop/cart 1 0 0",
    ]);
  });
});
