import { describe, expect, it } from "vitest";

import { noRegionRule } from "#domain/observed/region-rule.ts";
import { edgeLines, observe } from "#testing/preset-book.ts";

import {
  freePlan,
  type Connection,
  type EndMapping,
  type FreeMapping,
  type NodeNotice,
} from "./free-mapping.ts";

function end(changes: Partial<EndMapping>): EndMapping {
  return { regex: /(.*)/s, replacement: "$1", prefix: "", suffix: "", isRegion: false, ...changes };
}

function text(replacement: string) {
  return end({ replacement });
}

function connection(changes: Partial<Connection> = {}): Connection {
  return {
    name: "http",
    query: "rates",
    source: end({ label: "client" }),
    target: end({ label: "service" }),
    status: { label: "code", warningRegex: /^Invalid|Failed/, dangerRegex: /Internal/ },
    notices: [],
    latency: {},
    ...changes,
  };
}

function plan(connections: readonly Connection[], changes: Partial<FreeMapping> = {}) {
  return freePlan({
    connections,
    notices: [],
    externalRegionLabel: "region",
    entries: undefined,
    regions: noRegionRule,
    statuses: {},
    ...changes,
  });
}

function series(value: number, labels: Readonly<Record<string, string>>) {
  return { labels: { client: "web", service: "demo-cart", code: "OK", ...labels }, value };
}

describe("queries and mappings of one's own", () => {
  it("take names from labels and classes from expressions; danger wins, and what matches nothing is normal", () => {
    const http = [series(10, {}), series(1, { code: "Internal" }), series(2, { code: "InvalidArgument" })];
    expect(edgeLines(observe(plan([connection()]), { http }))).toEqual(["?/web -> ?/demo-cart 10 2 1"]);
  });

  it("know HTTP and gRPC codes where no expression is given", () => {
    const http = [series(1, { code: "404" }), series(2, { code: "UNAVAILABLE" }), series(3, { code: "" })];
    const mapped = plan([connection({ status: { label: "code" } })]);
    expect(edgeLines(observe(mapped, { http }))).toEqual(["?/web -> ?/demo-cart 3 1 2"]);
  });

  it("make names of what an expression finds, with something before and after it, as Go's templates do", () => {
    const target = end({
      label: "service",
      regex: /^demo-(?<name>.+)$/,
      replacement: "${name}-$1$$",
      prefix: "svc:",
      suffix: "!",
    });
    expect(edgeLines(observe(plan([connection({ target })]), { http: [series(1, {})] }))).toEqual([
      "?/web -> ?/svc:cart-cart$! 1 0 0",
    ]);
  });

  it("take INTERNET for the outside, and know regions, namespaces, classes and protocols", () => {
    const mapped = plan(
      [
        connection({
          source: text("INTERNET"),
          target: end({
            label: "service",
            class: "storage",
            region: end({ label: "cluster" }),
            namespace: text("shop"),
          }),
          protocol: "sql",
        }),
      ],
      { regions: { clusters: new Map([["a", "us-east-1"]]), fallback: "home" } },
    );
    const http = [
      series(1, { cluster: "a" }),
      series(2, { cluster: "b" }),
      series(3, { region: "eu" }),
      series(4, {}),
    ];
    const seen = observe(mapped, { http });
    expect(edgeLines(seen)).toEqual([
      "outside -> us-east-1/shop/demo-cart 1 0 0",
      "outside -> b/shop/demo-cart 2 0 0",
      "outside -> eu/shop/demo-cart 3 0 0",
      "outside -> home/shop/demo-cart 4 0 0",
    ]);
    expect(seen.edges[0]).toMatchObject({ protocol: "sql", to: { type: "storage" } });
  });

  it("have latencies in milliseconds from queries of their own", () => {
    const mapped = plan([connection({ latency: { p95: "slow" } })]);
    const { edges } = observe(mapped, { http: [series(1, {})], "http p95": [series(12, { code: "" })] });
    expect(edges[0]?.latencyMs).toEqual({ p50: NaN, p95: 12, p99: NaN });
  });

  it("enter a region as a whole only where no service of it is known to be called from outside", () => {
    const global = connection({
      name: "global",
      source: end({ replacement: "INTERNET", isRegion: true }),
      target: end({ label: "to", isRegion: true }),
    });
    const inside = connection({
      source: text("INTERNET"),
      target: end({ label: "service", region: text("us") }),
    });
    const seen = observe(plan([global, inside]), {
      global: [series(9, { to: "us" }), series(7, { to: "eu" }), series(1, { to: "eu", code: "Internal" })],
      http: [series(8, {})],
    });
    expect(edgeLines(seen)).toEqual(["outside -> us/demo-cart 8 0 0", "outside -> eu/entry 7 0 1"]);
    expect(seen.problems).toMatchObject([{ place: "global", kind: "note" }]);
  });

  it("show notices on connections by the share of their requests, with the highest threshold that is reached", () => {
    const notices = [
      {
        title: "[{{ .value }}] Errors",
        subtitle: "of all",
        statusType: "danger" as const,
        thresholds: { info: 0.01, warning: 0.05, error: 0.5 },
      },
      { title: "Never", statusType: "warning" as const, thresholds: { error: 0 } },
    ];
    const http = [series(9, {}), series(1, { code: "Internal" }), series(5, { service: "other" })];
    expect(observe(plan([connection({ notices })]), { http }).notices).toEqual([
      {
        about: { service: "web" },
        to: { service: "demo-cart" },
        title: "[0.10000] Errors",
        subtitle: "of all",
        severity: 1,
      },
    ]);
  });

  it("show notices on services by a query of their own: by thresholds, or wherever it has a series", () => {
    const notice: NodeNotice = {
      title: "{{ .service }} at {{ .value }}{{ .nothing }}",
      query: "q",
      node: end({ label: "service", region: text("us") }),
      thresholds: { error: 10 },
    };
    const mapped = plan([connection()], { notices: [notice, { ...notice, title: "Down", always: 1 }] });
    const seen = observe(mapped, {
      'notice "{{ .service }} at {{ .value }}{{ .nothing }}"': [
        series(12.5, {}),
        series(3, { service: "x" }),
      ],
      'notice "Down"': [series(0, {})],
    });
    expect(seen.notices).toEqual([
      { about: { region: "us", service: "demo-cart" }, title: "demo-cart at 12.50000", severity: 2 },
      { about: { region: "us", service: "demo-cart" }, title: "Down", severity: 1 },
    ]);
  });

  it("tell of series that give no name", () => {
    const target = end({ label: "service", regex: /^shop-(.+)$/ });
    const { edges, problems } = observe(plan([connection({ target })]), {
      http: [series(1, {}), series(1, { client: "" })],
    });
    expect(edges).toEqual([]);
    expect(problems.map(({ found }) => found)).toEqual([
      '1 series has a label service, such as "demo-cart", in which /^shop-(.+)$/ finds nothing',
      "1 series has no label client",
    ]);
  });
});
