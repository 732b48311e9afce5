import type { BenchRow } from "./bench-row.ts";
import { median } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;
/** The figures are those of the last two seconds; before that code is compiled and memory found. */
const settleMs = 5_000;

const cases = [
  { edges: 4_000, dots: 100_000, bar: 50 },
  { edges: 1_000, dots: 1_000_000, bar: 35 },
] as const;

/** Frames per second without a graphics card, 1280x800: the engine that is chosen, and WebGL2 on the processor beside it. */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    const rows: BenchRow[] = [];
    for (const { edges, dots, bar } of cases) {
      const rates = { auto: [] as number[], webgl2: [] as number[] };
      for (let i = 0; i < runs; i += 1) {
        for (const engine of ["auto", "webgl2"] as const) {
          await page.evaluate(([kind, e, d]) => window.bench.show(kind, e, d, true), [
            engine,
            edges,
            dots,
          ] as const);
          await page.waitForTimeout(settleMs);
          const stats = await page.evaluate(() => window.bench.stats());
          rates[engine].push(stats?.framesPerSecond ?? 0);
        }
      }
      rows.push({
        name: `frames per second, ${dots.toLocaleString("en")} dots on ${edges.toLocaleString("en")} edges, no GPU`,
        value: median(rates.auto),
        unit: "fps",
        bar,
        better: "more",
        note: `WebGL2 in the same run: ${median(rates.webgl2).toFixed(1)} fps`,
      });
    }
    return rows;
  });
}
