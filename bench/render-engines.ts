import { createServer } from "vite";

import type { BenchRow } from "./bench-row.ts";
import { median, openBrowser } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;
/** The figures are those of the last two seconds; before that code is compiled and memory found. */
const settleMs = 5_000;

interface Case {
  readonly edges: number;
  readonly dots: number;
  readonly bar: number;
}

const cases: readonly Case[] = [
  { edges: 4_000, dots: 100_000, bar: 50 },
  { edges: 1_000, dots: 1_000_000, bar: 35 },
];

/** Frames per second without a graphics card, 1280x800: the engine that is chosen, and WebGL2 on the processor beside it. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await createServer({
    root: "bench/page",
    configFile: false,
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("The bench page's server has no address.");
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(address);
    await page.waitForFunction(() => "bench" in window);
    const rows: BenchRow[] = [];
    for (const { edges, dots, bar } of cases) {
      const rates: Record<string, number[]> = { auto: [], webgl2: [] };
      for (let i = 0; i < runs; i += 1) {
        for (const engine of ["auto", "webgl2"] as const) {
          await page.evaluate(([kind, e, d]) => window.bench.show(kind, e, d), [
            engine,
            edges,
            dots,
          ] as const);
          await page.waitForTimeout(settleMs);
          const stats = await page.evaluate(() => window.bench.stats());
          rates[engine]?.push(stats?.framesPerSecond ?? 0);
        }
      }
      rows.push({
        name: `frames per second, ${dots.toLocaleString("en")} dots on ${edges.toLocaleString("en")} edges, no GPU`,
        value: median(rates["auto"] ?? []),
        unit: "fps",
        bar,
        better: "more",
        note: `WebGL2 in the same run: ${median(rates["webgl2"] ?? []).toFixed(1)} fps`,
      });
    }
    return rows;
  } finally {
    await browser.close();
    await server.close();
  }
}
