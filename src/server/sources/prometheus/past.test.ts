import { afterEach, describe, expect, it } from "vitest";

import type { Observation } from "#domain/observed/observation.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { fakePrometheus, type FakeAnswer, type FakeAsk } from "#testing/fake-prometheus.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { edgeLines } from "#testing/preset-book.ts";

import { prometheusKind } from "./prometheus-kind.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const edge = { job: "web", envoy_cluster_name: "cart", envoy_response_code_class: "2" };

/** The answer to a range query: one series with the value that is given for each moment, in seconds. */
function matrix({ form }: FakeAsk, valueAt: (second: number) => string | undefined): FakeAnswer {
  const [start, end, step] = ["start", "end", "step"].map((name) => Number(form.get(name)));
  const values: [number, string][] = [];
  for (let at = start ?? 0; at <= (end ?? 0); at += step ?? 1) {
    const value = valueAt(at);
    if (value !== undefined) values.push([at, value]);
  }
  const result = values.length === 0 ? [] : [{ metric: edge, values }];
  return { body: JSON.stringify({ status: "success", data: { resultType: "matrix", result } }) };
}

const isRequests = ({ form }: FakeAsk) => form.get("query")?.includes("upstream_rq_xx") === true;

async function past(
  answer: (ask: FakeAsk) => FakeAnswer,
  ask: { readonly from: number; readonly to: number; readonly stepMs: number },
) {
  const fake = await fakePrometheus(answer);
  stops.push(() => fake.stop());
  const config = prometheusKind.schema.parse({ url: fake.url, preset: "envoy", latency: false });
  const options = {
    name: "m",
    clock: new ManualClock(),
    intervalMs: 1000,
    regions: noRegionRule,
    statuses: {},
  };
  const part = prometheusKind.open(config, options);
  const seen: Observation[] = [];
  for await (const one of part.past?.({ ...ask, signal: new AbortController().signal }) ?? []) seen.push(one);
  return { seen, asks: fake.asks };
}

describe("the past of a Prometheus", () => {
  it("is asked for in stretches that keep within its bound on points, and told moment by moment", async () => {
    const { seen, asks } = await past(
      (ask) => matrix(ask, (second) => (isRequests(ask) ? String(second / 10) : undefined)),
      { from: 0, to: 4_990_000, stepMs: 10_000 },
    );
    expect(seen.map(({ at }) => at)).toEqual(Array.from({ length: 500 }, (_, i) => i * 10_000));
    expect([seen[1], seen[499]].map((one) => edgeLines(one!))).toEqual([
      ["?/web -> ?/cart 1 0 0"],
      ["?/web -> ?/cart 499 0 0"],
    ]);
    const stretches = asks.filter(isRequests).map(({ form }) => [form.get("start"), form.get("end")]);
    expect(stretches).toEqual([
      ["0", "1990"],
      ["2000", "3990"],
      ["4000", "4990"],
    ]);
    expect(asks[0]?.path).toBe("/api/v1/query_range");
  });

  it("has moments without traffic, and values that are no number, told as they are", async () => {
    const values = ["1", undefined, "NaN", "2"];
    const { seen } = await past(
      (ask) => matrix(ask, (second) => (isRequests(ask) ? values[second] : undefined)),
      { from: 0, to: 3000, stepMs: 1000 },
    );
    expect(seen.map((one) => [one.edges.length, one.problems.length])).toEqual([
      [1, 0],
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  it("is asked for in halves where the answer would be too large", async () => {
    const tooMuch = {
      status: 422,
      body: JSON.stringify({
        status: "error",
        errorType: "execution",
        error: "query processing would load too many samples into memory in query execution",
      }),
    };
    const span = ({ form }: FakeAsk) => Number(form.get("end")) - Number(form.get("start"));
    const { seen } = await past(
      (ask) => (span(ask) > 60 ? tooMuch : matrix(ask, (at) => (isRequests(ask) ? String(at) : undefined))),
      { from: 0, to: 150_000, stepMs: 1000 },
    );
    expect(seen).toHaveLength(151);
    expect(edgeLines(seen[150]!)).toEqual(["?/web -> ?/cart 150 0 0"]);
  });

  it("goes on without what the picture can be without, and not without what it cannot", async () => {
    const refused = { status: 500, body: "" };
    const ask = { from: 0, to: 1000, stepMs: 1000 };
    const { seen } = await past((one) => (isRequests(one) ? matrix(one, () => "1") : refused), ask);
    expect(seen.map(({ problems }) => problems.map(({ place }) => place))).toEqual([
      ["circuit breakers"],
      ["circuit breakers"],
    ]);
    await expect(past((one) => (isRequests(one) ? refused : matrix(one, () => "1")), ask)).rejects.toThrow(
      "it answered 500",
    );
    await expect(past(() => ({ body: "<html>" }), ask)).rejects.toThrow("none of Prometheus' API");
  });
});
