import { once } from "node:events";
import { createServer } from "node:http";

/** A counter or a gauge, exactly as a program would tell of it. */
export interface ShapedSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of a counter: its growth per second. Of a gauge: its value. */
  readonly value: number;
  readonly isGauge?: boolean;
}

/** A histogram of which so many requests per second take at most so long: half of them, 95 % and 99 % of them, and all. */
export function shapedHistogram(
  metric: string,
  labels: Readonly<Record<string, string>>,
  perSecond: number,
  [p50, p95, p99]: readonly [number, number, number],
): readonly ShapedSeries[] {
  const shares = [
    [String(p50), 0.5],
    [String(p95), 0.95],
    [String(p99), 0.99],
    ["+Inf", 1],
  ] as const;
  return shares.map(([le, share]) => ({
    metric: `${metric}_bucket`,
    labels: { ...labels, le },
    value: perSecond * share,
  }));
}

/** When the counters began: long enough ago that none of them is near zero. */
const beganMs = Date.UTC(2026, 0, 1);

/** The exposition of series at a moment. The moment stands beside each value: how long a scrape takes then makes no difference. */
export function expositionOf(series: readonly ShapedSeries[], at: number): string {
  return series
    .map(({ metric, labels, value, isGauge = false }) => {
      const text = Object.entries(labels)
        .map(([name, label]) => `${name}=${JSON.stringify(label)}`)
        .join(",");
      const told = isGauge ? value : (value * (at - beganMs)) / 1000;
      return `${metric}{${text}} ${told} ${at}\n`;
    })
    .join("");
}

/** Serves series of several jobs, each under a path of its own. */
export async function serveExposition(jobs: Readonly<Record<string, readonly ShapedSeries[]>>) {
  const server = createServer((request, response) => {
    const series = jobs[(request.url ?? "").slice(1)];
    response.writeHead(series === undefined ? 404 : 200, { "content-type": "text/plain; version=0.0.4" });
    response.end(series === undefined ? "" : expositionOf(series, Date.now()));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens nowhere");
  return {
    target: `127.0.0.1:${address.port}`,
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
