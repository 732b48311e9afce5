import { describe, expect, it } from "vitest";

import { edgeLines, observeWith, presetOptions, queryOf } from "#testing/preset-book.ts";

import { envoy } from "./envoy.ts";

function series(value: number, changes: Readonly<Record<string, string>> = {}) {
  const labels = { region: "eu", job: "web", envoy_cluster_name: "cart", envoy_response_code_class: "2" };
  return { labels: { ...labels, ...changes }, value };
}

describe("the preset envoy", () => {
  it("asks for the classes of upstream responses, their times and the breakers", () => {
    const plan = envoy(presetOptions());
    const by = "cluster, job, envoy_cluster_name";
    expect(plan.queries.map(({ name, promql }) => [name, promql])).toEqual([
      [
        "requests",
        `sum by (${by}, envoy_response_code_class, region) (rate(envoy_cluster_upstream_rq_xx[60s])) > 0`,
      ],
      ...[
        ["p50", "0.5"],
        ["p95", "0.95"],
        ["p99", "0.99"],
      ].map(([name, q]) => [
        `latency ${name}`,
        `histogram_quantile(${q}, sum by (le, ${by}, region) (rate(envoy_cluster_upstream_rq_time_bucket[60s])))`,
      ]),
      ["circuit breakers", `max by (${by}, region) (envoy_cluster_circuit_breakers_default_rq_open) > 0`],
    ]);
    expect(queryOf(envoy(presetOptions({ hasLatency: false })), "requests").isOptional).toBe(false);
  });

  it("reads them, in one region", () => {
    const seen = observeWith(envoy, {
      requests: [
        series(5),
        series(1, { envoy_response_code_class: "4" }),
        series(2, { envoy_response_code_class: "5" }),
        series(3, { job: "front-ingress", envoy_cluster_name: "web" }),
      ],
      "latency p95": [series(12)],
      "circuit breakers": [series(1)],
    });
    expect(edgeLines(seen)).toEqual([
      "eu/web -> eu/cart 5 1 2",
      "eu/front-ingress -> eu/web 3 0 0",
      "outside -> eu/front-ingress 3 0 0",
    ]);
    expect(seen.edges[0]?.latencyMs?.p95).toBe(12);
    expect(seen.notices).toEqual([
      {
        about: { region: "eu", service: "web" },
        to: { region: "eu", service: "cart" },
        title: "The circuit breaker for requests is open",
        severity: 2,
      },
    ]);
  });

  it("tells of series without the name of a cluster", () => {
    const { problems } = observeWith(envoy, { requests: [series(1, { envoy_cluster_name: "" })] });
    expect(problems).toMatchObject([{ found: "1 series has no label envoy_cluster_name" }]);
  });
});
