import type { Observation, ObservedEnd } from "#domain/observed/observation.ts";
import { prometheusKind } from "#server/sources/prometheus/prometheus-kind.ts";
import { systemClock } from "#server/system-clock.ts";

import { expect, test } from "../fixtures.ts";
import { configFile } from "./config-file.ts";
import { serveExposition } from "./exposition.ts";
import { needsProgram } from "./program.ts";
import { PrometheusProcess } from "./prometheus-process.ts";
import { shapes, type Shape } from "./shapes.ts";

needsProgram("prometheus");
test.describe.configure({ mode: "serial" });

let exposition: Awaited<ReturnType<typeof serveExposition>>;
let prometheus: PrometheusProcess;

/* A metric may belong to two presets: each has a job, and so a label, of its own. */
test.beforeAll(async () => {
  exposition = await serveExposition(
    Object.fromEntries(shapes.map(({ preset, series }) => [preset, series])),
  );
  prometheus = await PrometheusProcess.start({
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    scrape_configs: shapes.map(({ preset }) => ({
      job_name: preset,
      metrics_path: `/${preset}`,
      static_configs: [{ targets: [exposition.target], labels: { region: "us-east-1" } }],
    })),
  });
});

test.afterAll(async () => {
  await prometheus.stop();
  await exposition.stop();
});

const clusters = { use1: "us-east-1", euw1: "eu-west-1" };

function sourceOf({ preset, settings }: Shape): object {
  return {
    url: prometheus.url,
    preset,
    interval: "1s",
    matchers: `job="${preset}"`,
    scrapeInterval: "1s",
    window: "10s",
    ...settings,
  };
}

/** What a source reports, until `isEnough` says so or it has had a minute. */
async function observe(shape: Shape, isEnough: (seen: Observation) => boolean): Promise<Observation> {
  const part = prometheusKind.open(prometheusKind.schema.parse(sourceOf(shape)), {
    name: "real",
    clock: systemClock(undefined),
    intervalMs: 1000,
    regions: { clusters: new Map(Object.entries(clusters)), fallback: undefined },
    statuses: {},
  });
  const stop = AbortSignal.timeout(60_000);
  const enough = new AbortController();
  let last: Observation | undefined;
  const signal = AbortSignal.any([stop, enough.signal]);
  await part.run((report) => {
    if (report.kind !== "observation") return;
    last = report.observation;
    if (isEnough(last)) enough.abort();
  }, signal);
  if (last === undefined) throw new Error("it has reported nothing");
  return last;
}

function nameOf(end: ObservedEnd): string {
  if (end.kind === "outside") return "outside";
  return [end.region ?? "?", ...(end.namespace === undefined ? [] : [end.namespace]), end.name].join("/");
}

/** The edges by their names, with numbers that are within 1 % of what is expected written as expected. */
function seen({ edges }: Observation, expected: Shape["edges"]): Shape["edges"] {
  const near = (value: number, wanted: number | undefined) =>
    wanted !== undefined && Math.abs(value - wanted) <= 0.01 * wanted ? wanted : value;
  return Object.fromEntries(
    edges
      .map(({ from, to, rates, latencyMs }) => {
        const name = `${nameOf(from)} -> ${nameOf(to)}`;
        const { rates: wanted = [], latency = [] } = expected[name] ?? {};
        const told = [rates.normal, rates.warning, rates.danger].map((rate, i) => near(rate, wanted[i]));
        if (latencyMs === undefined) return [name, { rates: told }] as const;
        const quantiles = [latencyMs.p50, latencyMs.p95, latencyMs.p99];
        return [name, { rates: told, latency: quantiles.map((ms, i) => near(ms, latency[i])) }] as const;
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

for (const shape of shapes) {
  test(`a real Prometheus: ${shape.preset} yields the edges, classes, rates, latencies and regions that were told to it`, async () => {
    const expected = Object.fromEntries(Object.entries(shape.edges).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    // Until the window is full of scrapes the rates are not the final ones.
    const isFull = (observation: Observation) =>
      JSON.stringify(seen(observation, expected)) === JSON.stringify(expected);
    const last = await observe(shape, isFull);
    expect(seen(last, expected)).toEqual(expected);
    expect(last.problems).toEqual([]);
  });
}

test("a real Prometheus: from the config file to the picture; it dies, and returns", async ({
  serve,
  spillway,
}) => {
  const [istio] = shapes;
  if (istio === undefined) throw new Error("there are no shapes");
  const file = configFile({
    feeds: [
      {
        name: "shop",
        regions: { clusters },
        sources: [{ kind: "prometheus", name: "mesh", ...sourceOf(istio) }],
      },
    ],
  });
  const server = await serve(["--config", file]);
  await spillway.open(server.url);
  await expect(spillway.node("us-east-1")).toBeAttached();
  await expect(spillway.node("eu-west-1")).toBeAttached();
  await expect(spillway.node("INTERNET")).toBeAttached();

  const stateOf = async () => {
    const response = await fetch(new URL("api/feeds/shop/sources", server.url));
    const text = await response.text();
    return /"state":"(\w+)"/.exec(text)?.[1];
  };
  await expect.poll(stateOf).toBe("ok");
  await prometheus.halt();
  await expect.poll(stateOf).toBe("failed");
  await expect(spillway.node("us-east-1")).toBeAttached();
  await prometheus.start();
  await expect.poll(stateOf, { timeout: 45_000 }).toBe("ok");
});
