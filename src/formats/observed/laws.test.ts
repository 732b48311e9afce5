import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mergeReports } from "#domain/observed/merge-reports.ts";
import type { Observation } from "#domain/observed/observation.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { cases } from "#testing/cases.ts";
import { deepFreeze } from "#testing/deep-freeze.ts";

import { readTraffic } from "./parse-traffic.ts";
import { guessFormat, trafficFormats } from "./traffic-format.ts";

const keys = fc.constantFrom(
  ..."parent child callCount errorCount data errors msg total Services Edges ReferenceId Name Type Root".split(
    " ",
  ),
  ..."SummaryStatistics ErrorStatistics ThrottleCount OkCount TotalCount ResponseTimeHistogram Value Count".split(
    " ",
  ),
  ..."StartTime EndTime NextToken Region elements nodes edges id source target cluster namespace app service".split(
    " ",
  ),
  ..."nodeType traffic protocol rates responses flags http http5xx grpc tcp responseTime duration timestamp".split(
    " ",
  ),
  ..."__proto__ constructor us-east-1 200".split(" "),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -0, -1, 1, 2, 1e300, NaN, Infinity, 1_700_000_000, undefined),
  fc.constantFrom<unknown>(
    "",
    " ",
    "a",
    "b",
    "client",
    "app",
    "box",
    "unknown",
    "tcp",
    "grpc",
    "12.5",
    "\uD800",
  ),
  fc.constantFrom<unknown>("x".repeat(257), "__proto__", [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 2 }),
);
const level = (inside: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: fc.dictionary(keys, inside, { maxKeys: 6 }), weight: 3 },
    { arbitrary: fc.array(inside, { maxLength: 3 }), weight: 2 },
    { arbitrary: junk, weight: 1 },
  );
const tree = level(level(level(level(junk))));

const link = fc.record(
  { parent: junk, child: junk, callCount: junk, errorCount: junk },
  { requiredKeys: [] },
);
const xray = fc.record({
  StartTime: junk,
  EndTime: junk,
  Services: fc.array(
    fc.record({
      ReferenceId: fc.oneof(fc.nat(3), junk),
      Name: fc.oneof(fc.constantFrom("a", "b"), junk),
      Type: junk,
      Root: fc.boolean(),
      Edges: fc.oneof(
        fc.array(
          fc.record({
            ReferenceId: fc.oneof(fc.nat(3), junk),
            SummaryStatistics: level(junk),
            ResponseTimeHistogram: level(junk),
          }),
          { maxLength: 4 },
        ),
        junk,
      ),
    }),
    { maxLength: 4 },
  ),
});
const kialiNode = fc.record({
  id: fc.oneof(fc.constantFrom("1", "2"), junk),
  nodeType: junk,
  app: junk,
  cluster: junk,
});
const kialiEdge = fc.record({
  source: fc.constantFrom("1", "2"),
  target: fc.constantFrom("1", "2"),
  traffic: fc.record({ protocol: junk, rates: level(junk), responses: level(level(junk)) }),
  responseTime: junk,
});
const kiali = fc.record({
  timestamp: junk,
  duration: junk,
  elements: fc.record({
    nodes: fc.array(
      fc.oneof(
        kialiNode.map((data) => ({ data })),
        junk,
      ),
      { maxLength: 4 },
    ),
    edges: fc.array(
      fc.oneof(
        kialiEdge.map((data) => ({ data })),
        junk,
      ),
      { maxLength: 4 },
    ),
  }),
});
const documents = fc.oneof(
  tree,
  fc.array(fc.oneof(link, junk), { maxLength: 4 }),
  fc.record({ data: fc.array(link, { maxLength: 4 }), errors: junk }),
  xray,
  fc.dictionary(fc.constantFrom("us-east-1", "__proto__"), xray),
  kiali,
);

function isSane({ edges, at, windowMs, problems }: Observation): boolean {
  const numbers = edges.flatMap(({ rates }) => [rates.normal, rates.warning, rates.danger]);
  const names = edges
    .flatMap(({ from, to }) => [from, to])
    .flatMap((end) => (end.kind === "service" ? [end.name] : []));
  return (
    Number.isFinite(at) &&
    windowMs > 0 &&
    numbers.every((rate) => Number.isFinite(rate) && rate >= 0) &&
    names.every((name) => name.trim() !== "") &&
    problems.every(({ found, done }) => found !== "" && done !== "")
  );
}

describe("reading whatever another system may have written", () => {
  it("never throws, never changes the input, and gives what can be merged", () => {
    let drawn = 0;
    fc.assert(
      fc.property(
        documents,
        fc.option(fc.constantFrom(...trafficFormats), { nil: undefined }),
        (input, format) => {
          const observation = {
            now: 1.7e12,
            regions: noRegionRule,
            statuses: { http: { "404": "normal" as const } },
          };
          const read = readTraffic(deepFreeze(input), { format, vizceral: { now: 1.7e12 }, observation });
          if (!read.ok) return read.error.message.length > 0;
          const { report } = read.value;
          if (report.kind === "snapshot") return true;
          if (report.observation.edges.length > 0) drawn += 1;
          mergeReports([{ source: "test", report, isStale: false }], {
            at: 1.7e12,
            title: "t",
            before: undefined,
          });
          return isSane(report.observation);
        },
      ),
      { numRuns: cases(5_000) },
    );
    expect(drawn, "many inputs must hold edges, or the law is not tested").toBeGreaterThan(cases(5_000) / 50);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});

describe("the format of a document", () => {
  it.each([
    ["zipkin", [{ parent: "a", child: "b" }]],
    ["zipkin", []],
    ["jaeger", { data: [{ parent: "a", child: "b" }], errors: null }],
    ["jaeger", { data: null, errors: null }],
    ["xray", { Services: [] }],
    ["xray", { "us-east-1": { Services: [] } }],
    ["xray", [{ Services: [] }]],
    ["kiali", { elements: { nodes: [], edges: [] } }],
    ["vizceral", { nodes: [], data: [], elements: {} }],
    ["vizceral", { value: { nodes: [] } }],
    ["vizceral", { regions: {} }],
    ["vizceral", 7],
    ["vizceral", [1]],
  ])("is told by its shape: %s", (format, input) => {
    expect(guessFormat(input)).toBe(format);
  });
});
