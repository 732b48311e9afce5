import { defineConfig, devices } from "@playwright/test";

import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";

const executablePath = findChromium();

/** End-to-end tests: the real server, built as a user runs it, and a real browser. Each test starts the server that it needs (e2e/fixtures.ts). */
export default defineConfig({
  testDir: "e2e",
  // Emptied at the start of a run: a folder of its own, since the counts of the tests before stand beside it.
  outputDir: "test-results/e2e",
  snapshotPathTemplate: "{testDir}/__screenshots__/{arg}{ext}",
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // Two cores are shared by browser, server and renderer.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env["CI"] !== undefined,
  // Where a run decides over somebody else's work, a test that fails once is tried again, and is told to be flaky when it then passes.
  retries: process.env["CI"] === undefined ? 0 : 2,
  reporter: [
    ["list"],
    ["json", { outputFile: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] ?? "test-results/e2e.json" }],
  ],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
    colorScheme: "dark",
    trace: "retain-on-failure",
    launchOptions: { args: chromiumFlags, ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
