import type { BenchRow } from "./bench-row.ts";
import { median, watchMainThread } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;
const updates = 40;

/**
 * One frame of data on the page's own thread: from the packet's text to the numbers handed to the renderer; 5,000 edges, all changed. Told in the processor's time,
 * everything included that the updates leave to be done later: the collection of garbage above all.
 */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    const cost: number[] = [];
    const medians: number[] = [];
    // Once before the code is compiled.
    await page.evaluate(async () => (await window.bench.prepareUpdates(15)).run());
    for (let i = 0; i < runs; i += 1) {
      const prepared = await page.evaluateHandle((count) => window.bench.prepareUpdates(count), updates);
      const watched = await watchMainThread(page, async () => {
        medians.push(median(await prepared.evaluate((work) => work.run())));
      });
      cost.push(watched.taskMs / updates);
    }
    return [
      {
        name: "applying one update, socket text to renderer, 5,000 edges all changed",
        value: median(cost),
        unit: "ms",
        bar: 4,
        better: "less",
        note: `by the clock ${median(medians).toFixed(1)} ms, median of ${updates}`,
      },
    ];
  });
}
