import { gzipSync } from "node:zlib";

import type { BenchRow } from "./bench-row.ts";
import { openBrowser } from "./browser.ts";
import { startBuiltServer } from "../scripts/built-server.ts";

/** What has to come over the line before the first traffic is drawn. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await startBuiltServer(["--seed", "7"]);
  const browser = await openBrowser();
  try {
    // By the context: it sees what workers load, too.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const scripts = new Map<string, Promise<Buffer>>();
    let isDrawn = false;
    context.on("response", (response) => {
      if (!isDrawn && response.url().endsWith(".js")) scripts.set(response.url(), response.body());
    });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.locator("[data-drawn]").waitFor({ state: "attached" });
    isDrawn = true;
    const names: string[] = [];
    let bytes = 0;
    for (const [url, body] of scripts) {
      const packed = gzipSync(await body).length;
      bytes += packed;
      names.push(`${url.replace(/^.*\/(.*)-[^-]*\.js$/, "$1")} ${Math.round(packed / 1000)}`);
    }
    return [
      {
        name: "script before the first traffic is drawn, gzipped",
        value: bytes / 1000,
        unit: "kB",
        bar: 250,
        better: "less",
        note: names.join(", "),
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}
