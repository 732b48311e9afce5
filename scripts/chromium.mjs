/** Finds the browser that the tests drive; used by Vitest, Playwright, the benches and scripts/test.mjs. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The path of a Chromium: TEST_CHROMIUM, the system's, or the one Playwright downloaded; undefined when there is none. */
export function findChromium() {
  const asked = process.env.TEST_CHROMIUM;
  if (asked !== undefined && asked !== "") return asked;
  return systemPaths.find((path) => existsSync(path)) ?? playwrightChromium();
}

function playwrightChromium() {
  const { chromium } = createRequire(import.meta.url)("playwright");
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** WebGL2 without a GPU, and pictures that do not depend on the machine's fonts or pixel ratio. */
export const chromiumFlags = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--hide-scrollbars",
];
