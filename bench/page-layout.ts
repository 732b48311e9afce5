import type { BenchRow } from "./bench-row.ts";
import { median, watchMainThread } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;

/** The first layout of 1,000 nodes and 2,000 edges as the page has it made: in the worker, while nothing is drawn. */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    const times: number[] = [];
    const tasks: number[] = [];
    // The first time the worker is fetched and compiled.
    await page.evaluate(() => window.bench.timeLayout());
    for (let i = 0; i < runs; i += 1) {
      const watched = await watchMainThread(page, async () => {
        times.push(await page.evaluate(() => window.bench.timeLayout()));
      });
      tasks.push(watched.taskMs);
    }
    return [
      {
        name: "first layout in the worker, 1,000 nodes / 2,000 edges, from request to places",
        value: median(times),
        unit: "ms",
        bar: 300,
        better: "less",
      },
      {
        name: "page's own thread during that layout, all tasks together",
        value: median(tasks),
        unit: "ms",
        bar: 16,
        better: "less",
        note: "so no single one can block it for longer",
      },
    ];
  });
}
