import type { BenchRow } from "./bench-row.ts";
import { median } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;
const updates = 60;

/** One frame of data on the page's own thread: from the packet's text to the numbers handed to the renderer; 5,000 edges, all changed. */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    const medians: number[] = [];
    const slowest: number[] = [];
    for (let i = 0; i < runs; i += 1) {
      const times = await page.evaluate((count) => window.bench.timeUpdates(count), updates);
      // The first ones run before the code is compiled.
      const warm = times.slice(10);
      medians.push(median(warm));
      slowest.push(Math.max(...warm));
    }
    return [
      {
        name: "applying one update, socket text to renderer, 5,000 edges all changed",
        value: median(medians),
        unit: "ms",
        bar: 4,
        better: "less",
        note: `slowest of ${updates - 10}: ${median(slowest).toFixed(1)} ms`,
      },
    ];
  });
}
