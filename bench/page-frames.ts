import type { BenchRow } from "./bench-row.ts";
import { heapGrowth, median, watchMainThread } from "./browser.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const runs = 3;
const settleMs = 2_000;
const watchMs = 4_000;
const heapMs = 8_000;
const edges = 5_000;

/** Frames without new data: what they cost the page's own thread, with ever more dots, and what the renderer leaves on the heap. */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    async function show(dots: number, inWorker: boolean) {
      await page.evaluate(([e, d, w]) => window.bench.show("software", e, d, w), [
        edges,
        dots,
        inWorker,
      ] as const);
      await page.waitForTimeout(settleMs);
    }
    const rows: BenchRow[] = [];
    for (const dots of [1_000, 100_000, 1_000_000]) {
      await show(dots, true);
      const script: number[] = [];
      for (let i = 0; i < runs; i += 1)
        script.push((await watchMainThread(page, () => page.waitForTimeout(watchMs))).scriptMsPerFrame);
      rows.push({
        name: `script on the page per frame, ${dots.toLocaleString("en")} dots on 5,000 edges, no new data`,
        value: median(script),
        unit: "ms",
        bar: 0.5,
        better: "less",
      });
    }
    await show(100_000, false);
    const growth: number[] = [];
    for (let i = 0; i < runs; i += 1) growth.push(await heapGrowth(page, heapMs));
    rows.push({
      name: "growth of the heap while drawing, 100,000 dots on 5,000 edges, no new data",
      value: Math.max(0, median(growth) / 1000),
      unit: "kB",
      bar: 64,
      better: "less",
      note: `in ${heapMs / 1000} s; the renderer on the page's own thread, where its heap can be seen`,
    });
    return rows;
  });
}
