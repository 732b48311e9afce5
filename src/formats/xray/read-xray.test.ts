import { describe, expect, it } from "vitest";

import type { Observation } from "#domain/observed/observation.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";

import type { ObservationOptions } from "../observed/observation-reading.ts";
import { histogramLatency } from "./histogram-latency.ts";
import { readXray } from "./read-xray.ts";

const start = 1_700_000_000;
const options: ObservationOptions = { now: 1, regions: noRegionRule, statuses: {} };

const statistics = {
  OkCount: 95,
  ErrorStatistics: { ThrottleCount: 1, OtherCount: 2, TotalCount: 3 },
  FaultStatistics: { OtherCount: 2, TotalCount: 2 },
  TotalCount: 100,
  TotalResponseTime: 12.5,
};

/** An answer in the documented shape: a client that calls a service, which calls a table. */
const document = {
  StartTime: start,
  EndTime: start + 10,
  ContainsOldGroupVersions: false,
  NextToken: null,
  Services: [
    {
      ReferenceId: 0,
      Name: "checkout",
      Type: "client",
      Edges: [{ ReferenceId: 1, SummaryStatistics: { OkCount: 10, TotalCount: 10 } }],
    },
    {
      ReferenceId: 1,
      Name: "checkout",
      Names: ["checkout"],
      Root: true,
      Type: "AWS::ECS::Container",
      State: "active",
      Edges: [
        {
          ReferenceId: 2,
          SummaryStatistics: statistics,
          ResponseTimeHistogram: [
            { Value: 0.5, Count: 4 },
            { Value: 0.12, Count: 90 },
            { Value: 2, Count: 6 },
          ],
        },
      ],
    },
    { ReferenceId: 2, Name: "orders", Type: "AWS::DynamoDB::Table" },
  ],
};

