import type { BenchRow } from "./bench-row.ts";
import { median, watchMainThread } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;
const watchedMs = 6_000;

/**
 * What a drill takes of the page's own thread for each of its frames, from the worker's message to what is handed to the renderer, everything included that it
 * leaves to be done later. In the processor's time.
 */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    const rows: BenchRow[] = [];
    for (const speed of [8, 60]) {
      const cost: number[] = [];
      let shown = 0;
      for (let i = 0; i < runs; i += 1) {
        const drill = await page.evaluateHandle((at) => window.bench.prepareDrill(at), speed);
        await page.waitForTimeout(1_000);
        const before = await drill.evaluate((work) => work.seconds());
        const watched = await watchMainThread(page, () => page.waitForTimeout(watchedMs));
        shown = (await drill.evaluate((work) => work.seconds())) - before;
        cost.push(watched.taskMs / shown);
        await drill.evaluate((work) => work.dispose());
      }
      rows.push({
        name: `drill: the page's thread per frame, 3 regions of 80 services and 150 edges, ${speed}x`,
        value: median(cost),
        unit: "ms",
        bar: 1,
        better: "less",
        note: `${shown.toFixed(0)} simulated seconds in ${watchedMs / 1000}`,
      });
    }
    return rows;
  });
}
