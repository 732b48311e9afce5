import { describe, expect, it } from "vitest";

import type { Observation } from "#domain/observed/observation.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";

import type { ObservationOptions } from "../observed/observation-reading.ts";
import { readKiali } from "./read-kiali.ts";

const options: ObservationOptions = {
  now: 1,
  regions: { clusters: new Map([["kukulcan", "us-east-1"]]), fallback: undefined },
  statuses: {},
};

const node = (id: string, more: object) => ({
  data: { id, nodeType: "app", cluster: "kukulcan", namespace: "bookinfo", ...more },
});
const edge = (source: string, target: string, traffic: unknown, more: object = {}) => ({
  data: { id: `${source}-${target}`, source, target, traffic, ...more },
});
const http = (rates: object, responses: object = {}) => ({ protocol: "http", rates, responses });

const nodes = [
  node("box", { nodeType: "box", app: "reviews", isBox: "app" }),
  node("users", { nodeType: "unknown", namespace: "unknown", app: "unknown", isRoot: true }),
  node("page", { app: "productpage", workload: "productpage-v1", version: "v1" }),
  node("svc", { nodeType: "service", service: "reviews" }),
  node("v1", { app: "reviews", version: "v1", parent: "box" }),
  node("v2", { app: "reviews", version: "v2", parent: "box" }),
  node("ratings", { app: "ratings", cluster: "tzotz" }),
  node("pass", {
    nodeType: "service",
    service: "PassthroughCluster",
    namespace: "unknown",
    cluster: "unknown",
  }),
];

/** In the shape that Kiali's own tests expect of its API, with a service in front of two versions, in two clusters. */
const graph = {
  timestamp: 1_523_364_075,
  duration: 600,
  graphType: "versionedApp",
  elements: {
    nodes,
    edges: [
      edge("users", "page", http({ http: "50.00", httpPercentReq: "100.0" })),
      edge(
        "page",
        "svc",
        http(
          { http: "80.00", http3xx: "20.00", http4xx: "20.00", http5xx: "10.00", httpNoResponse: "10.00" },
          {
            "200": { flags: { "-": "25.0" } },
            "302": { flags: { "-": "25.0" } },
            "404": { flags: { "-": "25.0" } },
            "503": { flags: { UO: "6.5", UF: "6.0" } },
            "-": { flags: { DC: "12.5" } },
          },
        ),
        { responseTime: "20" },
      ),
      edge("svc", "v1", http({ http: "40.00" })),
      edge("svc", "v2", http({ http: "40.00" })),
      edge("v2", "ratings", { protocol: "grpc", rates: { grpc: "5.00", grpcErr: "1.00" } }),
      edge("page", "pass", { protocol: "tcp", rates: { tcp: "150.00" } }),
    ],
  },
};

function observed(input: unknown, more: Partial<ObservationOptions> = {}): Observation {
  const read = readKiali(input, { ...options, ...more });
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

describe("a graph of Kiali", () => {
  it("is read with regions by cluster, namespaces, classes and protocols", () => {
    const { at, windowMs, edges } = observed(graph);
    expect([at, windowMs]).toEqual([1_523_364_075_000, 600_000]);
    const bookinfo = { kind: "service", region: "us-east-1", namespace: "bookinfo" };
    expect(edges).toEqual([
      {
        from: { kind: "outside" },
        to: { ...bookinfo, name: "productpage" },
        rates: { normal: 50, warning: 0, danger: 0 },
        protocol: "http",
      },
      {
        from: { ...bookinfo, name: "productpage" },
        to: { ...bookinfo, name: "reviews" },
        rates: { normal: 40, warning: 20, danger: 20 },
        protocol: "http",
        latencyMs: { p50: NaN, p95: 20, p99: NaN },
      },
      {
        from: { ...bookinfo, name: "reviews" },
        to: { kind: "service", region: undefined, namespace: "bookinfo", name: "ratings" },
        rates: { normal: 4, warning: 0, danger: 1 },
        protocol: "grpc",
      },
      {
        from: { ...bookinfo, name: "productpage" },
        to: { kind: "service", region: undefined, name: "PassthroughCluster", type: "external" },
        rates: { normal: 0, warning: 0, danger: 0 },
        protocol: "tcp",
        metadata: { bytesPerSecond: 150 },
      },
    ]);
  });

  it("tells what is not drawn as it is written", () => {
    expect(observed(graph).problems.map(({ found }) => found)).toEqual([
      "responseTime is one figure, and the document does not say which",
      "a service and its workloads are nodes of their own",
      "TCP is counted in bytes, not in requests",
    ]);
  });

  it("lets a feed say what single codes count as", () => {
    const { edges } = observed(graph, { statuses: { http: { "404": "normal" } } });
    expect(edges[1]?.rates).toEqual({ normal: 70, warning: 0, danger: 10 });
  });

  it.each([
    ["a node that is none", { nodes: [7], edges: [] }, "undefined is no node with an id"],
    ["a node without a name", { nodes: [node("a", {})], edges: [] }, "undefined is no name of a node"],
    ["a node without edges", { nodes: [node("a", { app: "a" })], edges: [] }, '"a" has no edges'],
    [
      "an edge to nowhere",
      { nodes: [node("a", { app: "a" })], edges: [edge("a", "b", {})] },
      'whose end "b"',
    ],
    [
      "a rate that is none",
      { nodes: [node("a", { app: "a" })], edges: [edge("a", "a", http({ http: "fast" }))] },
      '"fast" is no count',
    ],
  ])("tells of %s", (_, elements, told) => {
    const { problems } = observed({ ...graph, elements }, { regions: noRegionRule });
    expect(problems.map(({ found }) => found).join("\n")).toContain(told);
  });

  it.each([[7], [[]], [{}], [{ elements: 1 }]])("is not %j", (input) => {
    expect(readKiali(input, options)).toMatchObject({ ok: false });
  });
});
