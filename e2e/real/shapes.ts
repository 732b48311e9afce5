import { shapedHistogram, type ShapedSeries } from "./exposition.ts";

/** What one preset's metrics are shaped like, and what must be seen of them. */
export interface Shape {
  readonly preset: string;
  readonly settings?: object;
  readonly series: readonly ShapedSeries[];
  /** "region/namespace/name -> region/namespace/name": normal, warning and danger per second, and the quantiles in milliseconds. */
  readonly edges: Readonly<
    Record<string, { readonly rates: readonly number[]; readonly latency?: readonly number[] }>
  >;
}

type Labels = Readonly<Record<string, string>>;

function counter(metric: string, labels: Labels, value: number): ShapedSeries {
  return { metric, labels, value };
}

const istioWeb = {
  reporter: "source",
  source_cluster: "use1",
  source_workload: "web-v1",
  source_workload_namespace: "shop",
  source_canonical_service: "web",
  destination_cluster: "use1",
  destination_service_namespace: "shop",
  destination_canonical_service: "cart",
  destination_service_name: "cart",
  request_protocol: "http",
  response_flags: "-",
};
const istioGateway = {
  ...istioWeb,
  source_workload: "istio-ingressgateway",
  source_workload_namespace: "istio",
  source_canonical_service: "istio-ingressgateway",
  destination_canonical_service: "web",
  destination_service_name: "web",
};
const istioUnknown = {
  ...istioWeb,
  reporter: "destination",
  source_cluster: "unknown",
  source_workload: "unknown",
  source_workload_namespace: "unknown",
  source_canonical_service: "unknown",
};
const requests = "istio_requests_total";
const durations = "istio_request_duration_milliseconds";

const istio: Shape = {
  preset: "istio",
  series: [
    counter(requests, { ...istioWeb, response_code: "200" }, 40),
    counter(requests, { ...istioWeb, response_code: "404" }, 2),
    counter(requests, { ...istioWeb, response_code: "503", response_flags: "UF" }, 1),
    // The same requests, told by the server too: they must not count twice.
    counter(requests, { ...istioWeb, reporter: "destination", response_code: "200" }, 40),
    counter(requests, { ...istioWeb, destination_cluster: "euw1", response_code: "200" }, 5),
    counter(requests, { ...istioUnknown, response_code: "200" }, 3),
    counter(requests, { ...istioGateway, response_code: "200" }, 50),
    ...shapedHistogram(durations, istioWeb, 43, [5, 25, 100]),
  ],
  edges: {
    "us-east-1/shop/web -> us-east-1/shop/cart": { rates: [40, 2, 1], latency: [5, 25, 100] },
    "us-east-1/shop/web -> eu-west-1/shop/cart": { rates: [5, 0, 0] },
    "outside -> us-east-1/shop/cart": { rates: [3, 0, 0] },
    "us-east-1/istio/istio-ingressgateway -> us-east-1/shop/web": { rates: [50, 0, 0] },
    "outside -> us-east-1/istio/istio-ingressgateway": { rates: [50, 0, 0] },
  },
};

const ztunnel = {
  app: "ztunnel",
  reporter: "source",
  source_cluster: "west",
  source_region: "us-west-2",
  source_canonical_service: "web",
  source_workload_namespace: "shop",
  destination_cluster: "west",
  destination_region: "us-west-2",
  destination_canonical_service: "db",
  destination_service_namespace: "shop",
  destination_service_name: "db",
};
const waypoint = { ...istioWeb, reporter: "waypoint", source_cluster: "west", destination_cluster: "west" };

const ambient: Shape = {
  preset: "istio-ambient",
  series: [
    counter("istio_tcp_sent_bytes_total", ztunnel, 1000),
    counter("istio_tcp_received_bytes_total", ztunnel, 4000),
    counter(requests, { ...waypoint, response_code: "200" }, 20),
    counter(requests, { ...waypoint, response_code: "500" }, 4),
    counter(requests, { ...waypoint, reporter: "source", response_code: "200" }, 20),
    ...shapedHistogram(durations, waypoint, 24, [10, 50, 250]),
  ],
  edges: {
    "us-west-2/shop/web -> us-west-2/shop/db": { rates: [0, 0, 0] },
    "us-west-2/shop/web -> us-west-2/shop/cart": { rates: [20, 0, 4], latency: [10, 50, 250] },
  },
};

const meshed = {
  direction: "outbound",
  namespace: "shop",
  deployment: "web",
  dst_namespace: "shop",
  dst_deployment: "cart",
  dst_service: "cart",
};
const stateful = {
  ...meshed,
  deployment: "",
  statefulset: "jobs",
  dst_deployment: "",
  dst_service: "cart-euw1",
  dst_target_cluster: "euw1",
};

