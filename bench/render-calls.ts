import type { BenchRow } from "./bench-row.ts";
import type { BenchPage } from "./page/bench-page.ts";
import { onBenchPage } from "./page/open-bench-page.ts";

declare const window: { readonly bench: BenchPage };

const frames = 60;

/** What a frame without new data asks of a graphics card, counted at the browser's own functions. A count, so once is enough. */
export function run(): Promise<readonly BenchRow[]> {
  return onBenchPage(async (page) => {
    const rows: BenchRow[] = [];
    for (const edges of [100, 5_000]) {
      const counted = await page.evaluate(([e, f]) => window.bench.countCalls(e, 1_000, f), [
        edges,
        frames,
      ] as const);
      const graph = `${edges.toLocaleString("en")} edges`;
      const note = `over ${counted.frames} frames; counted once`;
      rows.push(
        {
          name: `draw calls per frame, ${graph}`,
          value: counted.drawCalls / counted.frames,
          unit: "",
          bar: 12,
          better: "less",
          note,
        },
        {
          name: `bytes uploaded in a frame without new data, ${graph}`,
          value: counted.uploadedBytes / counted.frames,
          unit: "B",
          bar: 0,
          better: "less",
          note: `buffers and textures; ${Math.round(counted.uniformCalls / counted.frames)} uniforms besides`,
        },
      );
    }
    return rows;
  });
}
