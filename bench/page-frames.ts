import type { BenchRow } from "./bench-row.ts";
import { median, watchMainThread } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;
const settleMs = 2_000;
const watchMs = 4_000;
const edges = 5_000;

/** Frames without new data: what they cost the page's own thread, with ever more dots, and what the renderer leaves on the heap. */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    async function watch(dots: number, inWorker: boolean) {
      const watched = [];
      await page.evaluate(([e, d, w]) => window.bench.show("software", e, d, w), [
        edges,
        dots,
        inWorker,
      ] as const);
      await page.waitForTimeout(settleMs);
      for (let i = 0; i < runs; i += 1)
        watched.push(await watchMainThread(page, () => page.waitForTimeout(watchMs)));
      return {
        script: median(watched.map(({ scriptMsPerFrame }) => scriptMsPerFrame)),
        heap: median(watched.map(({ heapGrowth }) => heapGrowth)) / 1024,
      };
    }
    const rows: BenchRow[] = [];
    for (const dots of [1_000, 100_000, 1_000_000]) {
      rows.push({
        name: `script on the page per frame, ${dots.toLocaleString("en")} dots on 5,000 edges, no new data`,
        value: (await watch(dots, true)).script,
        unit: "ms",
        bar: 0.5,
        better: "less",
      });
    }
    rows.push({
      name: "heap that drawing leaves in 4 s, 100,000 dots on 5,000 edges",
      value: Math.max(0, (await watch(100_000, false)).heap),
      unit: "kB",
      bar: 64,
      better: "less",
      note: "the renderer on the page's thread, where its heap can be seen",
    });
    return rows;
  });
}
