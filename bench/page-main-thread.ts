import type { Page } from "playwright";

import type { BenchRow } from "./bench-row.ts";
import { median, openBrowser, watchMainThread, type MainThread } from "./browser.ts";
import { startBuiltServer } from "../scripts/built-server.ts";

const runs = 3;
const watchMs = 4_000;
/** Code is compiled and memory found by then. */
const settleMs = 6_000;
const huge = ["--source", "file:mock-data/topologies/huge.json", "--jitter", "0.1"];

/**
 * The program as it is built. The logarithmic scale gives most edges of this graph many dots: about 100,000, and nearly as many as the page allows. Asked for a rate of frames, the
 * page does not draw fewer dots on a slow machine.
 */
const few = "?density=0.1&fps=60";
const many = "?scale=log&density=0.2&fps=60";
const most = "?scale=log&density=1&fps=60";

/** The page's own thread, with 1,000 services and 5,000 edges, all of whose numbers change every second. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await startBuiltServer(huge);
  const browser = await openBrowser();
  const newPage = () => browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    const figures = [];
    for (const query of [few, many, most]) {
      const page = await open(await newPage(), `${server.url}${query}`);
      figures.push(await watchLive(page));
      await page.close();
    }
    const notes = figures.map(
      ({ dots, script, task }) =>
        `${dots.toLocaleString("en")} dots ${script.toFixed(3)} ms, all tasks ${task.toFixed(2)} ms`,
    );
    return [
      {
        name: "script on the page per frame, 1,000 services / 5,000 edges, live data",
        value: figures[1]?.script ?? NaN,
        unit: "ms",
        bar: 0.5,
        better: "less",
        note: notes.join("; "),
      },
      ...(await moving(await newPage(), server.url)),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function open(page: Page, url: string): Promise<Page> {
  await page.goto(url);
  await page.locator("[data-drawn]").waitFor({ state: "attached" });
  await page.waitForTimeout(settleMs);
  return page;
}

async function watchLive(page: Page) {
  const watched: MainThread[] = [];
  for (let i = 0; i < runs; i += 1)
    watched.push(await watchMainThread(page, () => page.waitForTimeout(watchMs)));
  return {
    dots: await told(page, "data-dots"),
    script: median(watched.map(({ scriptMsPerFrame }) => scriptMsPerFrame)),
    task: median(watched.map(({ taskMsPerFrame }) => taskMsPerFrame)),
  };
}

async function told(page: Page, attribute: string): Promise<number> {
  return Number(await page.locator("[data-drawn]").getAttribute(attribute));
}

/** Panning and zooming with labels on. */
async function moving(page: Page, url: string): Promise<readonly BenchRow[]> {
  await open(page, url);
  const script: number[] = [];
  const tasks: number[] = [];
  const rates: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const watched = await watchMainThread(page, () => panAndZoom(page));
    script.push(watched.scriptMsPerFrame);
    tasks.push(watched.taskMsPerFrame);
    rates.push(await told(page, "data-fps"));
  }
  await page.close();
  return [
    {
      name: "script on the page per frame while panning and zooming, 1,000 / 5,000, labels on",
      value: median(script),
      unit: "ms",
      bar: 2,
      better: "less",
      note: `all tasks ${median(tasks).toFixed(2)} ms`,
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

/** A hand that does not rest for as long as the figures are told of: 120 frames. */
async function panAndZoom(page: Page): Promise<void> {
  const began = Date.now();
  await page.mouse.move(640, 420);
  await page.mouse.down({ button: "middle" });
  for (let step = 0; Date.now() - began < watchMs; step += 1) {
    await page.mouse.move(640 + 150 * Math.sin(step / 9), 420 + 90 * Math.cos(step / 7));
    await page.mouse.wheel(0, 40 * Math.sin(step / 11));
  }
  await page.mouse.up({ button: "middle" });
}
