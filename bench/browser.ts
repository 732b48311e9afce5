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

export interface MainThread {
  /** Milliseconds of script on the page's own thread, per frame of the screen. */
  readonly scriptMsPerFrame: number;
  /** Milliseconds of everything on the page's own thread, the browser's own frame work too. */
  readonly taskMsPerFrame: number;
  readonly frames: number;
  /** Longest single task, milliseconds. */
  readonly longestTaskMs: number;
  /** Growth of the heap, bytes. */
  readonly heapGrowth: number;
}

/** Watches the page's own thread for a while. Frames are counted at 60 per second: the page itself asks for none. */
export async function watchMainThread(
  page: Page,
  ms: number,
  during?: () => Promise<unknown>,
): Promise<MainThread> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await page.evaluate(() => {
    const observed = window as unknown as { longest: number };
    observed.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) observed.longest = Math.max(observed.longest, entry.duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  const before = await metrics(session);
  await Promise.all([page.waitForTimeout(ms), during?.()]);
  const after = await metrics(session);
  await session.send("HeapProfiler.collectGarbage");
  const settled = await metrics(session);
  const longestTaskMs = await page.evaluate(() => (window as unknown as { longest: number }).longest);
  await session.detach();
  const frames = (after.at - before.at) * 60;
  return {
    scriptMsPerFrame: ((after.script - before.script) * 1000) / frames,
    taskMsPerFrame: ((after.task - before.task) * 1000) / frames,
    frames,
    longestTaskMs,
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
