import type { Page } from "playwright";

import type { BenchRow } from "./bench-row.ts";
import { median } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;

const cases = [
  { edges: 4_000, dots: 100_000, bar: 50 },
  { edges: 1_000, dots: 1_000_000, bar: 35 },
] as const;

/** Frames per second without a graphics card, 1280x800: the engine that is chosen, and WebGL2 on the processor beside it. */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    const rows: BenchRow[] = [];
    for (const { edges, dots, bar } of cases) {
      await page.evaluate(([e, d]) => window.bench.show("auto", e, d, true), [edges, dots] as const);
      const chosen = [await watch(page, 4_000), await watch(page, 3_000), await watch(page, 3_000)];
      // On the processor WebGL takes a second for a frame: it needs longer to be measured, and once is enough to compare.
      await page.evaluate(([e, d]) => window.bench.show("webgl2", e, d, true), [edges, dots] as const);
      const webgl = await watch(page, 9_000);
      rows.push({
        name: `frames per second, ${dots.toLocaleString("en")} dots on ${edges.toLocaleString("en")} edges, no GPU`,
        value: median(chosen.map(({ framesPerSecond }) => framesPerSecond)),
        unit: "fps",
        bar,
        better: "more",
        note: `${median(chosen.map(({ drawMs }) => drawMs)).toFixed(1)} ms to draw one, median of ${runs}; WebGL2 in the same run, once: ${webgl.framesPerSecond.toFixed(1)} fps`,
      });
    }
    return rows;
  });
}

/** Figures of the last so many milliseconds; as long before that code is compiled and memory found. */
async function watch(page: Page, ms: number) {
  await page.waitForTimeout(ms);
  await page.evaluate(() => window.bench.forget());
  await page.waitForTimeout(ms);
  const stats = await page.evaluate(() => window.bench.stats());
  return { framesPerSecond: stats?.framesPerSecond ?? 0, drawMs: stats?.drawMs ?? NaN };
}
