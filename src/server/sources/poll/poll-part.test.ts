import type { IncomingHttpHeaders, RequestListener } from "node:http";

import { afterEach, describe, expect, it } from "vitest";

import { must } from "#base/assert.ts";
import type { SourceReport } from "#domain/observed/merge-reports.ts";
import { noRegionRule } from "#domain/observed/region-rule.ts";
import { parseVizceral } from "#formats/vizceral/parse-vizceral.ts";
import { localHttp } from "#testing/local-http.ts";
import { ManualClock } from "#testing/manual-clock.ts";
import { publicSampleText, sampleNames, sampleSkipped } from "#testing/public-sample.ts";
import { until } from "#testing/turns.ts";

import { pollSchema } from "./poll-config.ts";
import { pollKind } from "./poll-part.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

interface Asked {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A poll of a server on this machine that answers as told. */
async function poll(listener: RequestListener, settings: object = {}, path = "graph") {
  const asked: Asked[] = [];
  const http = await localHttp((request, response) => {
    asked.push({ url: request.url ?? "", headers: request.headers });
    listener(request, response);
  });
  const clock = new ManualClock();
  const part = pollKind.open(pollSchema.parse({ url: `${http.url}${path}`, ...settings }), {
    name: "test",
    clock,
    intervalMs: 1000,
    regions: { ...noRegionRule, fallback: "us-east-1" },
    statuses: {},
  });
  const reports: SourceReport[] = [];
  const stop = new AbortController();
  let failure: string | undefined;
  const running = part
    .run((report) => void reports.push(report), stop.signal)
    .catch((error: unknown) => {
      failure = error instanceof Error ? error.message : String(error);
    });
  stops.push(async () => {
    stop.abort();
    await running;
    await http.close();
  });
  return { part, asked, reports, clock, running, why: () => failure };
}

const links = JSON.stringify([{ parent: "web", child: "cart", callCount: 60 }]);

describe("polling of JSON", () => {
  it("asks again after the interval, and reports each answer", async () => {
    let rate = 0;
    const graph = () => {
      rate += 10;
      const connections = [{ source: "a", target: "b", metrics: { normal: rate } }];
      return JSON.stringify({ name: "shop", nodes: [{ name: "a" }, { name: "b" }], connections });
    };
    const { reports, clock } = await poll((_request, response) => response.end(graph()), { interval: "5s" });
    await until(() => reports.length === 1);
    await until(() => {
      clock.advance(1_000);
      return reports.length === 2;
    });
    expect(
      reports.map(
        (report) => report.kind === "snapshot" && [report.snapshot.rates[0], report.snapshot.windowMs],
      ),
    ).toEqual([
      [10, 5_000],
      [20, 5_000],
    ]);
  });

  it.each([
    ["api/v2/dependencies", {}, "lookback=3600000"],
    ["api/v2/dependencies", { lookback: "15m" }, "lookback=900000"],
    ["jaeger/api/dependencies", {}, "lookback=3600000"],
    ["own?lookback=60000", { format: "zipkin" }, "lookback=60000"],
  ])("tells Zipkin and Jaeger the time to look back from (%s)", async (path, settings, expected) => {
    const answer = path.startsWith("jaeger") ? `{"data": ${links}, "errors": null}` : links;
    const { asked, reports, clock } = await poll(
      (_request, response) => response.end(answer),
      settings,
      path,
    );
    await until(() => reports.length === 1);
    expect(must(asked[0]).url).toContain(expected);
    expect(must(asked[0]).url).toContain(`endTs=${clock.now()}`);
    const lookbackMs = Number(expected.split("=")[1]);
    expect(reports[0]).toMatchObject({
      kind: "observation",
      observation: {
        at: clock.now(),
        windowMs: lookbackMs,
        edges: [{ to: { region: "us-east-1", name: "cart" }, rates: { normal: 60_000 / lookbackMs } }],
      },
    });
  });

  it("does not read again what has not changed, and knows that it is still so", async () => {
    const { asked, reports, clock, part } = await poll((request, response) => {
      if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(links);
    });
    await until(() => reports.length === 1);
    await until(() => {
      clock.advance(1_000);
      return reports.length === 2;
    });
    expect(must(asked[1]).headers["if-none-match"]).toBe('"1"');
    const [first, second] = reports.map((report) =>
      report.kind === "observation" ? report.observation : undefined,
    );
    expect(second?.edges).toBe(first?.edges);
    expect(must(second).at - must(first).at).toBeGreaterThanOrEqual(10_000);
    expect(part.counts?.()).toEqual({ answers: 2, "not modified": 1, bytes: links.length });
  });

  it.each([
    ["another status", 500, "all is lost", /^http:\/\/127\.0\.0\.1:\d+\/graph answers 500: all is lost$/],
    ["a page", 502, "<html>", /answers 502\.$/],
    ["strange credentials", 401, "", /wants other credentials/],
    ["no JSON", 200, '{"nodes": [', /cannot be read\. This is not JSON: line 1, column 12/],
    ["another format", 200, "{}", /cannot be read\. There is no node to draw/],
  ])("fails on %s with a sentence", async (_, status, body, why) => {
    const polling = await poll((_request, response) => response.writeHead(status).end(body));
    await polling.running;
    expect(polling.why()).toMatch(why);
  });
});

describe.skipIf(sampleSkipped !== "")(`public samples${sampleSkipped}`, () => {
  it.each(sampleNames)("polled, %s reads as the file does", async (name) => {
    const text = publicSampleText(name);
    const { reports, clock } = await poll((_request, response) => response.end(text));
    await until(() => reports.length === 1);
    const direct = parseVizceral(text, { now: clock.now(), windowMs: 10_000 });
    if (!direct.ok) throw new Error(direct.error.message);
    const { snapshot, diagnostics } = direct.value;
    expect(reports[0]).toEqual({ kind: "snapshot", snapshot, problems: diagnostics });
  });
});

describe("the settings of a poll", () => {
  it.each([
    [{}, "write the address"],
    [{ url: "http://127.0.0.1/", format: "promviz" }, "write one of vizceral, zipkin, jaeger, xray, kiali"],
    [{ url: "http://127.0.0.1/", lookback: "1h" }, "only Zipkin and Jaeger look back"],
    [{ url: "http://127.0.0.1/", every: "1s" }, "every"],
  ])("are not %j", (settings, why) => {
    expect(JSON.stringify(pollSchema.safeParse(settings).error?.issues)).toContain(why);
  });
});
