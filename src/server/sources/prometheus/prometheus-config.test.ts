import { describe, expect, it } from "vitest";

import { prometheusSchema } from "./prometheus-config.ts";

const url = "http://prometheus:9090";

function faults(written: object): string {
  const read = prometheusSchema.safeParse(written);
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
}

describe("how a source of the kind prometheus is written", () => {
  it("needs an address and a preset only", () => {
    expect(prometheusSchema.parse({ url, preset: "istio" })).toMatchObject({
      url: new URL("http://prometheus:9090/"),
      everyMs: 10_000,
      delayMs: 0,
      windowMs: 60_000,
      externalRegionLabel: "region",
      asks: { kind: "preset", preset: "istio", hasLatency: true, hasCapacity: true, metricPrefix: "" },
    });
  });

  it.each([
    ["http://host", "http://host/"],
    ["https://host/prometheus", "https://host/prometheus/"],
    ["https://host/prometheus/api/v1/query?query=up", "https://host/prometheus/"],
  ])("takes what stands before the API from %s", (written, base) => {
    expect(prometheusSchema.parse({ url: written, preset: "istio" }).url.href).toBe(base);
  });

  it("looks back far enough for two scrapes, and for two rounds of the Collector", () => {
    const windowOf = (more: object) => prometheusSchema.parse({ url, preset: "tempo", ...more }).windowMs;
    expect([
      windowOf({}),
      windowOf({ preset: "otel-servicegraph" }),
      windowOf({ scrapeInterval: "1m" }),
      windowOf({ scrapeInterval: "1s", window: "5s" }),
    ]).toEqual([60_000, 120_000, 120_000, 5_000]);
  });

  it("takes queries of one's own, by promviz's words", () => {
    const connections = [
      {
        query: "requests",
        region: "us-east-1",
        source: { replacement: "INTERNET" },
        target: { label: "service", regex: "^demo-(.+)$", replacement: "$1", class: "storage" },
        status: { label: "code", dangerRegex: "^5..$" },
        notices: [{ title: "High", statusType: "danger", severityThreshold: { error: 0.1 } }],
      },
    ];
    const { asks, entries } = prometheusSchema.parse({ url, connections });
    expect([asks.kind, entries]).toEqual(["mapping", undefined]);
    expect(asks).toMatchObject({
      mapping: {
        connections: [
          {
            name: "connection 1",
            source: { replacement: "INTERNET", region: { replacement: "us-east-1" } },
            target: { label: "service", isRegion: false, class: "storage" },
          },
        ],
      },
    });
  });

  it.each<[string, object, string]>([
    ["no address", { preset: "istio" }, "url: write the address"],
    ["nothing to ask", { url }, "preset: say what to ask: one of istio, istio-ambient"],
    ["an unknown preset", { url, preset: "isto" }, 'preset: there is no preset "isto"; Did you mean istio?'],
    ["two things to ask", { url, preset: "istio", notices: [notice()] }, "either a preset or queries"],
    ["a window too short", { url, preset: "istio", window: "20s" }, "a rate needs two scrapes: write 30s"],
    ["matchers in braces", { url, preset: "istio", matchers: '{a="b"}' }, "without braces"],
    ["what only presets know", { url, connections: [connection()], matchers: 'a="b"' }, "to presets only"],
    [
      "an end without a name",
      { url, connections: [connection({ source: {} })] },
      "write the label that holds",
    ],
    [
      "a wrong expression",
      { url, connections: [connection({ source: { label: "a", regex: "(" } })] },
      "no regular",
    ],
    ["an unknown key", { url, preset: "istio", every: "5s" }, 'Unrecognized key: "every"'],
  ])("refuses %s, with what to write", (_, written, why) => {
    expect(faults(written)).toContain(why);
  });
});

function connection(more: object = {}) {
  return { query: "q", source: { label: "a" }, target: { label: "b" }, ...more };
}

function notice() {
  return { title: "t", query: "q", node: { label: "a" }, severityThreshold: {} };
}
