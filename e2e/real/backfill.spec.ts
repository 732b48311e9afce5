import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "../fixtures.ts";
import { configFile } from "./config-file.ts";
import { needsProgram } from "./program.ts";
import { PrometheusProcess } from "./prometheus-process.ts";

needsProgram("promtool");
needsProgram("prometheus");
test.describe.configure({ mode: "serial" });

const start = Date.UTC(2026, 0, 5, 12, 0, 0) / 1000;
const stepS = 15;
const steps = 121;
/** The step at which the traffic doubles, and the one at which the program that counts it starts again. */
const doubledAt = 60;
const restartedAt = 90;

const labels = {
  reporter: "source",
  source_cluster: "use1",
  source_workload_namespace: "shop",
  source_canonical_service: "web",
  destination_cluster: "euw1",
  destination_service_namespace: "shop",
  destination_canonical_service: "cart",
  destination_service_name: "cart",
  request_protocol: "http",
  response_flags: "-",
};

/** Half an hour of one edge: 10 requests per second, then 20, one in ten of them a 503; the counters begin anew in between. */
function openMetrics(): string {
  const counters: Record<string, number> = { "200": 9000, "503": 1000 };
  const lines: string[] = ["# TYPE istio_requests counter"];
  const samples: Record<string, string[]> = { "200": [], "503": [] };
  for (let step = 0; step < steps; step += 1) {
    const rate = step <= doubledAt ? 10 : 20;
    for (const [code, share] of [
      ["200", 0.9],
      ["503", 0.1],
    ] as const) {
      const grown = rate * share * stepS;
      counters[code] = step === restartedAt ? grown : (counters[code] ?? 0) + grown;
      const text = Object.entries({ ...labels, response_code: code })
        .map(([name, value]) => `${name}="${value}"`)
        .join(",");
      samples[code]?.push(`istio_requests_total{${text}} ${counters[code]} ${start + step * stepS}`);
    }
  }
  return [...lines, ...Object.values(samples).flat(), "# EOF", ""].join("\n");
}

let folder: string;
let prometheus: PrometheusProcess;
let config: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spillway-backfill-"));
  writeFileSync(join(folder, "past.om"), openMetrics());
  const data = join(folder, "data");
  execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", join(folder, "past.om"), data], {
    stdio: "ignore",
  });
  prometheus = await PrometheusProcess.start({}, data);
  const source = { kind: "prometheus", url: prometheus.url, preset: "istio", window: "1m" };
  config = configFile({
    feeds: [
      {
        name: "shop",
        regions: { clusters: { use1: "us-east-1", euw1: "eu-west-1" } },
        sources: [source],
      },
    ],
  });
});

test.afterAll(async () => {
  await prometheus.stop();
  rmSync(folder, { recursive: true, force: true });
});

const stretch = [
  "--from",
  new Date((start + 120) * 1000).toISOString(),
  "--to",
  new Date((start + (steps - 1) * stepS) * 1000).toISOString(),
  "--step",
  "15s",
];

function spillwayCommand(...argv: readonly string[]): string {
  return execFileSync(process.execPath, ["bin/spillway.js", ...argv], { encoding: "utf8" });
}

interface Drawn {
  readonly connections: readonly {
    readonly source: string;
    readonly target: string;
    readonly metrics: Readonly<Record<string, number>>;
  }[];
  readonly serverUpdateTime: number;
}

test("the past of a real Prometheus becomes a clip: every frame, every rate, and no fall where a counter began anew", () => {
  const clip = join(folder, "incident.spillway.ndjson.gz");
  spillwayCommand("record", "--config", config, ...stretch, "--out", clip);
  spillwayCommand("convert", clip, join(folder, "frames.ndjson"));
  const frames = readFileSync(join(folder, "frames.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Drawn);
  expect(frames).toHaveLength(steps - 8);
  const rates = frames.map(({ connections }) => {
    const edge = connections.find(({ source, target }) => source === "us-east-1" && target === "eu-west-1");
    return [edge?.metrics["normal"] ?? NaN, edge?.metrics["danger"] ?? NaN];
  });
  for (const [index, told] of rates.entries()) {
    const step = index + 8;
    // Within the window of the doubling the rate is on its way.
    if (step > doubledAt && step < doubledAt + 5) continue;
    const total = step <= doubledAt ? 10 : 20;
    expect(Math.abs((told[0] ?? NaN) - total * 0.9) / total, `step ${step}`).toBeLessThan(0.01);
    expect(Math.abs((told[1] ?? NaN) - total * 0.1) / total, `step ${step}`).toBeLessThan(0.01);
  }
});

test("the past of a real Prometheus is served as a replay", async ({ serve, spillway }) => {
  const server = await serve(["--config", config, ...stretch]);
  await spillway.open(server.url);
  await expect(spillway.node("us-east-1")).toBeAttached();
  await expect(spillway.node("eu-west-1")).toBeAttached();
});
