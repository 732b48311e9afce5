import type { Page } from "playwright";
import { createServer } from "vite";

import { openBrowser } from "../browser.ts";

/** Serves the bench page, opens it at 1280x800 in a browser without a graphics card, and closes everything afterwards. */
export async function onBenchPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const server = await createServer({
    root: "bench/page",
    configFile: false,
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1", fs: { allow: ["../.."] } },
  });
  await server.listen();
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(server.resolvedUrls?.local[0] ?? "");
    await page.waitForFunction(() => "bench" in window);
    return await work(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
