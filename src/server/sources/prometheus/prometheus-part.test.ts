import { afterEach, describe, expect, it } from "vitest";

import { noRegionRule } from "#domain/observed/region-rule.ts";
import type { Observation } from "#domain/observed/observation.ts";
import { fakePrometheus, vector, type FakeAnswer, type FakeAsk } from "#testing/fake-prometheus.ts";
import { ManualClock, testStart } from "#testing/manual-clock.ts";
import { edgeLines } from "#testing/preset-book.ts";
import { until } from "#testing/turns.ts";

import { prometheusKind } from "./prometheus-kind.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const edge = { job: "web", envoy_cluster_name: "cart", envoy_response_code_class: "2" };

async function open(answer: (ask: FakeAsk) => FakeAnswer | "silence", settings: object = {}) {
  const fake = await fakePrometheus(answer);
  stops.push(() => fake.stop());
  const clock = new ManualClock();
  const config = prometheusKind.schema.parse({ url: fake.url, preset: "envoy", ...settings });
  const part = prometheusKind.open(config, {
    name: "mesh",
    clock,
    intervalMs: 1000,
    regions: noRegionRule,
    statuses: {},
  });
  const reports: Observation[] = [];
  const stop = new AbortController();
  const running = part.run((report) => {
    if (report.kind === "observation") reports.push(report.observation);
  }, stop.signal);
  const failed = running.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  stops.unshift(async () => {
    stop.abort();
    await failed;
  });
  return { fake, clock, part, reports, failed };
}

const isRequests = ({ form }: FakeAsk) => form.get("query")?.includes("upstream_rq_xx") === true;
const onlyRequests = (given: FakeAnswer | "silence") => (ask: FakeAsk) =>
  isRequests(ask) ? given : vector([]);

describe("a Prometheus that is asked", () => {
  it("is asked all queries for one moment by POST, at regular moments", async () => {
    const { fake, clock, reports, part } = await open(onlyRequests(vector([[edge, "1.5"]])), {
      interval: "5s",
      delay: "30s",
    });
    await until(() => reports.length === 1);
    expect(reports[0]).toMatchObject({ at: testStart - 30_000, windowMs: 60_000, problems: [] });
    expect(edgeLines(reports[0]!)).toEqual(["?/web -> ?/cart 1.5 0 0"]);
    expect(new Set(fake.asks.map(({ path, form }) => `${path} ${form.get("time")}`))).toEqual(
      new Set([`/api/v1/query ${(testStart - 30_000) / 1000}`]),
    );
    expect(fake.asks).toHaveLength(5);
    await until(() => {
      clock.advance(1000);
      return reports.length === 2;
    });
    expect(part.counts?.()).toEqual({ polls: 2, queries: 10, "series read": 2 });
    expect(part.staleAfterMs).toBe(15_000);
  });

  it("is sent the credentials and headers of the settings, under the path of its address", async () => {
    const fake = await fakePrometheus(onlyRequests(vector([])));
    stops.push(() => fake.stop());
    const { reports } = await open(() => "silence", {
      url: `${fake.url}/prometheus/api/v1/`,
      bearer: "secret",
      headers: { "X-Scope-OrgID": "team" },
    });
    await until(() => reports.length === 1);
    expect(fake.asks[0]).toMatchObject({
      path: "/prometheus/api/v1/query",
      headers: { authorization: "Bearer secret", "x-scope-orgid": "team" },
    });
  });

  it.each<[string, FakeAnswer | "silence", string]>([
    [
      "a query that it does not understand",
      { status: 400, body: '{"status":"error","errorType":"bad_data","error":"parse error"}' },
      "the query for requests was refused (400, bad_data): parse error. Look at matchers:",
    ],
    [
      "a query that takes it too long",
      { status: 503, body: '{"status":"error","errorType":"timeout","error":"query timed out"}' },
      "refused (503, timeout): query timed out. Ask for less",
    ],
    [
      "a gateway's error",
      { status: 502, body: "<html>", headers: { "content-type": "text/html" } },
      "it answered 502.",
    ],
    ["wrong credentials", { status: 401, body: "no" }, "it wants other credentials (401)"],
    ["a wrong path", { status: 404, body: "404 page not found" }, "there is no such API (404)"],
    ["too many questions", { status: 429, body: "" }, "too many queries (429)"],
    ["a redirect", { status: 301, body: "", headers: { location: "https://other/" } }, "leads elsewhere"],
    ["what is no JSON", { body: "<html>login</html>" }, "is none of Prometheus' API: it is not JSON"],
    ["what is another API", { body: "{}" }, "its status is not success"],
  ])("says what is wrong with %s", async (_, given, sentence) => {
    const { failed, fake } = await open(onlyRequests(given));
    expect(await failed).toContain(sentence);
    expect(await failed).toContain(fake.url);
  });

  it("says that it was silent for too long", async () => {
    const { clock, failed, fake } = await open(onlyRequests("silence"), { timeout: "2s" });
    await until(() => fake.asks.length === 4);
    clock.advance(2000);
    expect(await failed).toContain("has not answered within 2 s");
  });

  it("says that its answer is too large", async () => {
    const body = " ".repeat(2 ** 20 + 1);
    const { failed } = await open(onlyRequests({ body }), { maxBytes: "1MiB" });
    expect(await failed).toContain("larger than 1,048,576 bytes");
  });

  it("may fail to answer what the picture can be without: that is told among the oddities", async () => {
    const { reports } = await open((ask) =>
      isRequests(ask)
        ? vector([[edge, "1"]], { warnings: ["a store is away"] })
        : { status: 422, body: '{"status":"error","errorType":"execution","error":"many-to-many"}' },
    );
    await until(() => reports.length === 1);
    expect(edgeLines(reports[0]!)).toHaveLength(1);
    expect(reports[0]!.problems).toMatchObject([
      { kind: "note", place: "requests", found: "Prometheus warns: a store is away" },
      { kind: "dropped", place: "latency p50", done: "showed the picture without it" },
      { place: "latency p95" },
      { place: "latency p99" },
      { place: "circuit breakers" },
    ]);
  });

  it("has its odd values, series and types told, and its empty answers", async () => {
    const histogram = { metric: edge, histogram: [1, {}] };
    const { reports } = await open(
      onlyRequests({
        body: JSON.stringify({
          status: "success",
          data: {
            resultType: "vector",
            result: [
              histogram,
              { metric: edge, value: [1, "NaN"] },
              { metric: edge, value: [1, "x"] },
              7,
              null,
            ],
          },
        }),
      }),
    );
    await until(() => reports.length === 1);
    expect(reports[0]!.edges).toEqual([]);
    expect(reports[0]!.problems.map(({ found }) => found)).toEqual([
      "3 series have no single number",
      "1 series has no number (NaN)",
    ]);
    const { reports: others } = await open(() => vector([]), { insecureSkipVerify: true });
    await until(() => others.length === 1);
    const [tls, none] = others[0]!.problems.map(({ found }) => found);
    expect(tls).toBe("its certificate is not looked at (insecureSkipVerify)");
    expect(none).toContain("no series answer the query sum by (cluster, job");
  });
});
