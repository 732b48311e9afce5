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
    const scripts = new Map<string, { readonly askedAt: number; readonly body: Promise<Buffer> }>();
    context.on("response", (response) => {
      if (!response.url().endsWith(".js")) return;
      scripts.set(response.url(), { askedAt: response.request().timing().startTime, body: response.body() });
    });
    const page = await context.newPage();
    await page.addInitScript(noteDrawing);
    await page.goto(server.url);
    // Told by the page itself: what it asks for at once afterwards is asked for before this program hears of the drawing.
    const drawnAt = await page.waitForFunction(() => window.drawnAt).then((handle) => handle.jsonValue());
    const names: string[] = [];
    let bytes = 0;
    for (const [url, { askedAt, body }] of scripts) {
      if (askedAt > (drawnAt ?? Infinity)) continue;
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

/** Runs in the page: notes when the first traffic is drawn, milliseconds since 1970 as the browser's network log counts. */
function noteDrawing(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector("[data-drawn]") === null) return;
    window.drawnAt = performance.timeOrigin + performance.now();
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
}

declare global {
  interface Window {
    drawnAt?: number;
  }
}