const linkerd: Shape = {
  preset: "linkerd",
  series: [
    counter("response_total", { ...meshed, classification: "success", status_code: "200" }, 30),
    counter("response_total", { ...meshed, classification: "failure", status_code: "500" }, 3),
    counter(
      "response_total",
      { ...meshed, direction: "inbound", classification: "success", status_code: "200" },
      30,
    ),
    counter(
      "response_total",
      { ...stateful, classification: "failure", status_code: "200", grpc_status_code: "14" },
      2,
    ),
    ...shapedHistogram("response_latency_ms", meshed, 33, [4, 20, 40]),
  ],
  edges: {
    "us-east-1/shop/web -> us-east-1/shop/cart": { rates: [30, 0, 3], latency: [4, 20, 40] },
    "us-east-1/shop/jobs -> eu-west-1/shop/cart": { rates: [0, 0, 2] },
  },
};

function graph(client: string, server: string, connection: string, more: Labels = {}): Labels {
  return { client, server, connection_type: connection, failed: "false", ...more };
}
const graphRequests = "traces_service_graph_request_total";
const webToCart = graph("web", "cart", "", {
  client_cloud_region: "us-east-1",
  server_cloud_region: "eu-west-1",
});

const otel: Shape = {
  preset: "otel-servicegraph",
  settings: { metricPrefix: "otel_" },
  series: [
    counter(`otel_${graphRequests}`, webToCart, 8),
    counter(`otel_${graphRequests}`, { ...webToCart, failed: "true" }, 2),
    counter("otel_traces_service_graph_request_failed_total", { ...webToCart, failed: "true" }, 2),
    counter(
      `otel_${graphRequests}`,
      graph("user", "web", "virtual_node", { server_cloud_region: "us-east-1" }),
      12,
    ),
    ...shapedHistogram("otel_traces_service_graph_request_server_seconds", webToCart, 10, [0.02, 0.1, 0.5]),
  ],
  edges: {
    "us-east-1/web -> eu-west-1/cart": { rates: [8, 0, 2], latency: [20, 100, 500] },
    "outside -> us-east-1/web": { rates: [12, 0, 0] },
  },
};

const tempo: Shape = {
  preset: "tempo",
  series: [
    counter(graphRequests, webToCart, 10),
    counter("traces_service_graph_request_failed_total", webToCart, 1),
    counter(graphRequests, graph("cart", "orders", "database", { client_cloud_region: "eu-west-1" }), 6),
    {
      metric: "traces_service_graph_connection_info",
      labels: graph("web", "rare", ""),
      value: 1,
      isGauge: true,
    },
    ...shapedHistogram("traces_service_graph_request_server_seconds", webToCart, 10, [0.1, 0.8, 1.6]),
  ],
  edges: {
    "us-east-1/web -> eu-west-1/cart": { rates: [9, 0, 1], latency: [100, 800, 1600] },
    // Nothing tells where a database runs but the Prometheus that was asked.
    "eu-west-1/cart -> us-east-1/orders": { rates: [6, 0, 0] },
    "us-east-1/web -> us-east-1/rare": { rates: [0, 0, 0] },
  },
};

const flow = {
  source_namespace: "shop",
  source_workload: "web",
  destination_namespace: "shop",
  destination_workload: "cart",
};

const hubble: Shape = {
  preset: "hubble",
  series: [
    counter(
      "hubble_http_requests_total",
      { ...flow, reporter: "server", status: "200", protocol: "HTTP/1.1" },
      15,
    ),
    counter(
      "hubble_http_requests_total",
      { ...flow, reporter: "client", status: "200", protocol: "HTTP/1.1" },
      15,
    ),
    counter(
      "hubble_http_requests_total",
      { ...flow, reporter: "client", status: "503", protocol: "HTTP/1.1" },
      1,
    ),
    counter("hubble_flows_processed_total", { ...flow, verdict: "FORWARDED" }, 100),
    counter("hubble_drop_total", { ...flow, reason: "POLICY_DENIED" }, 2),
    ...shapedHistogram(
      "hubble_http_request_duration_seconds",
      { ...flow, reporter: "server" },
      15,
      [0.005, 0.05, 0.1],
    ),
  ],
  edges: {
    "us-east-1/shop/web -> us-east-1/shop/cart": { rates: [15, 0, 1], latency: [5, 50, 100] },
  },
};

const upstream = { envoy_cluster_name: "cart" };

const envoy: Shape = {
  preset: "envoy",
  series: [
    counter("envoy_cluster_upstream_rq_xx", { ...upstream, envoy_response_code_class: "2" }, 25),
    counter("envoy_cluster_upstream_rq_xx", { ...upstream, envoy_response_code_class: "4" }, 1),
    counter("envoy_cluster_upstream_rq_xx", { ...upstream, envoy_response_code_class: "5" }, 2),
    ...shapedHistogram("envoy_cluster_upstream_rq_time", upstream, 28, [5, 25, 50]),
  ],
  edges: { "us-east-1/envoy -> us-east-1/cart": { rates: [25, 1, 2], latency: [5, 25, 50] } },
};

export const shapes: readonly Shape[] = [istio, ambient, linkerd, otel, tempo, hubble, envoy];
