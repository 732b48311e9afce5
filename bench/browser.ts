import { chromium, type Browser, type CDPSession, type Page } from "playwright";

import { chromiumFlags, findChromium } from "../scripts/chromium.mjs";

/** Flags that give the browser a graphics card which the processor plays: it has WebGL, and puts pages together with it, slowly. */
const cardFlags = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

/** A browser on a machine without a graphics card; `card`: on one whose card the processor plays, as these machines can test WebGL; `none`: as a virtual desktop has it. */
export async function openBrowser(graphics: "card" | "none" = "card"): Promise<Browser> {
  const executablePath = findChromium();
  const flags = chromiumFlags.filter((flag) => !cardFlags.includes(flag));
  return chromium.launch({
    args: graphics === "card" ? chromiumFlags : ["--disable-gpu", ...flags],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
}

/** What the page's own thread did. Times are the processor's: others who use the machine do not count. */
export interface MainThread {
  /** Milliseconds of script per frame of the screen. What promises do later is not in it, but in the tasks. */
  readonly scriptMsPerFrame: number;
  /** Milliseconds of all tasks, the browser's own work too: from beginning to end, and per frame of the screen. */
  readonly taskMs: number;
  readonly taskMsPerFrame: number;
}

/** Watches the page's own thread until `during` is done. Frames are counted at 60 per second: the page itself asks for none. */
export async function watchMainThread(page: Page, during: () => Promise<unknown>): Promise<MainThread> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await metrics(session);
  await during();
  const after = await metrics(session);
  await session.detach();
  const frames = (after.at - before.at) * 60;
  const taskMs = (after.task - before.task) * 1000;
  return {
    scriptMsPerFrame: ((after.script - before.script) * 1000) / frames,
    taskMs,
    taskMsPerFrame: taskMs / frames,
  };
}

/**
 * How much the heap grows in a while, bytes. What a collection leaves swings by half a megabyte, because something is always under way: the least of several looks before is compared
 * with the least of several looks afterwards.
 */
export async function heapGrowth(page: Page, ms: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.enable");
  const leastHeap = async () => {
    let least = Infinity;
    for (let look = 0; look < 6; look += 1) {
      await session.send("HeapProfiler.collectGarbage");
      least = Math.min(least, (await metrics(session)).heap);
      await page.waitForTimeout(130);
    }
    return least;
  };
  const before = await leastHeap();
  await page.waitForTimeout(ms);
  const after = await leastHeap();
  await session.detach();
  return after - before;
}

async function metrics(session: CDPSession) {
  const { metrics: list } = await session.send("Performance.getMetrics");
  const value = (name: string) => list.find((metric) => metric.name === name)?.value ?? 0;
  return {
    at: value("Timestamp"),
    script: value("ScriptDuration"),
    task: value("TaskDuration"),
    heap: value("JSHeapUsedSize"),
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
