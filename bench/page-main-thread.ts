import type { Page } from "playwright";

import type { BenchRow } from "./bench-row.ts";
import { median, openBrowser, watchMainThread } from "./browser.ts";
import { startBuiltServer } from "../scripts/built-server.ts";

const runs = 3;
const watchMs = 4_000;
const huge = ["--source", "file:mock-data/topologies/huge.json", "--jitter", "0.1"];

/** The page's own thread, with 1,000 services and 5,000 edges, all of whose numbers change every second. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await startBuiltServer(huge);
  const browser = await openBrowser();
  try {
    const rows: BenchRow[] = [];
    const figures: Record<string, { script: number[]; heap: number[]; dots: number }> = {};
    for (const density of ["0.05", "4"]) {
      const figure = { script: [] as number[], heap: [] as number[], dots: 0 };
      figures[density] = figure;
      const page = await open(
        await browser.newPage({ viewport: { width: 1280, height: 800 } }),
        `${server.url}?density=${density}`,
      );
      for (let i = 0; i < runs; i += 1) {
        const watched = await watchMainThread(page, watchMs);
        figure.script.push(watched.scriptMsPerFrame);
        figure.heap.push(watched.heapGrowth);
      }
      figure.dots = await dotsOn(page);
      await page.close();
    }
    const few = figures["0.05"];
    const many = figures["4"];
    rows.push({
      name: "script on the page per frame, 1,000 services / 5,000 edges, live data",
      value: median(many?.script ?? []),
      unit: "ms",
      bar: 0.5,
      better: "less",
      note: `${many?.dots.toLocaleString("en")} dots; with ${few?.dots.toLocaleString("en")} dots ${median(few?.script ?? []).toFixed(3)} ms; heap ${(median(many?.heap ?? []) / 1024).toFixed(0)} kB in ${watchMs / 1000} s`,
    });
    rows.push(
      ...(await moving(await browser.newPage({ viewport: { width: 1280, height: 800 } }), server.url)),
    );
    return rows;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function open(page: Page, url: string): Promise<Page> {
  await page.goto(url);
  await page.locator("[data-drawn]").waitFor({ state: "attached" });
  await page.waitForTimeout(6_000);
  return page;
}

async function dotsOn(page: Page): Promise<number> {
  return Number(await page.locator("[data-drawn]").getAttribute("data-dots"));
}

/** Panning and zooming with labels on. */
async function moving(page: Page, url: string): Promise<readonly BenchRow[]> {
  await open(page, url);
  const script: number[] = [];
  const rates: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const watched = await watchMainThread(page, watchMs, async () => {
      await page.mouse.move(640, 420);
      await page.mouse.down({ button: "middle" });
      for (let step = 0; step < 110; step += 1) {
        await page.mouse.move(640 + 150 * Math.sin(step / 9), 420 + 90 * Math.cos(step / 7));
        await page.mouse.wheel(0, 40 * Math.sin(step / 11));
      }
      await page.mouse.up({ button: "middle" });
    });
    script.push(watched.scriptMsPerFrame);
    rates.push(Number(await page.locator("[data-drawn]").getAttribute("data-fps")));
  }
  await page.close();
  return [
    {
      name: "script on the page per frame while panning and zooming, 1,000 / 5,000, labels on",
      value: median(script),
      unit: "ms",
      bar: 2,
      better: "less",
    },
    {
      name: "frames per second while panning and zooming, 1,000 / 5,000, labels on, no GPU",
      value: median(rates),
      unit: "fps",
      bar: 30,
      better: "more",
    },
  ];
}
