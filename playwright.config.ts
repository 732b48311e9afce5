import { defineConfig, devices } from "@playwright/test";

import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";

const executablePath = findChromium();

/** End-to-end tests: the real server, built as a user runs it, and a real browser. Each test starts the server that it needs (e2e/fixtures.ts). */
export default defineConfig({
  testDir: "e2e",
  snapshotPathTemplate: "{testDir}/__screenshots__/{arg}{ext}",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Two cores are shared by browser, server and renderer.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env["CI"] !== undefined,
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
