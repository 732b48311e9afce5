import { chromium, type Browser, type CDPSession, type Page } from "playwright";

import { chromiumFlags, findChromium } from "../scripts/chromium.mjs";

/** A browser without a graphics card, as a virtual desktop has it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    args: chromiumFlags,
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
  /** Growth of the heap that a garbage collection leaves, bytes. */
  readonly heapGrowth: number;
}

/** Watches the page's own thread until `during` is done. Frames are counted at 60 per second: the page itself asks for none. */
export async function watchMainThread(page: Page, during: () => Promise<unknown>): Promise<MainThread> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const before = await metrics(session);
  await during();
  const after = await metrics(session);
  await session.send("HeapProfiler.collectGarbage");
  const settled = await metrics(session);
  await session.detach();
  const frames = (after.at - before.at) * 60;
  const taskMs = (after.task - before.task) * 1000;
  return {
    scriptMsPerFrame: ((after.script - before.script) * 1000) / frames,
    taskMs,
    taskMsPerFrame: taskMs / frames,
    heapGrowth: settled.heap - before.heap,
  };
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
