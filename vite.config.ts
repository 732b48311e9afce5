import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";
import { compressAssets } from "./scripts/compress-assets.ts";

const chromium = findChromium();
const port = Number(process.env["SPILLWAY_PORT"] ?? 4870);

export default defineConfig(({ isSsrBuild }) => ({
  base: "./",
  plugins: [react(), ...(isSsrBuild ? [] : [compressAssets()])],
  worker: { format: "es" },
  build: isSsrBuild
    ? {
        target: "node20",
        copyPublicDir: false,
        outDir: "dist/cli",
        emptyOutDir: true,
        rolldownOptions: {
          input: {
            main: "src/cli/main.ts",
            "store-thread": "src/server/log/sqlite/store-thread.ts",
            "trace-thread": "src/server/sources/otlp/trace-thread.ts",
            "push-thread": "src/server/sources/push/push-thread.ts",
          },
          // Chunks lie beside the program: what starts a thread looks for its file there.
          output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
        },
      }
    : { target: "es2023", outDir: "dist/page", chunkSizeWarningLimit: 900 },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/socket.io": { target: `http://127.0.0.1:${port}`, ws: true },
      "/api": `http://127.0.0.1:${port}`,
    },
  },
  test: {
    // The tests share nothing that they change, so files need no process of their own: that would load every module again for each.
    isolate: false,
    maxWorkers: "100%",
    // A hang ends, a slow machine does not.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          setupFiles: ["src/testing/setup.ts"],
          environment: "node",
          include: ["src/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          setupFiles: ["src/testing/setup.ts"],
          environment: "happy-dom",
          include: ["src/**/*.test.tsx"],
        },
      },
      {
        extends: true,
        test: {
          name: "gpu",
          include: ["src/**/*.gpu-test.ts"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: chromiumFlags,
                ...(chromium === undefined ? {} : { executablePath: chromium }),
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
}));