function observed(input: unknown, more: Partial<ObservationOptions> = {}): Observation {
  const read = readXray(input, { ...options, ...more });
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

describe("a service graph of X-Ray", () => {
  it("is read with errors and faults apart, throttling told by itself, and quantiles of the histogram", () => {
    const { at, windowMs, edges, problems } = observed(document, {
      regions: { ...noRegionRule, fallback: "eu-west-1" },
    });
    expect([at, windowMs, problems]).toEqual([(start + 10) * 1000, 10_000, []]);
    const checkout = {
      kind: "service",
      region: "eu-west-1",
      name: "checkout",
      metadata: { awsType: "AWS::ECS::Container" },
    };
    expect(edges).toEqual([
      {
        from: { kind: "outside" },
        to: checkout,
        rates: { normal: 1, warning: 0, danger: 0 },
        protocol: "http",
      },
      {
        from: checkout,
        to: {
          kind: "service",
          region: "eu-west-1",
          name: "orders",
          type: "storage",
          metadata: { awsType: "AWS::DynamoDB::Table" },
        },
        rates: { normal: 9.5, warning: 0.1 + 0.2, danger: 0.2 },
        latencyMs: { p50: 120, p95: 2000, p99: 2000 },
        protocol: "http",
        metadata: { throttledPerSecond: 0.1 },
      },
    ]);
  });

  it("lets a feed say that throttling is a failure", () => {
    const { edges } = observed(document, { statuses: { http: { "429": "danger" } } });
    expect(edges[1]?.rates).toEqual({ normal: 9.5, warning: 0.2, danger: 0.1 + 0.2 });
  });

  it.each([
    ["by their names", { "us-east-1": document, "eu-west-1": [document] }],
    [
      "as a list",
      [
        { ...document, Region: "us-east-1" },
        { ...document, Region: "eu-west-1" },
      ],
    ],
  ])("is merged from several regions, given %s", (_, input) => {
    const regions = observed(input).edges.flatMap(({ to }) => (to.kind === "service" ? [to.region] : []));
    expect(regions).toEqual(["us-east-1", "us-east-1", "eu-west-1", "eu-west-1"]);
  });

  it("is put together from pages, whose references lead to one another", () => {
    const [client, checkout, orders] = document.Services;
    const pages = [
      { ...document, NextToken: "more", Services: [client, checkout] },
      { ...document, Services: [orders] },
    ];
    expect(observed(pages)).toMatchObject({ edges: [{}, {}], problems: [] });
    const { edges, problems } = observed(pages[0]);
    expect(edges).toHaveLength(1);
    expect(problems.map(({ place }) => place)).toEqual(["NextToken", "Services[1].Edges[0]"]);
  });

  it("shows what enters at a root that no client leads to", () => {
    const [, checkout, orders] = document.Services;
    const { edges } = observed({
      ...document,
      Services: [{ ...checkout, SummaryStatistics: { OkCount: 20, TotalCount: 20 } }, orders],
    });
    expect(edges.map(({ from, rates }) => [from.kind, rates.normal])).toEqual([
      ["service", 9.5],
      ["outside", 2],
    ]);
  });

  it("tells a Lambda from its function, which has the same name", () => {
    const { edges } = observed({
      ...document,
      Services: [
        { ReferenceId: 1, Name: "pay", Type: "AWS::Lambda", Edges: [{ ReferenceId: 2, EdgeType: "link" }] },
        { ReferenceId: 2, Name: "pay", Type: "AWS::Lambda::Function" },
      ],
    });
    expect(edges).toMatchObject([
      {
        from: { name: "pay (AWS::Lambda)" },
        to: { name: "pay (AWS::Lambda::Function)" },
        protocol: "messaging",
      },
    ]);
  });

  it("reads moments as the command line writes them", () => {
    const { at, windowMs } = observed({
      ...document,
      StartTime: "2023-11-14T22:13:20+00:00",
      EndTime: "2023-11-14T22:14:20+00:00",
    });
    expect([at, windowMs]).toEqual([1_700_000_060_000, 60_000]);
  });

  it.each([
    ["no times", { StartTime: undefined }, "StartTime and EndTime do not say"],
    ["a service that is none", { Services: [7] }, "7 is no service"],
    [
      "a reference that is none",
      { Services: [{ Name: "a", ReferenceId: "x" }] },
      'the reference "x" is no number',
    ],
    ["a service without a name", { Services: [{ ReferenceId: 1 }] }, "undefined is no name of a service"],
    ["a service without edges", { Services: [{ ReferenceId: 1, Name: "a" }] }, '"a" has no edges'],
    [
      "counts that do not add up",
      {
        Services: [
          {
            ReferenceId: 1,
            Name: "a",
            Edges: [{ ReferenceId: 1, SummaryStatistics: { OkCount: 1, TotalCount: 3 } }],
          },
        ],
      },
      "TotalCount is 3, and 1 are told apart",
    ],
  ])("tells of %s", (_, part, told) => {
    const { problems } = observed({ ...document, ...part });
    expect(problems.map(({ found }) => found).join("\n")).toContain(told);
  });

  it.each([[7], [[]], [{}], [{ Services: 1 }]])("is not %j", (input) => {
    expect(readXray(input, options)).toMatchObject({ ok: false });
  });
});

describe("quantiles of a histogram", () => {
  it.each([
    ["nothing counted", [], undefined],
    ["no histogram", "x", undefined],
    ["one value", [{ Value: 0.01, Count: 1 }], { p50: 10, p95: 10, p99: 10 }],
    [
      "nearest rank",
      [
        { Value: 1, Count: 50 },
        { Value: 2, Count: 45 },
        { Value: 3, Count: 5 },
      ],
      { p50: 1000, p95: 2000, p99: 3000 },
    ],
    [
      "entries that are none",
      [null, { Value: -1, Count: 1 }, { Value: 1, Count: "2" }],
      { p50: 1000, p95: 1000, p99: 1000 },
    ],
  ])("of %s", (_, raw, latency) => {
    expect(histogramLatency(raw)).toEqual(latency);
  });
});
